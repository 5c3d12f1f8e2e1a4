/**
 * What became of a candidate of recycled RRO, tree search, IPR and ETO. Fetched when a run of theirs is first shown; the
 * words of RRO and of fixed-size exploration come with the page.
 */
import type { CandidateState } from '../core/fold-task.ts'
import type { RunConfig } from '../core/settings.ts'
import { plural, rewardText, termText } from './format.ts'
import { exactWords, relationWords, risesWhen } from './rise-words.ts'
import { learnVerdicts, type MethodWords } from './verdict.ts'

/** How often simulations went to a child of the tree, in this step and before, and what they earned on average. */
export function visitsOf({ proposed: { recycled }, rollouts }: CandidateState): { visits: number; mean: number } {
  const visits = (recycled?.rollouts ?? 0) + rollouts.length
  const sum =
    (recycled?.rollouts ?? 0) * (recycled?.reward ?? 0) + rollouts.reduce((all, { reward }) => all + reward, 0)
  return { visits, mean: sum / Math.max(1, visits) }
}

const VERDICTS: Partial<Record<RunConfig['method'], MethodWords>> = {
  'rro-recycled': {
    verdict(rules, step, candidate, number) {
      const { proposed, rollouts, scored } = candidate
      const most = Math.min(rules.candidates, step.candidates.length)
      if (scored !== undefined) {
        const after = number < most ? 'verify another' : `none of ${most} rose`
        return [relationWords(rules, candidate, step.bar), scored.rises ? 'stop' : after]
      }
      if (rollouts.length > 0) return [`fresh rollout ${rollouts.length} of ${rules.rollouts}`, '']
      const { recycled } = proposed
      const seen = recycled === undefined ? 'recycled' : `seen in ${recycled.rollouts} of ${step.through} rollouts`
      const value = recycled === undefined ? '' : `, ${rewardText(recycled.reward)}`
      return [`${seen}${value}`, step.decided === undefined ? '' : 'not verified']
    },
    rule(rules, { bar }, maxReward) {
      const fresh = `r, the mean of ${plural(rules.rollouts, 'fresh rollout')},`
      return `The most promising action is verified first, at most ${rules.candidates} are. ${risesWhen(rules, bar, maxReward, fresh)}`
    },
  },
  uct: {
    verdict(_rules, step, candidate) {
      const { visits, mean } = visitsOf(candidate)
      const all = step.candidates.reduce((sum, other) => sum + visitsOf(other).visits, 0)
      if (visits === 0) return ['not visited', '']
      const words = `${visits} of ${plural(all, 'visit')}`
      if (candidate.scored === undefined) return [`${words}, mean ${rewardText(mean)}`, '']
      const chosen = step.candidates[(step.decided?.chosen ?? 0) - 1]
      if (chosen === undefined || chosen === candidate) return [words, '']
      const best = visitsOf(chosen)
      return [words, mean < best.mean ? 'lower value' : visits < best.visits ? 'fewer visits' : 'drawn later']
    },
    rule({ candidates, rollouts, uctConstant }) {
      const c = termText(uctConstant)
      return `Tree search: simulations go where value + ${c} √(ln visits / own visits) is highest, until ${candidates * rollouts} have come through here. The most visited action goes on. The bar is only a reference.`
    },
  },
  ipr: {
    verdict(rules, step, candidate, number) {
      const { proposed, rollouts, scored } = candidate
      const isExpert = number === 1
      const other = step.candidates[2 - number]
      if (scored === undefined) {
        if (step.decided !== undefined) return ['both do the same', 'nothing to compare']
        if (rollouts.length > rules.rollouts) return ['its own trajectory', '']
        if (rollouts.length > 0) return [`rollout ${rollouts.length} of ${rules.rollouts}`, '']
        return [proposed.done ? exactWords(candidate) : `the ${isExpert ? 'expert' : 'agent'}’s action`, '']
      }
      if (other?.scored === undefined) return [isExpert ? 'before the agent’s' : '', '']
      const gap = scored.reward - other.scored.reward
      const theirs = isExpert ? 'the agent’s' : 'the expert’s'
      const relation =
        gap === 0 ? `equals ${theirs}` : `${rewardText(Math.abs(gap))} ${gap > 0 ? 'above' : 'below'} ${theirs}`
      if (step.decided === undefined) return [relation, '']
      const pair = step.pairs[0]
      if (pair !== undefined) return [relation, pair.chosen === number ? 'preferred' : 'rejected']
      return [relation, Math.abs(gap) > 0.01 ? 'no pair: final rewards disagree' : 'no pair: too close']
    },
    rule: ({ rollouts }) =>
      `IPR: the expert’s action and one of the agent’s, ${plural(rollouts, 'rollout')} each; the agent’s is also played to its end. A pair needs both the step’s and the final reward to differ by more than 0.01 the same way. The expert’s action goes on.`,
  },
  eto: {
    verdict(_rules, step, candidate) {
      if (candidate.proposed.done) return [exactWords(candidate), '']
      return ['the agent’s own action', step.decided === undefined ? '' : 'goes on']
    },
    rule: () =>
      'ETO: the agent plays the task once. Its whole trajectory stands against the expert’s; no step is scored.',
  },
}

learnVerdicts(VERDICTS)
