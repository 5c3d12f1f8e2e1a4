/** Questions of every shape, and those of the training split with other values. */
import type { RandomStream } from '../../../../core/random.ts'
import { pick, type Question, type Table } from '../../databases/model.ts'
import { AMOUNTS } from './amounts.ts'
import type { Asking, Shape } from './asking.ts'
import { BETWEEN } from './between.ts'
import { ofFar, partOf, perFar } from './far.ts'
import { PARENTS } from './parents.ts'
import { perParent } from './per-parent.ts'
import { ROWS } from './rows.ts'
import { beginning, combined, inside, knownGroups } from './sets.ts'
import { type Thing, thingsOf } from './things.ts'

const SHAPES: readonly (readonly [number, Shape])[] = [
  ...ROWS,
  ...AMOUNTS,
  ...PARENTS,
  ...BETWEEN,
  [7, perParent],
  [2, perFar],
  [1.5, ofFar],
  [1.5, partOf],
  [1.5, combined],
  [1, inside],
  [1, beginning],
  [1.5, knownGroups],
]
const ALL = SHAPES.reduce((sum, [weight]) => sum + weight, 0)

function anyShape(random: RandomStream): Shape {
  let left = random.next() * ALL
  for (const [weight, shape] of SHAPES) {
    left -= weight
    if (left < 0) return shape
  }
  return SHAPES[0]?.[1] ?? (() => undefined)
}

/** `count` questions, or fewer where the database has nothing to ask about. */
export function askAbout(tables: readonly Table[], count: number, random: RandomStream): readonly Asking[] {
  const things = thingsOf(tables)
  const askings: Asking[] = []
  for (let i = 0; i < 4 * count && askings.length < count; i++) {
    const asking = anyShape(random)(things, random)
    if (asking !== undefined) askings.push(asking)
  }
  return askings
}

/** One of a domain's own questions, with values that its tables hold now. */
export function askAgain({ gold, phrasings, slots }: Question, things: readonly Thing[], random: RandomStream): Asking {
  const chosen: Record<string, string> = {}
  for (const [slot, values] of Object.entries(slots)) {
    const value = pick(random, values)
    if (typeof value === 'number') {
      const step = value >= 100 ? Math.round(value / 10) : 1
      chosen[slot] = String(random.next() < 0.3 ? value : Math.max(1, value + step * (random.below(7) - 3)))
    } else chosen[slot] = random.next() < 0.3 ? value : (likeValue(value, things, random) ?? value)
  }
  const fill = (text: string, sql: boolean): string =>
    text.replace(/\{(\w+)\}/g, (_, slot: string) => {
      const value = chosen[slot] ?? ''
      return sql ? value.replaceAll("'", "''") : value
    })
  return { question: fill(pick(random, phrasings), false), gold: fill(gold, true) }
}

/** Another value of a column that holds this one. */
function likeValue(value: string, things: readonly Thing[], random: RandomStream): string | undefined {
  const traits = things.flatMap((thing) => thing.traits).filter((trait) => trait.values.includes(value))
  const [trait] = traits
  return trait === undefined ? undefined : String(pick(random, trait.values)).trim()
}
