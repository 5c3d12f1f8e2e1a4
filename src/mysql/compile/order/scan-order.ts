/**
 * The order in which MySQL comes by the rows of a FROM clause, which it keeps where nothing else orders them: ties of
 * ORDER BY, first appearance of groups and of DISTINCT rows. InnoDB scans by primary key, or by a secondary index that
 * holds all that is asked for; of joined tables `join-order.ts` tells which one leads.
 */
import type { Compiled, Source } from '../compiled.ts'
import { type FromNode, sourcesOf } from '../from/from-node.ts'
import { quoteName } from '../sqlite-text.ts'
import { type Asked, joinOrder } from './join-order.ts'

export interface ScanTerm {
  readonly sql: string
  /** More than the largest value of the term, for terms that are row numbers; undefined for others. */
  readonly bound: number | undefined
  /** What makes a reversed term positive again. */
  readonly offset?: number | undefined
}

/** Terms to order by; empty where the order is not known better than SQLite knows it. */
export function scanOrder(node: FromNode, asked: Asked): ScanTerm[] {
  const sources = sourcesOf(node)
  if (sources.some(({ table }) => table === undefined)) return []
  const [only] = sources
  if (only !== undefined && sources.length === 1) return own(only, asked.groups)
  const { order, hashed } = joinOrder(node, asked)
  let terms: ScanTerm[] = []
  // A hash join walks the table that comes last, and finds the rows of the others latest first.
  for (const source of order)
    terms = hashed.has(source) ? [...rowNumber(source), ...terms.map(reversed)] : [...terms, ...rowNumber(source)]
  return terms
}

function reversed(term: ScanTerm): ScanTerm {
  return { ...term, sql: `-(${term.sql})`, offset: term.offset === undefined ? term.bound : undefined }
}

/** One term that is least in a group's first row; undefined where terms cannot be put together. */
export function firstRow(terms: readonly ScanTerm[]): string | undefined {
  const [first, ...rest] = terms
  if (first === undefined) return undefined
  if (rest.length === 0) return `min(${first.sql})`
  let sql = first.sql
  let size = first.bound
  for (const term of rest) {
    if (size === undefined || term.bound === undefined) break
    size *= term.bound
    if (size > Number.MAX_SAFE_INTEGER) break
    sql = `(${sql} * ${term.bound} + ifnull(${term.offset === undefined ? term.sql : `${term.offset} ${term.sql}`}, 0))`
  }
  return `min(${sql})`
}

function rowNumber({ id, table }: Source): ScanTerm[] {
  return [{ sql: `${id}.rowid`, bound: Math.max(1000, (table?.size ?? 0) * 2) }]
}

/** A single table: by a secondary index that covers it, or by primary key, which is the order of the rows here. */
function own(source: Source, groups: readonly Compiled[]): ScanTerm[] {
  const { id, table } = source
  if (onKey(source, groups)) return inKeyOrder(groups)
  const index = covering(source)
  if (table === undefined || index === undefined) return rowNumber(source)
  return [...index.map((name) => ({ sql: `${id}.${quoteName(name)}`, bound: undefined })), ...rowNumber(source)]
}

/** Whether a key begins with what is grouped by: groups are then read off that index. */
function onKey({ id, table }: Source, groups: readonly Compiled[]): boolean {
  if (groups.length === 0 || table === undefined) return false
  const names = groups.map(({ column }) => (column?.source.id === id ? column.name.toLowerCase() : undefined))
  const keys = [table.primaryKey, ...table.keys.map(({ columns }) => columns)]
  return keys.some(
    (key) =>
      names.length <= key.length &&
      names.every(
        (name) => name !== undefined && key.slice(0, names.length).some((part) => part.toLowerCase() === name),
      ),
  )
}

function inKeyOrder(groups: readonly Compiled[]): ScanTerm[] {
  return groups.map(({ sql }) => ({ sql, bound: undefined }))
}

function covering({ table, used }: Source): readonly string[] | undefined {
  if (table === undefined) return undefined
  const primary = table.primaryKey.map((name) => name.toLowerCase())
  return table.keys.find(({ columns }) => {
    const there = new Set([...primary, ...columns.map((name) => name.toLowerCase())])
    return [...used].every((name) => there.has(name))
  })?.columns
}
