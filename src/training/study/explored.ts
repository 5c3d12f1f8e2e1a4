/** What an exploration has brought: every preference, and samples of the states and claims that others look at. */
import type { TaskEvent } from '../../core/log/events.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Anchor } from '../dpo/anchors.ts'
import type { Preference } from '../objectives/pair-objective.ts'
import type { Material } from '../preferences.ts'
import { type Accepted, type Compared, probesOf } from './probes.ts'
import { createSample, type Sample } from './sample.ts'
import type { TallyNumbers } from './tally.ts'

const MOST_ANCHORS = 1500
const ACCEPTED_CHECKED = 40
const PAIRS_CHECKED = 60

/** What an exploration has brought when its budget is spent. */
export interface Explored extends Material {
  readonly numbers: TallyNumbers
  readonly accepted: readonly Accepted[]
  readonly pairs: readonly Compared[]
}

/** What is kept of the tasks explored: every preference, and samples of the rest. */
export function createHold(random: RandomStream) {
  const preferences: Preference[] = []
  const anchors: Sample<Anchor> = createSample(MOST_ANCHORS, random.child('anchors'))
  const accepted: Sample<Accepted> = createSample(ACCEPTED_CHECKED, random.child('accepted'))
  const pairs: Sample<Compared> = createSample(PAIRS_CHECKED, random.child('pairs'))
  return {
    add(index: number, material: Material, events: readonly TaskEvent[]): void {
      const probes = probesOf(events)
      for (const preference of material.preferences) preferences.push(preference)
      anchors.add(index, material.anchors)
      accepted.add(index, probes.accepted)
      pairs.add(index, probes.pairs)
    },
    /** What there is, with a task that is under way. */
    with(index: number, material: Material, events: readonly TaskEvent[]): Omit<Explored, 'numbers'> {
      const probes = probesOf(events)
      return {
        preferences: [...preferences, ...material.preferences],
        anchors: anchors.with(index, material.anchors),
        accepted: accepted.with(index, probes.accepted),
        pairs: pairs.with(index, probes.pairs),
      }
    },
  }
}
