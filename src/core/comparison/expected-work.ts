/**
 * How much work a comparison is, in seconds of one worker on the machine where the costs were measured; and the few episodes by
 * which any other machine finds out how it compares.
 */
import type { Arm, Comparison } from './comparison.ts'
import { DEFAULT_COMPARISON } from './default-comparison.ts'
import { isGradientMethod } from './gradient-methods.ts'

/** Processor seconds: of a cell (training, judging), and of a policy call of its exploration. */
const COSTS: Readonly<Record<Comparison['environment'], { readonly cell: number; readonly call: number }>> = {
  webshop: { cell: 0.158, call: 1.6e-5 },
  'intercode-sql': { cell: 0.31, call: 7.9e-5 },
}

/** Of the language models: of a cell (judging), and of a token that goes through it while it explores or learns. */
const LANGUAGE_COSTS = { small: { cell: 7, token: 2e-4 }, tiny: { cell: 1.5, token: 2.5e-5 } } as const

/**
 * Episodes of the start policy, one a task, that are played before the clock runs and on the clock; `seconds` is how long the latter
 * took where the costs were measured.
 */
const WARM_UPS = {
  webshop: { before: 100, timed: 170, seconds: 0.032 },
  'intercode-sql': { before: 20, timed: 80, seconds: 0.118 },
} as const satisfies Readonly<Record<Comparison['environment'], WarmUp>>

export interface WarmUp {
  readonly before: number
  readonly timed: number
  readonly seconds: number
}

/** What is played to find out how quick this machine is, and from which policy. */
export function warmUpOf({ environment, policy, start }: Comparison): WarmUp & { readonly start: string } {
  // An episode of the language model takes too long for that: whoever is quick at the one is quick at the other.
  return { ...WARM_UPS[environment], start: policy === 'transformer' ? DEFAULT_COMPARISON.start : start }
}

/**
 * Of all cells of an arm with one seed, by their budgets: with one round one exploration serves all of them, with more each has
 * its own, and trains after every round. What explores nothing takes none.
 */
function worksOf({ environment, policy, start, budgets, rounds }: Comparison, { method }: Arm): readonly number[] {
  if (policy === 'transformer') {
    const { cell, token } = LANGUAGE_COSTS[start === 'tiny' ? 'tiny' : 'small']
    // SFT trains anew for each budget; what makes pairs trains on some half of each.
    const spent = (budget: number, before: number): number =>
      method === 'sft' ? budget : isGradientMethod(method) ? budget - before : budget - before / 2
    return budgets.map((budget, place) => cell + token * spent(budget, budgets[place - 1] ?? 0))
  }
  const { cell, call } = COSTS[environment]
  if (method === 'sft') return budgets.map(() => 0)
  return budgets.map((budget, place) => {
    const calls = rounds === 1 ? budget - (budgets[place - 1] ?? 0) : budget
    return rounds * cell + calls * call
  })
}

/** Of the cells that are asked for. @param wanted all of them where it is left out */
export function workOf(
  comparison: Comparison,
  wanted: (place: { readonly arm: number; readonly seed: number; readonly budget: number }) => boolean = () => true,
): number {
  const { arms, budgets, firstSeed, seeds } = comparison
  let sum = 0
  for (const [arm, given] of arms.entries()) {
    const works = worksOf(comparison, given)
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++)
      for (const [place, budget] of budgets.entries()) if (wanted({ arm, seed, budget })) sum += works[place] ?? 0
  }
  return sum
}
