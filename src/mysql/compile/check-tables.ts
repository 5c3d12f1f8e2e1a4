/**
 * What the server checks of a statement's tables before it reads anything else: aliases that are not unique, databases
 * and tables that do not exist, in the order in which they are written.
 */

import type { Expression, NamedTable, OrderTerm, Query, QueryBody, TableExpression } from '../parse/syntax.ts'
import { type Schema, schemaKey } from '../schema.ts'
import { SqlError } from '../sql-error.ts'

/** WITH tables by name; each is looked at where it is first named. */
type Known = ReadonlyMap<string, { readonly query: Query; readonly known: () => Known; seen: boolean }>

interface Found {
  readonly table: NamedTable
}

/** Throws 1066 (not unique), 1049 (unknown database) or 1146 (no such table). */
export function checkTables(query: Query, schema: Schema, databases: ReadonlySet<string>, current: string): void {
  const found: Found[] = []
  walkQuery(query, new Map(), found)
  for (const { table } of found) requireTable(table, schema, databases, current)
}

/** The same for the queries inside expressions that stand in no query. */
export function checkTablesIn(
  expressions: readonly (Expression | undefined)[],
  schema: Schema,
  databases: ReadonlySet<string>,
  current: string,
): void {
  const found: Found[] = []
  for (const expression of expressions) walk(expression, new Map(), found)
  for (const { table } of found) requireTable(table, schema, databases, current)
}

export function requireTable(
  { database, name }: NamedTable,
  schema: Schema,
  databases: ReadonlySet<string>,
  current: string,
): void {
  const home = database?.toLowerCase() ?? current
  if (!databases.has(home)) throw new SqlError(1049, `Unknown database '${home}'`)
  if (schema.has(schemaKey(home, name))) return
  if (home === 'information_schema')
    throw new SqlError(1109, `Unknown table '${name.toUpperCase()}' in information_schema`)
  throw new SqlError(1146, `Table '${home}.${name.toLowerCase()}' doesn't exist`)
}

function walkQuery(query: Query, known: Known, found: Found[]): void {
  let names = known
  for (const common of query.with) {
    const outside = names
    if (query.with.some((other) => other !== common && other.name.toLowerCase() === common.name.toLowerCase()))
      throw new SqlError(1066, `Not unique table/alias: '${common.name}'`)
    const inside = new Map(names)
    const entry = { query: common.query, known: () => (query.recursive ? inside : outside), seen: false }
    inside.set(common.name.toLowerCase(), entry)
    names = inside
  }
  walkBody(query.body, names, found)
  walkOrder(query.order, names, found)
  for (const entry of names.values()) walkCommon(entry, found)
}

function walkCommon(
  entry: { readonly query: Query; readonly known: () => Known; seen: boolean },
  found: Found[],
): void {
  if (entry.seen) return
  entry.seen = true
  walkQuery(entry.query, entry.known(), found)
}

function walkBody(body: QueryBody, known: Known, found: Found[]): void {
  switch (body.kind) {
    case 'compound':
      walkBody(body.left, known, found)
      walkBody(body.right, known, found)
      break
    case 'nested':
      walkQuery(body.query, known, found)
      break
    case 'values':
      for (const row of body.rows) for (const value of row) walk(value, known, found)
      break
    case 'select':
      for (const item of body.items) if (item.kind === 'expression') walk(item.expression, known, found)
      if (body.from !== undefined) walkFrom(body.from, known, found, new Set())
      walk(body.where, known, found)
      walkOrder(body.group, known, found)
      walk(body.having, known, found)
  }
}

function walkFrom(from: TableExpression, known: Known, found: Found[], aliases: Set<string>): void {
  if (from.kind === 'join') {
    walkFrom(from.left, known, found, aliases)
    walkFrom(from.right, known, found, aliases)
    walk(from.on, known, found)
    return
  }
  const alias = (from.kind === 'derived' ? from.alias : (from.alias ?? from.name)).toLowerCase()
  const place = from.kind === 'table' && from.alias === undefined ? `${from.database ?? ''}.${alias}` : `.${alias}`
  if (aliases.has(place)) throw new SqlError(1066, `Not unique table/alias: '${alias}'`)
  aliases.add(place)
  if (from.kind === 'derived') walkQuery(from.query, known, found)
  else {
    const common = from.database === undefined ? known.get(from.name.toLowerCase()) : undefined
    if (common === undefined) found.push({ table: from })
    else walkCommon(common, found)
  }
}

function walkOrder(order: readonly OrderTerm[], known: Known, found: Found[]): void {
  for (const { expression } of order) walk(expression, known, found)
}

function walk(expression: Expression | undefined, known: Known, found: Found[]): void {
  if (expression === undefined) return
  const go = (inner: Expression | undefined) => walk(inner, known, found)
  switch (expression.kind) {
    case 'unary':
    case 'collate':
    case 'cast':
    case 'is':
      go(expression.operand)
      break
    case 'binary':
      go(expression.left)
      go(expression.right)
      break
    case 'compare-any':
      go(expression.left)
      refuseLimit(expression.query)
      walkQuery(expression.query, known, found)
      break
    case 'between':
      go(expression.operand)
      go(expression.low)
      go(expression.high)
      break
    case 'in':
      go(expression.operand)
      if ('body' in expression.items) {
        refuseLimit(expression.items)
        walkQuery(expression.items, known, found)
      } else expression.items.forEach(go)
      break
    case 'like':
      go(expression.operand)
      go(expression.pattern)
      break
    case 'exists':
    case 'subquery':
      walkQuery(expression.query, known, found)
      break
    case 'row':
      expression.items.forEach(go)
      break
    case 'case':
      go(expression.operand)
      for (const { condition, result } of expression.branches) {
        go(condition)
        go(result)
      }
      go(expression.otherwise)
      break
    case 'interval':
      go(expression.amount)
      break
    case 'call':
      expression.args.forEach(go)
      walkOrder(expression.order, known, found)
  }
}

function refuseLimit(query: Query): void {
  if (query.limit !== undefined)
    throw new SqlError(1235, "This version of MySQL doesn't yet support 'LIMIT & IN/ALL/ANY/SOME subquery'")
}
