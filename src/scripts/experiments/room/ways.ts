/**
 * How much room is there above the methods of the field at the same number of policy calls? Ways of learning that no visitor could
 * have, or that were tried for it. All explore groups of whole episodes and follow the clipped policy gradient, as GRPO does, with
 * the numbers that suit GRPO there, and the same number of episodes an update.
 */
import type { Arm } from '../../../core/comparison/comparison.ts'
import type { GradientTraining } from '../../../core/comparison/gradient-methods.ts'

export interface RoomWay {
  /** In tables. */
  readonly name: string
  /** Whose advantages: of GRPO, of exact values (which nobody has), or of values fitted to features. */
  readonly values: 'group' | 'exact' | 'fitted'
  /** Episodes of a task. */
  readonly episodes: number
  /** Of the arm; what is not named has GRPO's default. */
  readonly training: Partial<GradientTraining>
  /** Whether tables have its difference to every arm. */
  readonly told: boolean
  /** Each exact value after an action costs the policy calls of so many rollouts from there; what is drawn costs its own. */
  readonly price?: number
  /** The policy of the last update, and no average. */
  readonly last?: true
  /** Instead of each budget: what is reached with this many policy calls. */
  readonly reach?: number
}

/** Share of a budget, the last one, over whose policies the weights are averaged. */
export const AVERAGING = 0.5
/** Rollouts behind an exact value; they cost nothing. */
export const EXACT_ROLLOUTS = 30
export const FITTING = { ridge: 1, forget: 0.95, lambda: 0.7 } as const

/** What an exact value may cost, in rollouts; nothing without. */
export const PRICES = [undefined, 1, 3] as const

export function priceWords(price: (typeof PRICES)[number]): string {
  if (price === undefined) return 'for nothing'
  return price === 1 ? 'at a rollout each' : `at ${price} rollouts each`
}

/** @param grpo what suits GRPO, whose groups have ten episodes */
export function waysBeside(grpo: Partial<GradientTraining>): readonly RoomWay[] {
  const { batch = 8 } = grpo
  const way = (name: string, values: RoomWay['values'], episodes: number): RoomWay => {
    return {
      name,
      values,
      episodes,
      told: episodes < 10,
      training: { ...grpo, batch: Math.min(64, (10 * batch) / episodes) },
    }
  }
  /** Where values have a price there are fewer episodes: by a quarter of them an update they make as many updates. */
  const often = (one: RoomWay): RoomWay => {
    const { batch = 8 } = one.training
    return {
      ...one,
      name: `${one.name}, 4 times the updates`,
      training: { ...one.training, batch: Math.ceil(batch / 4) },
    }
  }
  return [
    way('grpo, averaged', 'group', 10),
    way('fitted values, 2 episodes a task', 'fitted', 2),
    way('exact values, 10 episodes a task', 'exact', 10),
    way('exact values, 1 episode a task', 'exact', 1),
    { ...way('exact values, 1 episode a task, last policy', 'exact', 1), last: true },
    ...PRICES.flatMap((price) => {
      if (price === undefined) return []
      const one = { ...way(`exact values ${priceWords(price)}`, 'exact', 1), price, told: false }
      return [one, often(one)]
    }),
    {
      ...way('400,000 calls', 'group', 10),
      training: { learningRate: 0.5, batch: 32, epochs: 4, klWeight: 0 },
      reach: 400_000,
    },
  ]
}

/** The arm that explores so. */
export function armOf({ episodes, training }: RoomWay): Arm {
  return { method: 'grpo', settings: { startRollouts: episodes }, training }
}
