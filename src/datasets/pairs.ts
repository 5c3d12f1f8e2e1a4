/** The preference pairs of one task, each with the prompt that both replies answer. */
import type { Message, ModelCall, PromptFit } from '../core/log/conversation.ts'
import type { BranchPairMade, RunStarted } from '../core/log/events.ts'
import { type Pair, pairRewards, type StepState, type TaskState } from '../core/log/fold-task.ts'
import { type Turn, WHOLE } from '../policies/chat/prompt.ts'
import { askedPrompt } from './asked-prompt.ts'
import { callOf } from './calls.ts'
import type { PairExample } from './pair-example.ts'
import { firstDifference, type TrajectoryForm, wholeTrajectories } from './trajectory-pair.ts'
import { isUnusable, told } from './turns.ts'

/** In the order in which they were made. A task that is not finished gives those that it has so far. */
export function pairsOf(header: RunStarted, task: TaskState, trajectories: TrajectoryForm): PairExample[] {
  const pairs: PairExample[] = []
  const turns: Turn[] = []
  let fit: PromptFit = WHOLE
  for (const step of task.steps) {
    for (const pair of step.pairs) {
      const about = stepPair(header, task, step, pair, turns, fit)
      if (about !== undefined) pairs.push(about)
    }
    for (const pair of task.branchPairs)
      if (pair.step === step.step) pairs.push(branchPair(header, task, pair, turns, fit))
    const continued = step.candidates[(step.decided?.continued ?? 0) - 1]?.proposed
    if (step.decided === undefined || continued === undefined) break
    turns.push({ reply: continued.text, observation: step.decided.observation })
    fit = { ...(continued.usage?.fit ?? fit), cut: null }
  }
  const pair = trajectories === 'whole' ? wholeTrajectories(header, task, turns) : firstDifference(header, task, turns)
  return pair === undefined ? pairs : [...pairs, pair]
}

function stepPair(
  header: RunStarted,
  task: TaskState,
  step: StepState,
  pair: Pair,
  turns: readonly Turn[],
  fit: PromptFit,
): PairExample | undefined {
  const chosen = step.candidates[pair.chosen - 1]?.proposed
  const rejected = step.candidates[pair.rejected - 1]?.proposed
  const rewards = pairRewards(step, pair)
  if (chosen === undefined || rejected === undefined || rewards === undefined) return undefined
  return {
    prompt: askedPrompt(header, task, turns, chosen.usage ?? rejected.usage, fit),
    ...{ chosen: [said(chosen.text)], rejected: [said(rejected.text)] },
    ...{ chosenReward: rewards.chosen, rejectedReward: rewards.rejected, weight: pair.weight ?? 1 },
    ...{ chosenTokens: tokensOf(chosen.usage), rejectedTokens: tokensOf(rejected.usage) },
    ...{ bar: step.bar, reason: step.decided?.reason ?? 'rise', step: step.step },
    ...{ candidates: step.candidates.length, rollouts: header.config.rollouts },
    ...{ standardError: errorOf(step, pair), rise: step.candidates[pair.chosen - 1]?.scored?.rises === true },
    unusable: isUnusable(chosen) || isUnusable(rejected),
  }
}

/** Of the difference, as the rollouts of the two are independent; infinite where one has none of its own, or only one. */
function errorOf({ candidates }: StepState, { chosen, rejected }: Pair): number {
  const errors = [chosen, rejected].map((number) => candidates[number - 1]?.scored?.standardError ?? Infinity)
  return Math.hypot(...errors)
}

function branchPair(
  header: RunStarted,
  task: TaskState,
  { step: from, after, chosen, rejected, weight }: BranchPairMade,
  path: readonly Turn[],
  fit: PromptFit,
): PairExample {
  const turns = [...path, ...after.map(({ text, observation }) => ({ reply: text, observation }))]
  const before = turns.map(({ reply }) => reply)
  const [ours, theirs] = [chosen, rejected].map(({ text }) => callOf(task, [...before, text]))
  return {
    prompt: askedPrompt(header, task, turns, ours ?? theirs, fit),
    ...{ chosen: [said(chosen.text)], rejected: [said(rejected.text)] },
    ...{ chosenReward: chosen.reward, rejectedReward: rejected.reward, weight },
    ...{ chosenTokens: tokensOf(ours), rejectedTokens: tokensOf(theirs) },
    ...{ bar: 0, reason: 'branch', step: from + after.length },
    ...{ candidates: 2, rollouts: chosen.rollouts + rejected.rollouts, standardError: Infinity, rise: false },
    unusable:
      isUnusable({ ...chosen, ...(ours && { usage: ours }) }) ||
      isUnusable({ ...rejected, ...(theirs && { usage: theirs }) }),
  }
}

function said(text: string): Message {
  return told('assistant', text)
}

function tokensOf(call: ModelCall | undefined): number | undefined {
  return call?.completionTokens ?? undefined
}
