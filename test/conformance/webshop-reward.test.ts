import type { RewardDetail } from '../../src/environments/webshop/reward/reward.ts'
import { webshopReward } from '../../src/environments/webshop/reward/reward.ts'
import { type Comparison, suite } from './conformance.ts'

interface RewardCase {
  readonly id: number
  readonly purchased: {
    readonly query: string
    readonly product_category: string
    readonly Attributes: readonly string[]
    readonly Title: string
    readonly BulletPoints: readonly string[]
    readonly Description: string
  }
  readonly purchased_nouns: readonly string[]
  readonly goal: {
    readonly query: string
    readonly product_category: string
    readonly attributes: readonly string[]
    readonly price_upper: number
    readonly goal_options: readonly string[] | Readonly<Record<string, string>>
  }
  readonly goal_nouns: readonly string[]
  readonly price: number | null
  readonly options: Readonly<Record<string, string>>
  readonly reward?: number
  readonly info?: Readonly<Record<string, number | boolean | null>>
  readonly raises?: unknown
}

/** Upstream's name in `info` to ours. */
const FIELDS: Readonly<Record<string, keyof RewardDetail>> = {
  r_type: 'rType',
  query_match: 'queryMatch',
  category_match: 'categoryMatch',
  title_score: 'titleScore',
  r_att: 'rAtt',
  w_att: 'wAtt',
  r_option: 'rOption',
  w_option: 'wOption',
  r_price: 'rPrice',
  w_price: 'wPrice',
}

/** Numbers to 1e-9, booleans equal; what upstream leaves out or answers with None we leave undefined. */
function same(recorded: number | boolean | null | undefined, ours: number | boolean | undefined): boolean {
  if (typeof recorded === 'number') return typeof ours === 'number' && Math.abs(recorded - ours) <= 1e-9
  return (recorded ?? undefined) === ours
}

function ask({ purchased, purchased_nouns, goal, goal_nouns, price, options }: RewardCase) {
  const wanted = goal.goal_options
  return webshopReward(
    {
      title: purchased.Title,
      description: purchased.Description,
      bulletPoints: purchased.BulletPoints,
      attributes: purchased.Attributes,
      query: purchased.query,
      productCategory: purchased.product_category,
      titleNouns: purchased_nouns,
    },
    {
      query: goal.query,
      productCategory: goal.product_category,
      attributes: goal.attributes,
      options: Symbol.iterator in wanted ? [...wanted] : new Map(Object.entries(wanted)),
      priceUpper: goal.price_upper,
      titleNouns: goal_nouns,
    },
    price ?? Number.NaN,
    new Map(Object.entries(options)),
  )
}

suite<{ readonly cases: readonly RewardCase[] }>(
  'webshop-reward',
  'webshop-reward.json',
  1,
  function* ({ cases }): Generator<Comparison> {
    for (const recorded of cases) {
      const ours = ask(recorded)
      const agrees = ours.ok
        ? recorded.raises === undefined &&
          same(recorded.reward, ours.value.reward) &&
          Object.entries(FIELDS).every(([theirs, mine]) => same(recorded.info?.[theirs], ours.value[mine]))
        : recorded.raises !== undefined
      yield {
        agrees,
        describe: () => {
          const { id, reward, info, raises } = recorded
          return `${id}: ${JSON.stringify(raises ?? { reward, ...info })}, ours ${JSON.stringify(ours)}`
        },
      }
    }
  },
)
