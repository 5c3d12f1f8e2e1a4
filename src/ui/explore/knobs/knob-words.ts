/** What is said of a step that is decided anew: what it comes to, what that saves or costs, and what is missing. */
import type { MissingDraws, Parting, Redecision } from '../../../core/exploration/redecide.ts'
import type { Cost } from '../../../core/log/cost-fold.ts'
import type { StepState, TaskState } from '../../../core/log/fold-task.ts'
import { type RunConfig, STEPWISE_METHODS } from '../../../core/settings/run-config.ts'
import { countText, plural } from '../../words/format.ts'
import { risingWord } from '../verdict/rise-words.ts'

/** `Stops after candidate 2, which rises: 1 pair.` Of a step as recorded, or as it would stand; empty while undecided. */
export function outcomeWords(step: StepState, { noRise }: Pick<RunConfig, 'noRise'>): string {
  const { decided, candidates, pairs, bar } = step
  if (decided === undefined) return ''
  const { chosen, continued, reason } = decided
  const on = continued === chosen ? '' : `, candidate ${continued} goes on`
  const came = pairs.length === 0 ? 'no pair' : plural(pairs.length, 'pair')
  const drawn = candidates.length
  if (reason === 'best-of-k')
    return `Draws ${drawn === 1 ? 'one' : `all ${drawn}`}: candidate ${chosen} is the best${on}, ${came}.`
  const ends = reason === 'no-rise' && noRise === 'end-task' ? ', the task ends' : ''
  if (reason === 'no-rise') return `None of ${drawn} rises: candidate ${chosen} is the best${on}, ${came}${ends}.`
  const word = risingWord(candidates[chosen - 1]?.scored?.reward ?? 0, bar)
  if (chosen === drawn) return `Stops after candidate ${chosen}, which ${word}${on}: ${came}.`
  return `Stops after candidate ${drawn}; candidate ${chosen} ${word}${on}: ${came}.`
}

const UNITS = [
  ['candidates', 'candidate'],
  ['rollouts', 'rollout'],
  ['policyCalls', 'policy call'],
] as const

/** `Saves 2 candidates, 10 rollouts, 31 policy calls.` */
export function savingWords(now: Cost, recorded: Cost): string {
  const gaps = UNITS.map(([unit, noun]) => ({ noun, gap: now[unit] - recorded[unit] })).filter(({ gap }) => gap !== 0)
  if (gaps.length === 0) return 'Costs what the recorded step did.'
  const list = (some: typeof gaps): string => some.map(({ noun, gap }) => plural(Math.abs(gap), noun)).join(', ')
  const [saved, extra] = [gaps.filter(({ gap }) => gap < 0), gaps.filter(({ gap }) => gap > 0)]
  if (extra.length === 0) return `Saves ${list(saved)}.`
  if (saved.length === 0) return `Costs ${list(extra)} more.`
  return `Saves ${list(saved)}; costs ${list(extra)} more.`
}

/** Why the step is not decided yet. */
export function missingWords({ missing, step }: Redecision): string {
  if (missing === undefined) return ''
  const more = plural(missing.more, 'more rollout')
  const late = missing.atMost - missing.more
  const then = late === 0 ? '' : `, then up to ${countText(late)} others`
  if (missing.step === 0) return `Undecided: the first bar is unknown until ${more} of the start are drawn${then}.`
  if (missing.step < step)
    return `Undecided: the bar is unknown until ${more} of step ${missing.step}, candidate ${missing.candidate} are drawn${then}.`
  if (missing.proposal)
    return `Undecided: a run with these settings draws a candidate ${missing.candidate} here, and ${plural(missing.rollouts, 'rollout')} of it${then}.`
  return `Undecided until ${more} of candidate ${missing.candidate} are drawn${then}.`
}

/** What the button draws. */
export function drawLabel({ proposal, candidate, more }: MissingDraws): string {
  const rollouts = plural(more, proposal ? 'rollout' : 'more rollout')
  return proposal ? `Draw candidate ${candidate} and ${rollouts}` : `Draw ${rollouts}`
}

/** Whether a run with these settings comes to this step at all. */
export function partingWords(parting: Parting | undefined, step: number): string {
  if (parting === undefined)
    return step === 1 ? '' : `A run with these settings comes to step ${step} by the same path.`
  const { how } = parting
  if (how === 'ends') return `A run with these settings would end at step ${parting.step}, where none rises.`
  if (how === 'elsewhere')
    return `A run with these settings would leave this path at step ${parting.step}, by another candidate.`
  return `Whether a run with these settings comes here hangs on step ${parting.step}, where draws are missing.`
}

/** Why more cannot be drawn here; undefined where it can. What is missing next is asked for. */
export function notDrawn(task: TaskState, { policy }: RunConfig, missing: MissingDraws): string | undefined {
  if (policy === 'linear') return undefined
  if (policy === 'human')
    return missing.proposal
      ? 'You act in this run: the next candidate would be yours. Try one as a What if.'
      : undefined
  const { rollouts, policyCalls, candidates } = task.cost
  const calls =
    Math.ceil((missing.more * (policyCalls - candidates)) / Math.max(1, rollouts)) + (missing.proposal ? 1 : 0)
  return `A language model acts in this run: that would ask it about ${plural(calls, 'time')}. It is asked in a run only; start one with these settings.`
}

/** Why a step of this method is not decided anew; undefined where it can be. */
export function notRedecided({ method }: Pick<RunConfig, 'method'>): string | undefined {
  if (STEPWISE_METHODS.includes(method)) return undefined
  const why: Record<Exclude<RunConfig['method'], 'rro' | 'fixed-size'>, string> = {
    'rro-recycled':
      'Recycled RRO takes its candidates and its bar from all rollouts that came through here, so other settings change them, too.',
    uct: 'Tree search sends each simulation where those before it led: with other settings other ones would have been run.',
    ipr: 'IPR holds the agent’s action against the expert’s: there is no rule that stops a step.',
    eto: 'ETO scores no step: it compares whole trajectories.',
    groups: 'Groups score no step: they play whole episodes.',
    replay: 'These trajectories come from a file: no step is scored.',
  }
  return `${why[method as keyof typeof why]} One step cannot be decided anew by itself. Take a run of RRO or of fixed-size exploration.`
}
