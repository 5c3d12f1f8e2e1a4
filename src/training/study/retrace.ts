/**
 * The way to a cell once more: every policy that explored for it, and what it explored. A cell keeps the weights that came of it;
 * those before follow from its seed, so they are computed again when somebody asks, by the code that made the cell.
 */
import type { StretchFacts } from '../../core/comparison/cell.ts'
import { armAt, type Comparison } from '../../core/comparison/comparison.ts'
import { isGradientMethod } from '../../core/comparison/gradient-methods.ts'
import { learnRounds } from './rounds.ts'
import { type StudyWorld, sharedOf } from './study-world.ts'
import { createTally } from './tally.ts'

/** What of a cell was explored with one policy, with the weights before and after. */
export interface Stretch extends StretchFacts {
  /** Of the policy that explored, and of the one that came of it. */
  readonly before: Readonly<Float64Array>
  readonly after: Readonly<Float64Array>
}

interface Retracing {
  readonly signal?: AbortSignal
  /** Hears after every task how many policy calls have been made. */
  told?(policyCalls: number): void
}

/**
 * @param seed and budget of the cell
 * @returns in their order; none for an arm that explores nothing
 * @throws where the signal is aborted
 */
export async function retrace<S, M>(
  given: StudyWorld<S, M>,
  comparison: Comparison,
  armIndex: number,
  { seed, budget }: { readonly seed: number; readonly budget: number },
  { signal, told }: Retracing = {},
): Promise<readonly Stretch[]> {
  const arm = armAt(comparison, armIndex)
  if (arm.method === 'sft') return []
  const stretches: Stretch[] = []
  const updates = isGradientMethod(arm.method)
  const tally = createTally()
  const breathe = async (): Promise<void> => {
    told?.(tally.numbers().cost.policyCalls)
    await given.breathe?.()
  }
  const world = { ...given, breathe }
  let round = 0
  let update = 0
  let before: Readonly<Float64Array> = sharedOf(world).explorer.parameters
  let begun = { tasks: 0, policyCalls: 0, pairs: 0 }
  const end = (after: Readonly<Float64Array>): void => {
    const { cost, pairs } = tally.numbers()
    const { policyCalls } = cost
    // An update at the very end of a budget leaves a batch that was begun, and that nothing was spent on.
    if (update === 0 || policyCalls > begun.policyCalls)
      stretches.push({
        ...{ round, update: updates ? update : undefined, firstTask: begun.tasks, tasks: tally.tasks - begun.tasks },
        ...{ policyCalls: policyCalls - begun.policyCalls, pairs: pairs - begun.pairs, before, after },
      })
    begun = { tasks: tally.tasks, policyCalls, pairs }
    before = after
  }
  const updated = (weights: Readonly<Float64Array>): void => {
    end(weights)
    update++
  }
  for await (const { weights } of learnRounds({ world, comparison, arm, seed, signal, updated }, budget, tally)) {
    end(weights) // of a policy gradient: the batch that its budget cut short, which taught nothing
    round++
    update = 0
  }
  signal?.throwIfAborted()
  return stretches
}
