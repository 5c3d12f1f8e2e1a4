/**
 * What is said of recycled RRO, tree search, IPR, ETO and groups: what became of a candidate, and where its numbers come from. Fetched when a run of theirs is first shown; the
 * words of RRO and of fixed-size exploration come with the page.
 */
import type { CandidateState, TaskState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { plural, rewardText, signedText, termText } from '../../words/format.ts'
import { errorNote, meanText } from './formula.ts'
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
    sentence: ({ rollouts }) =>
      `The rollouts through a step are the next candidates: verify the most promising by ${plural(rollouts, 'fresh rollout')}, stop at the first that reaches the bar, the mean of them all.`,
    rule(rules, { bar }, maxReward) {
      const fresh = `r, the mean of ${plural(rules.rollouts, 'fresh rollout')},`
      return `The most promising action is verified first, at most ${rules.candidates} are. ${risesWhen(rules, bar, maxReward, fresh)}`
    },
    bar: ({ through }) => ` = mean of the ${through} rollouts through here`,
    start: 'The rollouts below are drawn first: their actions are the candidates of step 1, their mean is its bar.',
    formula(_rules, { proposed: { recycled }, rollouts }) {
      return recycled !== undefined && rollouts.length === 0 ? `seen: ${rewardText(recycled.reward)}` : undefined
    },
    note(_rules, { proposed: { recycled }, rollouts, scored }) {
      if (recycled === undefined) return undefined
      const earlier = plural(recycled.rollouts, 'earlier rollout')
      if (scored !== undefined) {
        const before = `Before that it had earned ${rewardText(recycled.reward)} in ${earlier}.`
        return `${errorNote(scored.standardError, rollouts.length)} ${before}`
      }
      if (rollouts.length > 0) return undefined
      return `Mean of ${earlier} that took it: already paid for. It is verified before it can rise.`
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
    sentence: ({ candidates, rollouts }) =>
      `Send ${candidates * rollouts} simulations through every step, to where value and novelty are highest; go on with the action visited most.`,
    rule({ candidates, rollouts, uctConstant }) {
      const c = termText(uctConstant)
      return `Tree search: simulations go where value + ${c} √(ln visits / own visits) is highest, until ${candidates * rollouts} have come through here. The most visited action goes on. The bar is only a reference.`
    },
    start: 'The search begins here; the bar, 0, is only a reference.',
    formula(_rules, { proposed: { recycled }, rollouts, scored }) {
      return recycled && meanText(scored !== undefined, rollouts, recycled)
    },
    note(_rules, { proposed: { recycled }, rollouts, scored }) {
      if (recycled === undefined || scored === undefined) return undefined
      const error = errorNote(scored.standardError, rollouts.length + recycled.rollouts)
      return `${error} The first term: ${plural(recycled.rollouts, 'earlier rollout')}.`
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
    sentence: ({ rollouts }) =>
      `Hold the expert’s action against one of the agent’s at every step, by ${plural(rollouts, 'rollout')} each; the expert’s goes on.`,
    rule: ({ rollouts }) =>
      `IPR: the expert’s action and one of the agent’s, ${plural(rollouts, 'rollout')} each; the agent’s is also played to its end. A pair needs both the step’s and the final reward to differ by more than 0.01 the same way. The expert’s action goes on.`,
    start: 'The path will be the expert’s; at each of its steps the agent acts once beside it.',
    // The agent's action is played to its end once more, which is not part of the mean.
    formula: ({ rollouts: m }, { rollouts, scored }) => meanText(scored !== undefined, rollouts.slice(0, m)),
    note({ rollouts: m }, { rollouts, scored }) {
      const last = rollouts[m]
      if (last === undefined || scored === undefined) return undefined
      const error = errorNote(scored.standardError, m)
      return `${error} One more rollout is the agent’s own trajectory: final reward ${rewardText(last.reward)}.`
    },
  },
  eto: {
    verdict(_rules, step, candidate) {
      if (candidate.proposed.done) return [exactWords(candidate), '']
      return ['the agent’s own action', step.decided === undefined ? '' : 'goes on']
    },
    sentence: () => 'Play the task once, and hold the whole trajectory against the expert’s.',
    rule: () =>
      'ETO: the agent plays the task once. Its whole trajectory stands against the expert’s; no step is scored.',
    start: 'The agent plays the task once, to the end.',
    note: () => 'No step is scored: only whole trajectories are compared.',
    end({ trajectoryPair: pair, finished, steps }) {
      if (pair === undefined) {
        const last = steps.at(-1)
        const played = last?.decided?.reason === 'only' && last.candidates[0]?.proposed.source !== 'file'
        const compared = finished !== undefined && played
        return compared ? `The expert earned the same, ${rewardText(finished.reward)}: no pair.` : ''
      }
      const agents = finished?.reward ?? steps.at(-1)?.candidates[0]?.proposed.outcome ?? 0
      const [better, worse] = pair.chosen === 'expert' ? [pair.expertReward, agents] : [agents, pair.expertReward]
      const other = pair.chosen === 'expert' ? 'agent' : 'expert'
      return `The ${pair.chosen}’s whole trajectory, ${rewardText(better)}, is preferred to the ${other}’s, ${rewardText(worse)}.`
    },
  },
  groups: {
    verdict: () => ['', ''],
    sentence: () => 'Play the whole task again and again from its start: each episode is held against the others.',
    rule: () => 'Groups: whole episodes are played; no step is scored and nothing is paired.',
    start: 'The episodes below are the group. No step is scored: each is held against the mean of the others.',
  },
  replay: {
    verdict(_rules, step, candidate) {
      if (candidate.proposed.done) return [exactWords(candidate), '']
      return ['as the file says', step.decided === undefined ? '' : 'goes on']
    },
    sentence: () => 'What a file says was done, played again in the environment; its reward is the environment’s.',
    rule: () => 'From a file: its actions are played again, one after the other; no step is scored.',
    start: 'The file’s actions are played from here.',
    note: () => 'No step is scored: the reward is that of the whole trajectory.',
  },
}

/** What a group's episodes earned, and by how much each did better than the mean of the others, as RLOO has it. */
function groupWords({ valueRollouts, finished }: TaskState): string {
  const count = valueRollouts.length
  const mean = finished?.reward ?? 0
  const against = ({ reward }: { readonly reward: number }) => signedText(((reward - mean) * count) / (count - 1))
  const each = count < 2 ? '' : ` Each against the mean of the others: ${valueRollouts.map(against).join(', ')}.`
  return `${plural(count, 'episode')} earned ${rewardText(mean)} on average.${each}`
}

/** Ends that only these methods come to. */
learnVerdicts(VERDICTS, {
  'no-difference': ({ steps, finished }) =>
    `Every rollout from ${steps.length === 0 ? 'the start' : 'here'} earned the same, ${rewardText(finished?.reward ?? 0)}: nothing can rise, the task ends.`,
  'no-expert': () => 'No expert has shown this task: there is nothing to compare with.',
  group: groupWords,
  'file-end': () => 'The file goes no further: no outcome, reward 0.',
})
