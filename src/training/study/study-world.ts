/** Where the arms of a comparison explore, and what they share there. */
import type { RisingShare } from '../../core/comparison/cell.ts'
import type { TaskWords } from '../../core/exploration/actor.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import type { ExpertBook } from '../expert.ts'
import { createForest, type Forest } from './forest.ts'
import { quietActor } from './quiet-actor.ts'

/** Where arms explore. */
export interface StudyWorld<S = unknown, M = unknown> {
  /** The start policy. */
  readonly actor: LinearActor<S, M>
  readonly maxReward: number
  readonly minReward: number
  tasks(split: RunConfig['split']): readonly TaskWords[]
  /** By task id. */
  readonly experts: ExpertBook
  /** Called after every task and every policy: a host that must answer others lets them speak here. */
  breathe?(): Promise<unknown>
}

/** What the arms of one world share, however many there are; what it keeps changes no result. */
interface Shared<S, M> {
  /** The start policy, as it explores. */
  readonly explorer: LinearActor<S, M>
  /** Where policies are scored. */
  readonly forest: Forest<S, M>
  /** How often rewards rise under the start policy, which every diagnosis tells: by what it was asked with. */
  readonly rising: Map<string, Promise<RisingShare>>
}

const SHARED = new WeakMap<object, unknown>()

export function sharedOf<S, M>(world: StudyWorld<S, M>): Shared<S, M> {
  const known = SHARED.get(world) as Shared<S, M> | undefined // set below, from the same world
  if (known !== undefined) return known
  const made = { explorer: quietActor(world.actor), forest: createForest(world.actor), rising: new Map() }
  SHARED.set(world, made)
  return made
}
