/** What every shape of question is made with. */
import type { RandomStream } from '../../../../core/random.ts'
import {
  type Plan,
  type Ref,
  type Source,
  type Term,
  writePlan,
} from '../../../../policies/linear/intercode-sql/plan.ts'
import { pick } from '../../databases/model.ts'
import { conditionOn, type Said } from './conditions.ts'
import type { Thing, Trait } from './things.ts'

export interface Asking {
  readonly question: string
  /** The gold query. */
  readonly gold: string
}

/** @returns undefined where the database has nothing of the shape */
export type Shape = (things: readonly Thing[], random: RandomStream) => Asking | undefined

export function sql(parts: Partial<Plan> & Pick<Plan, 'from' | 'select'>): string {
  return writePlan({
    ...{ distinct: false, where: [], any: false, groupBy: [], having: undefined, orderBy: [], limit: undefined },
    ...parts,
  })
}

export const ref = (column: string | Trait, slot = 0): Ref => ({
  slot,
  column: typeof column === 'string' ? column : column.column,
})
export const term = (column: string | Trait, slot = 0): Term => ({ ref: ref(column, slot) })
export const COUNT: Term = { aggregate: 'count' }

export function ofKind(thing: Thing, ...kinds: readonly Trait['kind'][]): readonly Trait[] {
  return thing.traits.filter(({ kind }) => kinds.includes(kind))
}

export function anyOf<T>(items: readonly T[], random: RandomStream): T | undefined {
  return items.length === 0 ? undefined : pick(random, items)
}

/** A thing that has what is asked of it. */
export function thingWith(
  things: readonly Thing[],
  random: RandomStream,
  has: (thing: Thing) => boolean,
): Thing | undefined {
  return anyOf(things.filter(has), random)
}

/** Up to `most` conditions on different traits. */
export function conditionsOn(
  thing: Thing,
  most: number,
  slot: number,
  random: RandomStream,
  not: readonly Trait[] = [],
): Said[] {
  const traits = random.shuffled(thing.traits.filter((trait) => trait.kind !== 'key' && !not.includes(trait)))
  return traits
    .slice(0, most)
    .map((trait) => conditionOn(thing, trait, slot, random))
    .filter((said) => said !== undefined)
}

/** What is shown of a thing: its name, else its key. */
export function shownOf(thing: Thing): readonly Trait[] {
  if (thing.names.length > 0) return thing.names
  return thing.key === undefined ? thing.traits.slice(0, 1) : [thing.key]
}

export interface Pair {
  readonly child: Thing
  readonly parent: Thing
  readonly column: string
  readonly key: string
}

/** A thing and another that belongs to it; the parent has a name. */
export function pairOf(
  things: readonly Thing[],
  random: RandomStream,
  has: (pair: Pair) => boolean = () => true,
): Pair | undefined {
  const pairs = things.flatMap((child) =>
    child.parents.flatMap(({ column, table, key }) => {
      const parent = things.find((thing) => thing.table === table)
      const pair = parent === undefined ? undefined : { child, parent, column, key }
      return pair !== undefined && pair.parent !== child && pair.parent.names.length > 0 && has(pair) ? [pair] : []
    }),
  )
  return anyOf(pairs, random)
}

/** FROM child JOIN parent; at times the other way round. @returns the slots of the two */
export function joined(
  { child, parent, column, key }: Pair,
  random: RandomStream,
): { from: Source[]; own: number; other: number } {
  if (random.next() < 0.8)
    return {
      from: [{ table: child.table }, { table: parent.table, on: { left: ref(column), column: key } }],
      own: 0,
      other: 1,
    }
  return {
    from: [{ table: parent.table }, { table: child.table, on: { left: ref(key), column } }],
    own: 1,
    other: 0,
  }
}
