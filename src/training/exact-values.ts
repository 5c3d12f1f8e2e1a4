/**
 * What only a simulator can know: the process reward of every next action after a prefix, from as many rollouts as it
 * takes, each with its probability under the policy and the law of its outcomes, and the value of the prefix itself, from
 * rollouts of its own. By the tower property the second is the first's mean.
 */

import type { RandomStream } from '../core/random.ts'
import { type Law, lawMean, lawOf } from '../core/theory/mean-law.ts'
import type { EnumerablePolicy } from '../policies/policy.ts'

export interface ExactValue {
  readonly reward: number
  /**
   * Of the mean, as if one more outcome at either end of the rewards had been seen: outcomes that were all the same are
   * not yet certain. 0 where there was no chance in it.
   */
  readonly standardError: number
  /** 0 where the episode is over. */
  readonly rollouts: number
  /** Frequencies of the outcomes. */
  readonly outcomes: Law
}

export interface ExactAction extends ExactValue {
  readonly action: string
  /** pi(action | prefix), exact. */
  readonly probability: number
  /** Whether it ends the episode, by itself or at the step limit. */
  readonly done: boolean
}

export interface ExactValues {
  /** Every action that the policy may take, the likeliest first. */
  readonly actions: readonly ExactAction[]
  /** Of the prefix. */
  readonly value: ExactValue
}

export interface ExactOptions {
  readonly temperature: number
  /** Actions that the episode may still take, at least 1. */
  readonly limit: number
  readonly minReward: number
  readonly maxReward: number
  /** Rollouts go on until the standard error of an action's process reward is at most this (of the prefix's value, half), */
  readonly standardError: number
  /** or until there are so many (for the prefix four times as many). */
  readonly most: number
  /** Draws are named below it by action and number. */
  readonly random: RandomStream
  /** Awaited between handfuls of rollouts, so that whoever else waits has a turn. */
  readonly breathe?: () => Promise<void>
  readonly signal?: AbortSignal
}

/** Rollouts between two breaths. */
const HANDFUL = 32

/** @throws the signal's reason when it is aborted */
export async function exactValues<P>(
  policy: EnumerablePolicy<P>,
  prefix: P,
  options: ExactOptions,
): Promise<ExactValues> {
  const { temperature, limit, random } = options
  const actions: ExactAction[] = []
  for (const action of policy.actions(prefix)) {
    const probability = Math.exp(policy.logProbability(prefix, action, temperature))
    const next = policy.execute(prefix, { text: '', action }) // the reply's words change nothing in the world
    const end = policy.outcome(next) ?? (limit <= 1 ? { reward: 0 } : undefined)
    const value =
      end === undefined
        ? await sampledValue(policy, next, limit - 1, options, random.child('action', action))
        : { reward: end.reward, standardError: 0, rollouts: 0, outcomes: lawOf([end.reward]) }
    actions.push({ action, probability, done: end !== undefined, ...value })
  }
  // One number that all of them are held against: it may cost more.
  const finer = { ...options, standardError: options.standardError / 2, most: options.most * 4 }
  const value = await sampledValue(policy, prefix, limit, finer, random.child('value'))
  return { actions: actions.toSorted((a, b) => b.probability - a.probability), value }
}

async function sampledValue<P>(
  policy: EnumerablePolicy<P>,
  prefix: P,
  limit: number,
  options: ExactOptions,
  random: RandomStream,
): Promise<ExactValue> {
  const { temperature, most, signal } = options
  const outcomes: number[] = []
  let standardError = Number.POSITIVE_INFINITY
  while (outcomes.length < most && standardError > options.standardError) {
    signal?.throwIfAborted()
    const count = Math.min(HANDFUL, most - outcomes.length)
    const streams = Array.from({ length: count }, (_, i) => random.child(outcomes.length + i))
    for (const { reward } of await policy.rollouts(prefix, limit, temperature, streams, signal)) outcomes.push(reward)
    standardError = cautiousError(outcomes, options)
    await options.breathe?.()
  }
  const law = lawOf(outcomes)
  return { reward: lawMean(law), standardError, rollouts: outcomes.length, outcomes: law }
}

function cautiousError(outcomes: readonly number[], { minReward, maxReward }: ExactOptions): number {
  const n = outcomes.length + 2
  let sum = minReward + maxReward
  let squares = minReward ** 2 + maxReward ** 2
  for (const outcome of outcomes) {
    sum += outcome
    squares += outcome ** 2
  }
  return Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2) / (n - 1))
}
