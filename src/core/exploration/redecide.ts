/**
 * A recorded step decided anew, from the same draws, as a run with other settings would have: pure, at once, and with
 * nothing made up. Where such a run would have drawn more than there is, it says what is missing instead.
 */
import { type Cost, createCostFold } from '../log/cost-fold.ts'
import type { CandidateProposed, RolloutFinished } from '../log/events.ts'
import type { CandidateState, StepState, TaskState } from '../log/fold-task.ts'
import type { RunConfig } from '../settings/run-config.ts'
import { exactReward, type ProcessReward, processReward, roundReward } from './process-reward.ts'
import { rises } from './rise.ts'
import { type Decision, decide, drawsAnother, type ScoredCandidate, type StepRules } from './step-decision.ts'

/** What a step is decided by. */
export type Rules = StepRules & Pick<RunConfig, 'rollouts' | 'riseRule' | 'margin' | 'firstBar'>

export interface RedecidedCandidate {
  /** From 1. */
  readonly number: number
  /** From its first m rollouts; undefined where it has fewer. */
  readonly value: ProcessReward | undefined
  /** Undefined where its value or the bar is. */
  readonly rises: boolean | undefined
  /** Whether the step comes to draw it; undefined where that hangs on what is missing. */
  readonly wanted: boolean | undefined
}

/** What a run with these settings draws next, and there is not. */
export interface MissingDraws {
  /** 0, with candidate 0, for the start of the task; the step before, where the bar is missing. */
  readonly step: number
  readonly candidate: number
  /** How many it comes to have. */
  readonly rollouts: number
  /** How many of them are to be drawn; none, where a candidate to be proposed ends the episode. */
  readonly more: number
  /** Whether the candidate itself is to be proposed first. */
  readonly proposal: boolean
  /** Rollouts until the step is decided, at most. */
  readonly atMost: number
}

export interface Redecision {
  readonly step: number
  /** Undefined where more rollouts of the step before would give it. */
  readonly bar: number | undefined
  /** All that are drawn, also those that the step does not come to. */
  readonly candidates: readonly RedecidedCandidate[]
  /** Undefined where draws are missing. */
  readonly decision: Decision | undefined
  readonly missing: MissingDraws | undefined
  /** Of what is there and the step wants, with the rollouts of the first bar. */
  readonly cost: Cost
}

export interface Anew {
  readonly rules: Rules
  readonly maxReward: number
  /** A bar by hand, in the place of the step's own. */
  readonly bar?: number | undefined
}

/**
 * @param task with its steps up to this one, and whatever was drawn on top (`withMore`)
 * @param number of a step that it has
 */
export function redecide(task: TaskState, number: number, { rules, maxReward, bar: byHand }: Anew): Redecision {
  const step = task.steps[number - 1]
  if (step === undefined) throw new RangeError(`the task has no step ${number}`)
  const cost = createCostFold()
  const before = byHand === undefined ? barOf(task, number, rules) : { bar: roundReward(byHand) }
  const { bar } = before
  if (number === 1 && rules.firstBar === 'value')
    for (const rollout of task.valueRollouts.slice(0, rules.rollouts)) cost.add(rollout)

  const scored = step.candidates.map((candidate, i): RedecidedCandidate => {
    const value = estimateOf(candidate, rules)
    const risen = value === undefined || bar === undefined ? undefined : rises(rules, value.mean, bar, maxReward)
    return { number: i + 1, value, rises: risen, wanted: undefined }
  })
  const drawn: ScoredCandidate[] = []
  let missing = before.bar === undefined ? before.missing : undefined
  const wants = (): boolean => drawn.length === 0 || drawsAnother(rules, drawn)
  while (missing === undefined && wants()) {
    const candidate = step.candidates[drawn.length]
    const { value, rises: risen } = scored[drawn.length] ?? {}
    if (candidate === undefined || value === undefined || risen === undefined) {
      missing = missingIn(rules, number, drawn.length + 1, candidate)
      break
    }
    cost.add(candidate.proposed)
    for (const rollout of candidate.rollouts.slice(0, rules.rollouts)) cost.add(rollout)
    const { action } = candidate.proposed
    drawn.push({ number: drawn.length + 1, action, reward: value.mean, rises: risen })
  }
  const known = drawn.length + (missing === undefined ? 0 : 1)
  return {
    step: number,
    bar,
    candidates: scored.map((candidate) => {
      const after = missing === undefined ? false : undefined
      return { ...candidate, wanted: candidate.number <= known ? true : after }
    }),
    decision: missing === undefined ? decide(rules, drawn) : undefined,
    missing: missing && { ...missing, atMost: missing.more + mostAfter(rules, step, missing) },
    cost: cost.cost,
  }
}

