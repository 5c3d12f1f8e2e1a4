/** What a stored run has to learn from: its preferences, and the states whose policy is to stay. */
import type { Training } from '../../core/comparison/comparison.ts'
import { type Result, success } from '../../core/failure.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Decision } from '../../policies/linear/decision.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import { FRAME } from '../../store/batch.ts'
import type { Anchor } from '../../training/dpo/anchors.ts'
import type { Preference } from '../../training/objectives/pair-objective.ts'
import { preferencesOf } from '../../training/preferences.ts'
import { createSample } from '../../training/study/sample.ts'
import { type RunToLearnFrom, taskLogs } from './run-to-learn-from.ts'
import type { Pace } from './training-pace.ts'

/** Preferences and states in memory: a sample where a run has more. */
const MOST_PREFERENCES = 20_000
const MOST_ANCHORS = 1_500
/** A preference with all that its two sides saw is some hundred kilobytes. */
const MOST_WHOLE_PREFERENCES = 2_000

export interface RunMaterial {
  readonly preferences: readonly Preference[]
  readonly anchors: readonly Anchor[]
  /** That the run has; more than `preferences` where these are a sample. */
  readonly pairs: number
}

/** Replays a stored run task by task; what is kept of a task is small, and there is a most of it. */
export async function materialOf(
  policy: LinearActor,
  run: RunToLearnFrom,
  { loss, sftWeight, klWeight }: Training,
  random: RandomStream,
  pace: Pace,
): Promise<Result<RunMaterial>> {
  const small = createSample<Preference>(MOST_PREFERENCES, random.child('preferences'))
  const whole = createSample<Preference>(MOST_WHOLE_PREFERENCES, random.child('whole-preferences'))
  const anchors = createSample<Anchor>(MOST_ANCHORS, random.child('anchors'))
  /** The SFT term and KTO look at a single side, where the other actions of its state do not cancel. */
  const sides = sftWeight !== 0 || loss === 'kto'
  let pairs = 0
  for await (const log of taskLogs(run, run.record.events, pace)) {
    if (!log.ok) return log
    const { task, events } = log.value
    const material = preferencesOf(policy, events)
    pairs += material.preferences.length
    const [light, heavy] = [material.preferences.map(lightened), material.preferences]
    small.add(task, sides ? [] : light.filter((preference) => preference !== undefined))
    whole.add(task, sides ? heavy : heavy.filter((_, i) => light[i] === undefined))
    if (klWeight > 0) anchors.add(task, material.anchors)
  }
  const all = [...small.with(FRAME, []), ...whole.with(FRAME, [])]
  return success({ preferences: all, anchors: anchors.with(FRAME, []), pairs })
}

/**
 * Of a pair of two actions of one state only these two rows matter, since the state's other actions cancel: the same
 * margin at any weights. Undefined for any other preference.
 */
export function lightened(preference: Preference): Preference | undefined {
  const [chosen, otherChosen] = preference.chosen
  const [rejected, otherRejected] = preference.rejected
  if (chosen === undefined || rejected === undefined || otherChosen !== undefined || otherRejected !== undefined)
    return undefined
  if (chosen.rows !== rejected.rows) return undefined
  const width = chosen.rows.length / chosen.count
  const rows = new Float64Array(2 * width)
  for (const [to, { rows: from, chosen: row }] of [chosen, rejected].entries())
    rows.set(from.subarray(row * width, (row + 1) * width), to * width)
  const side = (row: number): readonly Decision[] => [{ rows, count: 2, chosen: row }]
  return { chosen: side(0), rejected: side(1), weight: preference.weight }
}
