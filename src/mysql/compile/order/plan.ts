/** How the model of the optimizer reads the tables of a SELECT, as EXPLAIN tells it. */
import { indexesOf, type SqlKey } from '../../schema.ts'
import type { Compiled, Planned, Source } from '../compiled.ts'
import type { FromNode } from '../from/from-node.ts'
import { conjuncts, readsOnly } from './conditions.ts'
import { type Asked, joinOrder } from './join-order.ts'
import { type Equality, equalities } from './table-access.ts'

/** The tables in the order in which they are read. */
export function plan(node: FromNode, asked: Asked): Planned[] {
  const { order } = joinOrder(node, asked)
  const joins = equalities(order, asked.dependencies)
  const conditions = asked.where === undefined ? [] : conjuncts(asked.where)
  return order.map((source, i) => planned(source, order.slice(0, i), joins, conditions))
}

function planned(
  source: Source,
  before: readonly Source[],
  joins: readonly Equality[],
  conditions: readonly Compiled[],
): Planned {
  const { table } = source
  const own = conditions.filter((condition) => readsOnly(condition, source))
  const size = Math.max(1, table?.size ?? 2)
  if (table === undefined)
    return {
      source,
      type: 'ALL',
      possible: [],
      key: undefined,
      ref: [],
      rows: size,
      filtered: 100,
      where: own.length > 0,
      covering: false,
    }
  const bound = (column: string) =>
    joins.find(
      (join) =>
        join.source === source &&
        join.column === column.toLowerCase() &&
        (join.other === undefined || before.includes(join.other)),
    )
  const ranged = (name: string | undefined) =>
    own.some(
      ({ sql, parts }) =>
        / (<|>|<=|>=|BETWEEN|IN) /.test(sql) &&
        parts.some(({ column }) => column?.name === name) &&
        parts.every(({ column, literal }) => column !== undefined || literal !== undefined),
    )
  const keys = indexesOf(table).filter(({ kind }) => kind === undefined)
  const possible = keys.filter(
    ({ columns: [first] }) => first !== undefined && (bound(first) !== undefined || ranged(first)),
  )
  const whole = possible.find((key) => key.unique && key.columns.every((column) => bound(column) !== undefined))
  const key = whole ?? possible.find(({ columns: [first] }) => first !== undefined && bound(first) !== undefined)
  const covers = (each: SqlKey) =>
    [...source.used].every((name) => [...each.columns, ...table.primaryKey].some((one) => one.toLowerCase() === name))
  const common = { source, possible: possible.map(({ name }) => name), filtered: 100, where: own.length > 0 }
  if (key !== undefined) {
    const read = prefix(key, bound)
    const constant = read.every((column) => bound(column)?.other === undefined)
    const ref = read.map((column) => reference(bound(column), joins))
    const found = { ...common, key: { ...key, columns: read }, ref, covering: key.name !== 'PRIMARY' && covers(key) }
    if (whole !== undefined)
      return {
        ...found,
        type: constant ? 'const' : 'eq_ref',
        rows: 1,
        where: own.length > (constant ? read.length : 0),
      }
    return { ...found, type: 'ref', rows: Math.max(1, Math.round(size / 10)), where: own.length > read.length }
  }
  const range = possible[0]
  if (range !== undefined)
    return {
      ...common,
      type: 'range',
      key: { ...range, columns: range.columns.slice(0, 1) },
      ref: [],
      rows: Math.max(1, Math.round(size / 3)),
      covering: covers(range),
    }
  const covering = keys.find((each) => each.name !== 'PRIMARY' && covers(each))
  if (covering !== undefined) return { ...common, type: 'index', key: covering, ref: [], rows: size, covering: true }
  return {
    ...common,
    type: 'ALL',
    key: undefined,
    ref: [],
    rows: size,
    filtered: own.length > 0 ? 10 : 100,
    covering: false,
  }
}

/** The first columns of a key that are known. */
function prefix(key: SqlKey, bound: (column: string) => unknown): string[] {
  const end = key.columns.findIndex((column) => bound(column) === undefined)
  return key.columns.slice(0, end < 0 ? undefined : end)
}

function reference(join: Equality | undefined, joins: readonly Equality[]): string {
  if (join?.other === undefined) return 'const'
  const { other } = join
  const back = joins.find((each) => each.source === other && each.other === join.source)
  return [other.table?.database, other.alias, back?.column].filter((part) => part !== undefined).join('.')
}
