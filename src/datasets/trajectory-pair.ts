/**
 * ETO compares whole trajectories. Trainers of preferences mask the prompt alone, so that most of the loss of a whole
 * trajectory falls on observations, and readers of one turn may find the same turn on both sides. What they can train on is
 * the first turn in which the two differ, after all that they have in common.
 */
import type { Message } from '../core/log/conversation.ts'
import type { RunStarted } from '../core/log/events.ts'
import type { TaskState } from '../core/log/fold-task.ts'
import type { Turn } from '../policies/chat/prompt.ts'
import { askedPrompt } from './asked-prompt.ts'
import type { PairExample } from './pair-example.ts'
import { isUnusable, told } from './turns.ts'

export const TRAJECTORY_FORMS = ['first-difference', 'whole'] as const
export type TrajectoryForm = (typeof TRAJECTORY_FORMS)[number]

/** @param agent the explored path; its last observation is nobody's preference */
export function wholeTrajectories(
  header: RunStarted,
  task: TaskState,
  agent: readonly Turn[],
): PairExample | undefined {
  const sides = sidesOf(task, agent)
  if (sides === undefined) return undefined
  const { chosen, rejected, ...rewards } = sides
  const unusable = agent.some((_, at) => unusableAt(task, at))
  return { ...about(header, task, [], 1), ...rewards, chosen: messages(chosen), rejected: messages(rejected), unusable }
}

/** Undefined also where the two do not differ as far as both go. */
export function firstDifference(header: RunStarted, task: TaskState, agent: readonly Turn[]): PairExample | undefined {
  const sides = sidesOf(task, agent)
  if (sides === undefined) return undefined
  const { chosen, rejected, ...rewards } = sides
  const at = chosen.findIndex(({ reply }, i) => reply !== rejected[i]?.reply)
  const [ours, theirs] = [chosen[at], rejected[at]]
  if (ours === undefined || theirs === undefined) return undefined
  const pair = { chosen: [told('assistant', ours.reply)], rejected: [told('assistant', theirs.reply)] }
  const unusable = [unusableAt(task, at), isUnusable(task.trajectoryPair?.expert[at] ?? NOTHING)].some(Boolean)
  return { ...about(header, task, chosen.slice(0, at), at + 1), ...rewards, ...pair, unusable }
}

const NOTHING = { text: '', action: '' }

/** Of the agent's path, counted from 0. */
function unusableAt({ steps }: TaskState, at: number): boolean {
  const step = steps[at]
  return isUnusable(step?.candidates[(step.decided?.continued ?? 0) - 1]?.proposed ?? NOTHING)
}

function about(header: RunStarted, task: TaskState, before: readonly Turn[], step: number) {
  const call = task.steps[step - 1]?.candidates[0]?.proposed.usage
  return {
    prompt: askedPrompt(header, task, before, call),
    ...{ chosenTokens: undefined, rejectedTokens: undefined, weight: 1, bar: 0, reason: 'trajectory' },
    ...{ step, candidates: 2, rollouts: 0 },
    ...{ standardError: 0, rise: false }, // two outcomes, each of one trajectory as it went
  }
}

function sidesOf({ trajectoryPair: pair, finished, steps }: TaskState, agent: readonly Turn[]) {
  const last = steps.at(-1)
  const outcome = finished?.reward ?? last?.candidates[(last.decided?.continued ?? 0) - 1]?.proposed.outcome
  if (pair === undefined || outcome === undefined || outcome === null) return undefined
  const expert = pair.expert.map(({ text, observation }) => ({ reply: text, observation }))
  return pair.chosen === 'expert'
    ? { chosen: expert, rejected: agent, chosenReward: pair.expertReward, rejectedReward: outcome }
    : { chosen: agent, rejected: expert, chosenReward: outcome, rejectedReward: pair.expertReward }
}

/** Ends with the last reply: what comes after it is nobody's preference. */
function messages(turns: readonly Turn[]): Message[] {
  return turns.flatMap(({ reply, observation }) => [told('assistant', reply), told('user', observation)]).slice(0, -1)
}
