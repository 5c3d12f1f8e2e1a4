/** Clauses that are met less often: rollups, names of the list in other clauses, odd joins, hints, recursion. */
import type { Draw } from './draw.ts'
import { aggregate, leaf, predicate } from './expressions.ts'
import { type Tables, type Term, termsOf } from './tables.ts'

interface Sight {
  readonly table: string
  readonly terms: readonly Term[]
  readonly draw: Draw
  readonly tables: Tables
}

/** A query of one of these forms; none says where every row stands. */
export function unusual(draw: Draw, tables: Tables): { readonly sql: string; readonly ordered: boolean } {
  const table = draw.one(tables.tables)
  return { sql: draw.one(FORMS)({ draw, tables, table: table.name, terms: termsOf(table, 't') }), ordered: false }
}

const FORMS: readonly ((sight: Sight) => string)[] = [
  ({ draw, table, terms }) => {
    const by = draw.one(terms).sql
    return `SELECT ${by}, ${aggregate(draw, terms)} FROM ${table} t GROUP BY ${by} WITH ROLLUP`
  },
  ({ draw, table, terms }) =>
    `SELECT ${draw.one(terms).sql} AS k, COUNT(*) AS n FROM ${table} t GROUP BY k HAVING n > ${draw.whole(0, 3)} ORDER BY n DESC, k`,
  ({ draw, table, terms }) => `SELECT ${draw.one(terms).sql} AS k, COUNT(*) FROM ${table} t GROUP BY 1 ORDER BY 2, 1`,
  ({ draw, table, terms }) => `SELECT ${draw.one(terms).sql} AS k FROM ${table} t HAVING k IS NOT NULL`,
  ({ draw, table, terms }) => `SELECT ${draw.one(terms).sql} AS k FROM ${table} t WHERE k IS NOT NULL`,
  ({ draw, table, terms }) => {
    const k = draw.one(terms).sql
    return `SELECT ${k} FROM ${table} t GROUP BY ${k} ORDER BY COUNT(*) DESC, ${k} LIMIT ${draw.whole(0, 2)}, ${draw.whole(1, 4)}`
  },
  ({ draw, tables }) => {
    const [a, b] = [draw.one(tables.tables), draw.one(tables.tables)]
    return `SELECT COUNT(*) FROM ${a.name} a NATURAL JOIN ${b.name} b`
  },
  ({ draw, tables }) => {
    const [a, b] = [draw.one(tables.tables), draw.one(tables.tables)]
    return `SELECT COUNT(*) FROM ${a.name} a, ${b.name} b WHERE ${predicate(draw, [...termsOf(a, 'a'), ...termsOf(b, 'b')], 1)}`
  },
  ({ draw, tables }) => {
    const [a, b] = [draw.one(tables.tables), draw.one(tables.tables)]
    return `SELECT COUNT(*) FROM ${a.name} a ${draw.one(['JOIN', 'LEFT JOIN', 'CROSS JOIN', 'STRAIGHT_JOIN'])} ${b.name} b USING (${draw.one(a.columns).name})`
  },
  ({ draw, table, terms }) => `SELECT * FROM ${table} t WHERE ${predicate(draw, terms, 2)}`,
  ({ draw, table, terms }) => `SELECT t.*, ${draw.one(terms).sql} FROM ${table} AS t LIMIT ${draw.whole(100, 400)}`,
  ({ table }) => `SELECT *, COUNT(*) FROM ${table}`,
  ({ table }) => `SELECT ${table}.* FROM ${table} t`,
  ({ draw, table, terms }) =>
    `SELECT (SELECT ${draw.one(terms).sql} FROM ${table} s LIMIT 1) IS NULL FROM ${table} t LIMIT 1`,
  ({ draw, table, terms }) => {
    const [a, b] = [draw.one(terms).sql, draw.one(terms).sql]
    return `SELECT COUNT(*) FROM ${table} t WHERE (${a}, ${b}) IN (SELECT ${a}, ${b} FROM ${table} t)`
  },
  ({ draw, table, terms }) => {
    const each = draw.one(terms).sql
    return `SELECT COUNT(DISTINCT ${each}, ${draw.one(terms).sql}), GROUP_CONCAT(${each} ORDER BY ${each} DESC SEPARATOR '|') FROM ${table} t`
  },
  ({ draw, table, terms }) =>
    `SELECT SUM(${predicate(draw, terms, 1)}), AVG(${leaf(draw, terms, 'number')} > 1) FROM ${table} t`,
  ({ draw, table, terms }) =>
    `SELECT BIT_OR(${leaf(draw, terms, 'number')}), BIT_AND(${leaf(draw, terms, 'number')}) FROM ${table} t`,
  ({ draw, table, terms }) => {
    const [by, order] = [draw.one(terms).sql, draw.one(terms).sql]
    return `SELECT ${order}, ROW_NUMBER() OVER w > 0, LAG(${order}) OVER w FROM ${table} t WINDOW w AS (PARTITION BY ${by} ORDER BY ${terms.map(({ sql }) => sql).join(', ')})`
  },
  ({ draw, table, terms }) =>
    `SELECT SUM(${leaf(draw, terms, 'number')}) OVER (ORDER BY ${terms.map(({ sql }) => sql).join(', ')} ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM ${table} t`,
  ({ draw }) =>
    `WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + ${draw.whole(1, 3)} FROM n WHERE x < ${draw.whole(3, 40)}) SELECT COUNT(*), MAX(x) FROM n`,
  ({ draw, table, terms }) => `SELECT ${aggregate(draw, terms)} FROM ${table} t WHERE 1 = 0`,
  ({ draw, table, terms }) =>
    `(SELECT ${draw.one(terms).sql} FROM ${table} t ORDER BY 1 LIMIT 2) UNION (SELECT ${draw.one(terms).sql} FROM ${table} t ORDER BY 1 DESC LIMIT 2)`,
  ({ draw, tables, table, terms }) =>
    `SELECT ${draw.one(terms).sql} FROM ${tables.database}.${table} t WHERE ${tables.database}.t.${draw.one(terms).sql.slice(2)} IS NOT NULL`,
  ({ draw, table, terms }) => `SELECT DISTINCT ${draw.one(terms).sql} FROM ${table} t ORDER BY ${draw.one(terms).sql}`,
  ({ draw, table, terms }) =>
    `SELECT ${draw.one(terms).sql} FROM ${table} t WHERE ${draw.one(terms).sql} IN (SELECT ${draw.one(terms).sql} FROM ${table} t LIMIT 1)`,
  ({ draw, table, terms }) => `SELECT ${draw.one(terms).sql} FROM ${table} t ORDER BY ${aggregate(draw, terms)}`,
  ({ draw, table, terms }) =>
    `SELECT ${draw.one(terms).sql} "q", ${draw.one(terms).sql} 'r' FROM ${table} t ORDER BY q`,
  ({ draw, table, terms }) => `TABLE ${table}${draw.chance(50) ? ` ORDER BY ${draw.one(terms).sql.slice(2)}` : ''}`,
  ({ draw }) => `VALUES ROW(1, ${draw.whole(1, 9)}), ROW(2, 3)`,
  ({ draw, table, terms }) =>
    `SELECT ${draw.one(terms).sql} FROM ${table} t USE INDEX (PRIMARY) WHERE ${predicate(draw, terms, 0)}`,
  ({ draw, table, terms }) => `SELECT SQL_NO_CACHE ${draw.one(terms).sql} FROM ${table} t FOR UPDATE`,
]
