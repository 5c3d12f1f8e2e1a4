/** What a side spent its policy calls on: stretches of the budget, each on one candidate of one step. */
import { foldTask } from '../../../core/log/fold-task.ts'
import type { Side } from './budget.ts'

export interface Segment {
  /** Step 0, candidate 0: rollouts of the start itself. */
  readonly step: number
  readonly candidate: number
  /** Policy calls spent before it, and after it; the same where it cost nothing. */
  readonly from: number
  readonly to: number
}

/** What became of a candidate, in the end. */
export interface Fate {
  readonly step: number
  readonly action: string
  /** Its process reward, or what earlier rollouts say of it; undefined where nobody asked. */
  readonly reward: number | undefined
  readonly bar: number
  readonly rises: boolean
  /** The trajectory goes on with it. */
  readonly continued: boolean
}

/** In the order of the budget; together they are all that was spent. */
export function segmentsOf({ events, calls }: Side): readonly Segment[] {
  const segments: Segment[] = []
  let before = 0
  for (const [at, event] of events.entries()) {
    const after = calls[at] ?? before
    if (event.type === 'candidate-proposed' || event.type === 'rollout-finished') {
      const { step, candidate } = event
      const last = segments.at(-1)
      if (last?.step === step && last.candidate === candidate) segments[segments.length - 1] = { ...last, to: after }
      else segments.push({ step, candidate, from: before, to: after })
    }
    before = after
  }
  return segments
}

/** Of every candidate, by step and candidate: `2/1`. */
export function fatesOf({ events }: Side): ReadonlyMap<string, Fate> {
  const steps = foldTask(events)?.steps ?? []
  return new Map(
    steps.flatMap(({ step, bar, candidates, decided }) =>
      candidates.map(({ proposed, rollouts, scored }, place): [string, Fate] => {
        const tried = rollouts.reduce((sum, { reward }) => sum + reward, 0) / rollouts.length
        const known = scored?.reward ?? proposed.recycled?.reward ?? proposed.outcome ?? tried
        const reward = Number.isNaN(known) ? undefined : known
        const fate = { step, action: proposed.action, reward, bar, rises: scored?.rises ?? false }
        return [keyOf({ step, candidate: place + 1 }), { ...fate, continued: decided?.continued === place + 1 }]
      }),
    ),
  )
}

export function keyOf({ step, candidate }: Pick<Segment, 'step' | 'candidate'>): string {
  return `${step}/${candidate}`
}

/** Where steps begin and end on the budget, as far as they spent anything; the start, step 0, too. */
export function stepSpans(segments: readonly Segment[]): readonly { step: number; from: number; to: number }[] {
  const spans: { step: number; from: number; to: number }[] = []
  for (const { step, from, to } of segments) {
    const last = spans.at(-1)
    if (last?.step === step) last.to = to
    else spans.push({ step, from, to })
  }
  return spans
}
