/**
 * What a step comes to once its candidates are scored: whether it draws another, which one is preferred, which one goes
 * on, and who is rejected. Of numbers alone, so that a step which is being explored and one that is decided anew under
 * other settings follow the same rule.
 */
import type { StepDecided } from '../log/events.ts'
import type { RunConfig } from '../settings/settings.ts'

export interface ScoredCandidate {
  /** From 1, in the order of drawing. */
  readonly number: number
  readonly action: string
  /** Process reward. */
  readonly reward: number
  readonly rises: boolean
}

export interface Decision {
  readonly chosen: number
  readonly continued: number
  readonly reason: StepDecided['reason']
  /** Who the chosen one is preferred to: a pair each. */
  readonly rejected: readonly number[]
}

export type StepRules = Pick<RunConfig, 'method' | 'candidates' | 'firstRise' | 'noRise' | 'pairing' | 'continuation'>

/** Whether a step that has drawn these draws another one: RRO until one rises, fixed-size always, up to K. */
export function drawsAnother(rules: StepRules, drawn: readonly ScoredCandidate[]): boolean {
  if (drawn.length >= rules.candidates) return false
  if (rules.method !== 'rro' || !drawn.some(({ rises }) => rises)) return true
  return drawn.length === 1 && rules.firstRise === 'draw-one-more'
}

/** @param drawn all that the step draws; at least one */
export function decide(rules: StepRules, drawn: readonly ScoredCandidate[]): Decision {
  const chosen = choose(rules, drawn)
  const continued = rules.continuation === 'first' ? 1 : chosen.number
  const risen = drawn.some(({ rises }) => rises)
  const reason = rules.method === 'fixed-size' ? 'best-of-k' : risen ? 'rise' : 'no-rise'
  const unpaired = reason === 'no-rise' && rules.noRise === 'keep-best-unpaired'
  const rejected = unpaired ? [] : rejectedBy(rules, chosen, drawn)
  return { chosen: chosen.number, continued, reason, rejected: rejected.map(({ number }) => number) }
}

/** The rising candidate of RRO (it is the only one unless one more was drawn), else the best; the earlier one of equals. */
function choose({ method }: StepRules, drawn: readonly ScoredCandidate[]): ScoredCandidate {
  const risen = method === 'rro' ? drawn.filter((candidate) => candidate.rises) : []
  return (risen.length > 0 ? risen : drawn).reduce((best, candidate) =>
    candidate.reward > best.reward ? candidate : best,
  )
}

/** Who the chosen candidate is preferred to: strictly lower process reward, another action, as the pairing says. */
function rejectedBy(
  { pairing }: StepRules,
  chosen: ScoredCandidate,
  drawn: readonly ScoredCandidate[],
): readonly ScoredCandidate[] {
  const lower = drawn.filter(({ reward, action }) => reward < chosen.reward && action !== chosen.action)
  switch (pairing) {
    case 'all-lower':
      return lower
    case 'worst':
      return lower.length === 0 ? [] : [lower.reduce((worst, c) => (c.reward < worst.reward ? c : worst))]
    case 'previous':
      return lower.filter(({ number }) => number === chosen.number - 1)
  }
}