/** Where a run with other settings would have left the path before a step. */
export interface Parting {
  readonly step: number
  /** `ends`: none rises there, and the task ends. `unknown`: it hangs on draws that are missing. */
  readonly how: 'elsewhere' | 'ends' | 'unknown'
}

/** Undefined where a run with these settings comes to the state in which the step begins. A bar by hand is that step's own. */
export function partingBefore(task: TaskState, number: number, { rules, maxReward }: Anew): Parting | undefined {
  for (let step = 1; step < number; step++) {
    const { decision } = redecide(task, step, { rules, maxReward })
    if (decision === undefined) return { step, how: 'unknown' }
    if (decision.continued !== task.steps[step - 1]?.decided?.continued) return { step, how: 'elsewhere' }
    if (decision.reason === 'no-rise' && rules.noRise === 'end-task') return { step, how: 'ends' }
  }
  return undefined
}

/** The task with what was drawn on top of its log: further rollouts of its candidates, and further candidates. */
export function withMore(task: TaskState, more: readonly (CandidateProposed | RolloutFinished)[]): TaskState {
  if (more.length === 0) return task
  const longer = (own: readonly RolloutFinished[], step: number, candidate: number): readonly RolloutFinished[] => {
    const further = more.filter((event) => event.type === 'rollout-finished' && isOf(event, step, candidate))
    return [...own, ...(further as RolloutFinished[]).filter(({ rollout }) => rollout > own.length)]
  }
  const steps = task.steps.map((step): StepState => {
    const candidates: CandidateState[] = [...step.candidates]
    for (;;) {
      const next = candidates.length + 1
      const proposed = more.find((event) => event.type === 'candidate-proposed' && isOf(event, step.step, next))
      if (proposed?.type !== 'candidate-proposed') break
      candidates.push({ proposed, rollouts: [], scored: undefined })
    }
    return {
      ...step,
      candidates: candidates.map((candidate, i) => ({
        ...candidate,
        rollouts: longer(candidate.rollouts, step.step, i + 1),
      })),
    }
  })
  return { ...task, valueRollouts: longer(task.valueRollouts, 0, 0), steps }
}

function isOf(event: CandidateProposed | RolloutFinished, step: number, candidate: number): boolean {
  return event.step === step && event.candidate === candidate
}

function estimateOf({ proposed, rollouts }: CandidateState, { rollouts: m }: Rules): ProcessReward | undefined {
  if (proposed.done) return exactReward(proposed.outcome ?? 0)
  return rollouts.length < m ? undefined : processReward(rollouts.slice(0, m).map(({ reward }) => reward))
}

type Bar = { readonly bar: number } | { readonly bar: undefined; readonly missing: Omit<MissingDraws, 'atMost'> }

/** The process reward of the step before, or of the start, by the first m rollouts of it. */
function barOf(task: TaskState, number: number, rules: Rules): Bar {
  const { rollouts: m } = rules
  if (number === 1) {
    if (rules.firstBar === 'zero') return { bar: 0 }
    const drawn = task.valueRollouts.slice(0, m)
    if (drawn.length === m) return { bar: processReward(drawn.map(({ reward }) => reward)).mean }
    const more = m - drawn.length
    return { bar: undefined, missing: { step: 0, candidate: 0, rollouts: m, more, proposal: false } }
  }
  const { candidates, decided } = task.steps[number - 2] ?? {}
  const continued = candidates?.[(decided?.continued ?? 0) - 1]
  if (continued === undefined) throw new RangeError(`step ${number - 1} is not decided`)
  const value = estimateOf(continued, rules)
  if (value !== undefined) return { bar: value.mean }
  return { bar: undefined, missing: missingIn(rules, number - 1, continued.proposed.candidate, continued) }
}

function missingIn(
  { rollouts: m }: Rules,
  step: number,
  candidate: number,
  state: CandidateState | undefined,
): Omit<MissingDraws, 'atMost'> {
  const more = m - (state?.rollouts.length ?? 0)
  return { step, candidate, rollouts: m, more, proposal: state === undefined }
}

/** Rollouts that the step may want after those that are missing next. */
function mostAfter(rules: Rules, { step, candidates }: StepState, missing: Omit<MissingDraws, 'atMost'>): number {
  const first = missing.step === step ? missing.candidate + 1 : 1
  let most = 0
  for (let number = first; number <= rules.candidates; number++) {
    const candidate = candidates[number - 1]
    if (!candidate?.proposed.done) most += Math.max(0, rules.rollouts - (candidate?.rollouts.length ?? 0))
  }
  return most
}
