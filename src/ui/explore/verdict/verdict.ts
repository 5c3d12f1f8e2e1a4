/**
 * What became of a candidate, in words: how its process reward stands to the bar, and what the method does next. The
 * same sentences serve the cards, the inspector, the text tree and screen readers.
 */
import type { TaskFinished } from '../../../core/log/events.ts'
import type { CandidateState, StepState, TaskState } from '../../../core/log/fold-task.ts'
import { estimateText, plural, termText } from '../../words/format.ts'
import { exactWords, type Rules, relationWords, type Tone, toneOf } from './rise-words.ts'

/** The words of a method other than RRO and fixed-size exploration; see `method-verdicts.ts`. */
export interface MethodWords {
  /** How the candidate stands, and what comes of it. */
  verdict(rules: Rules, step: StepState, candidate: CandidateState, number: number): readonly [string, string]
  /** What the method does, in one sentence. */
  sentence(rules: Rules): string
  /** What the method does in this step. */
  rule(rules: Rules, step: Pick<StepState, 'bar'>, maxReward: number): string
  /** Where the bar comes from, where that is not the reward of the step before. */
  bar?(step: StepState): string
  /** Of the start of the task. */
  readonly start: string
  /** What came of comparing whole trajectories; empty where nothing did. */
  end?(task: TaskState): string
  /** @see formulaText; undefined for RRO's */
  formula?(rules: Rules, candidate: CandidateState): string | undefined
  /** @see formulaNote; undefined for RRO's */
  note?(rules: Rules, candidate: CandidateState): string | undefined
}

const learnt: Partial<Record<Rules['method'], MethodWords>> = {}

/** Why a task ended otherwise than by its own end: those that RRO and fixed-size exploration come to. */
const endings: Partial<Record<TaskFinished['end'], (task: TaskState) => string>> = {
  'step-limit': () => 'The step limit came first: reward 0.',
  'no-rise': () => 'None rose, so the task ends, as the settings ask.',
}

export function learnVerdicts(verdicts: typeof learnt, ends: typeof endings): void {
  Object.assign(learnt, verdicts)
  Object.assign(endings, ends)
}

/** Undefined for RRO and fixed-size exploration, and for others until their words have come. */
export function wordsOf(method: Rules['method']): MethodWords | undefined {
  return learnt[method]
}

/** Whether a run of this method can be told about; until then its candidates are told as RRO's. */
export function knowsVerdicts(method: Rules['method']): boolean {
  return method === 'rro' || method === 'fixed-size' || learnt[method] !== undefined
}

export interface Verdict {
  readonly tone: Tone
  /** `rises by 0.20`, `falls short by 0.08`, `rollout 2 of 5`. */
  readonly relation: string
  /** `stop`, `draw another`; empty while open. */
  readonly consequence: string
}

export function verdictOf(rules: Rules, step: StepState, number: number): Verdict {
  const candidate = step.candidates[number - 1]
  if (candidate === undefined) return { tone: 'open', relation: 'not drawn', consequence: '' }
  const tone = toneOf(candidate, step.bar)
  const own = learnt[rules.method]?.verdict(rules, step, candidate, number)
  if (own !== undefined) return { tone, relation: own[0], consequence: own[1] }
  if (tone === 'open') return { tone, relation: openWords(rules, candidate), consequence: '' }
  return {
    tone,
    relation: relationWords(rules, candidate, step.bar),
    consequence: consequenceWords(rules, step, number),
  }
}

/** The whole verdict: `0.62, rises by 0.20: stop`. */
export function verdictSentence(rules: Rules, step: StepState, number: number): string {
  const { relation, consequence } = verdictOf(rules, step, number)
  const { proposed, scored } = step.candidates[number - 1] ?? {}
  const verified = rules.method === 'rro-recycled' ? 'verified ' : ''
  const value =
    scored === undefined || relation.startsWith('ends here')
      ? ''
      : `${proposed?.done ? '' : verified}${estimateText(scored.reward, scored.standardError)}, `
  return `${value}${relation}${consequence && `: ${consequence}`}`
}

function openWords(rules: Rules, candidate: CandidateState): string {
  const { proposed, rollouts } = candidate
  if (proposed.done) return exactWords(candidate)
  return rollouts.length === 0 ? 'proposed' : `rollout ${rollouts.length} of ${rules.rollouts}`
}

function consequenceWords(rules: Rules, step: StepState, number: number): string {
  const rises = step.candidates[number - 1]?.scored?.rises ?? false
  const last = number >= rules.candidates
  if (rules.method === 'fixed-size') return last ? `the last of ${rules.candidates}` : 'draw another'
  const oneMore = rules.firstRise === 'draw-one-more' && step.candidates[0]?.scored?.rises === true
  if (rises) return oneMore && number === 1 && !last ? 'draw one more' : 'stop'
  if (oneMore && number === 2) return 'stop'
  if (!last) return 'draw another'
  return step.candidates.some((candidate) => candidate.scored?.rises) ? 'stop' : `none of ${rules.candidates} rose`
}

/** What the method does, in one sentence; empty until its words have come. */
export function ruleSentence(rules: Rules): string {
  const own = learnt[rules.method]?.sentence(rules)
  if (own !== undefined || !knowsVerdicts(rules.method)) return own ?? ''
  const score = `score each by ${plural(rules.rollouts, 'rollout')}`
  if (rules.method === 'fixed-size')
    return `Draw ${plural(rules.candidates, 'action')} at every step, ${score}, go on with the best. The bar is the mean of the step before.`
  const verb = rules.riseRule === '>' ? 'is above' : 'reaches'
  const margin = rules.margin > 0 ? `, plus ${termText(rules.margin)}` : ''
  return `Draw actions one at a time, ${score}, stop at the first whose mean ${verb} the bar, the mean of the step before${margin}.`
}

/** Why a task ended otherwise than by its own end; empty where it did not, or until the words of its method have come. */
export function endWords(task: TaskState): string {
  return (task.finished && endings[task.finished.end]?.(task)) ?? ''
}

/** What came of comparing whole trajectories, in a sentence; empty where they are not compared, which only ETO does. */
export function trajectoryWords(task: TaskState): string {
  return learnt.eto?.end?.(task) ?? ''
}
