/**
 * The run behind a stored cell. Where several policies explored it, one after the other, each stretch of the way to it is a run
 * of its own, whose agent is the policy that explored there (src/training/study/retrace.ts).
 */
import { formatArm } from '../../core/comparison/arm-address.ts'
import type { Cell } from '../../core/comparison/cell.ts'
import { armAt, type Comparison, configOf } from '../../core/comparison/comparison.ts'
import { isGradientMethod } from '../../core/comparison/gradient-methods.ts'
import { failure, type Result, success } from '../../core/failure.ts'
import { type RunConfig, SETTINGS } from '../../core/settings/settings.ts'
import { FEATURE_LISTS } from '../../policies/linear/feature-lists.ts'
import { fingerprintOf } from '../../policies/linear/fingerprint.ts'
import type { Stretch } from '../../training/study/retrace.ts'
import { firstName } from '../runs/run-names.ts'
import type { OwnAgent } from '../worlds/world.ts'

/** A run to make, or to find. */
export interface CellRun {
  readonly id: string
  readonly name: string
  readonly config: RunConfig
  /** Who explores, where it is not the start policy of the comparison. */
  readonly own?: OwnAgent
}

/** One stretch of the way to a cell, by its number from 0. */
export interface Way {
  readonly stretches: readonly Stretch[]
  readonly number: number
}

/** Whether one policy explored all of a cell; a failure where none did. */
export function exploredByOne({ arms, rounds, policy }: Comparison, { arm: at, tasks }: Cell): Result<boolean> {
  const arm = arms[at]
  if (arm === undefined || arm.method === 'sft' || tasks === 0)
    return failure(
      'cell-unexplored',
      `Nothing was explored for this cell: ${policy === 'transformer' ? 'it learnt from demonstrations' : 'it is the start policy itself'}.`,
    )
  return success(rounds === 1 && !isGradientMethod(arm.method))
}

/**
 * As a run of the library. Equal cells have equal ids, so that nobody has the same run twice.
 * @param way to what is opened of a cell that several policies explored
 */
export function runBehind(id: string, comparison: Comparison, cell: Cell, way?: Way): Result<CellRun> {
  const { arm: at, seed, budget } = cell
  const arm = armAt(comparison, at)
  const whole = {
    id: `${id}-${at}-${seed}-${budget}`,
    words: `${budget} ${comparison.policy === 'transformer' ? 'tokens' : 'calls'} of a comparison`,
  }
  const stretch = way?.stretches[way.number]
  if (way === undefined || stretch === undefined) {
    const config = configOf(comparison, arm, seed, cell.tasks)
    return success({ id: whole.id, name: `${firstName(config)}: ${whole.words}`, config })
  }
  const { firstTask, tasks, before } = stretch
  if (tasks === 0) return failure('cell-unexplored', 'Nothing was explored here: there was no task to explore.')
  const { most } = SETTINGS.firstTask
  if (firstTask >= most) {
    const words = `It begins at task ${firstTask + 1} in the order of its seed, and a run begins at ${most} at most.`
    return failure('cell-far', `${words} Its policy can be kept.`)
  }
  const config = { ...configOf(comparison, arm, seed, tasks), firstTask: firstTask + 1 }
  const place = placeOf(stretch)
  const named = { id: `${whole.id}-${way.number}`, name: `${firstName(config)}: ${place} of ${whole.words}` }
  if (way.number === 0) return success({ ...named, config }) // the start policy explored it
  const model = fingerprintOf(FEATURE_LISTS[comparison.environment], Float64Array.from(before))
  const own = { name: `${formatArm(arm)}, as it explored ${place}`, parameters: [...before] }
  return success({ ...named, config: { ...config, model }, own })
}

/** `round 2`, `update 14`, `round 2, update 14`. */
function placeOf({ round, update }: Pick<Stretch, 'round' | 'update'>): string {
  if (update === undefined) return `round ${round + 1}`
  return `${round === 0 ? '' : `round ${round + 1}, `}update ${update + 1}`
}
