/** Queries over one database: joins, groupings, subqueries, unions, windows, common tables. */
import type { Draw } from './draw.ts'
import { aggregate, expression, leaf, predicate } from './expressions.ts'
import { type Table, type Tables, type Term, termsOf } from './tables.ts'
import { unusual } from './unusual.ts'

export interface Statement {
  readonly sql: string
  readonly database: string
  /** What kind it is, for the counts. */
  readonly form: string
  /** ORDER BY says where every row stands. */
  readonly ordered: boolean
}

interface From {
  readonly sql: string
  readonly terms: readonly Term[]
}

export function query(draw: Draw, tables: Tables): Statement {
  const { form, make } = draw.one(FORMS)
  const { sql, ordered } = make(draw, tables)
  return { sql, ordered, form, database: tables.database }
}

interface Made {
  readonly sql: string
  readonly ordered: boolean
}

const FORMS: readonly { readonly form: string; readonly make: (draw: Draw, tables: Tables) => Made }[] = [
  { form: 'select', make: plain },
  { form: 'select', make: plain },
  { form: 'join', make: joined },
  { form: 'join', make: joined },
  { form: 'group', make: grouped },
  { form: 'group', make: grouped },
  { form: 'group', make: grouped },
  { form: 'subquery', make: nested },
  { form: 'subquery', make: nested },
  { form: 'derived', make: derived },
  { form: 'set', make: compound },
  { form: 'window', make: windowed },
  { form: 'common', make: common },
  { form: 'syntax', make: unusual },
  { form: 'syntax', make: unusual },
  { form: 'values', make: (draw) => ({ sql: `SELECT ${items(draw, [], 1, 3)}`, ordered: true }) },
]

function single(draw: Draw, tables: Tables, alias: string): From {
  const table = draw.one(tables.tables)
  return { sql: `${table.name} ${draw.one(['', 'AS '])}${alias}`, terms: termsOf(table, alias) }
}

/** Along a foreign key where there is one. */
function pair(draw: Draw, tables: Tables): From {
  const joinable = tables.tables.filter(({ joins }) => joins.length > 0)
  const left = draw.one(joinable.length > 0 ? joinable : tables.tables)
  const key = left.joins.length > 0 ? draw.one(left.joins) : undefined
  const right: Table = tables.tables.find(({ name }) => name === key?.table) ?? left
  const on =
    key === undefined ? `a.${left.columns[0]?.name} = b.${right.columns[0]?.name}` : `a.${key.column} = b.${key.other}`
  const kind = draw.one(['JOIN', 'JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'INNER JOIN'])
  const condition = draw.chance(15) ? ` AND ${predicate(draw, [...termsOf(left, 'a'), ...termsOf(right, 'b')], 0)}` : ''
  return {
    sql: `${left.name} AS a ${kind} ${right.name} AS b ON ${on}${condition}`,
    terms: [...termsOf(left, 'a'), ...termsOf(right, 'b')],
  }
}

function items(draw: Draw, terms: readonly Term[], least: number, most: number): string {
  const count = draw.whole(least, most)
  return Array.from({ length: count }, (_, i) => {
    const item =
      terms.length > 0 && draw.chance(55)
        ? draw.one(terms).sql
        : expression(draw, terms, draw.one(['number', 'text', 'date'] as const), 2)
    return draw.chance(20) ? `${item} AS c${i}` : item
  }).join(', ')
}

function where(draw: Draw, terms: readonly Term[], percent = 60): string {
  return draw.chance(percent) ? ` WHERE ${predicate(draw, terms, 2)}` : ''
}

/** By all columns of the key, so that there are no ties; with a limit now and then. */
function ending(draw: Draw, count: number): { readonly text: string; readonly ordered: boolean } {
  if (!draw.chance(35)) return { text: '', ordered: false }
  const places = Array.from({ length: count }, (_, i) => `${i + 1}${draw.chance(30) ? ' DESC' : ''}`)
  const limit = draw.chance(40)
    ? ` LIMIT ${draw.whole(0, 6)}${draw.chance(30) ? ` OFFSET ${draw.whole(0, 3)}` : ''}`
    : ''
  return { text: ` ORDER BY ${places.join(', ')}${limit}`, ordered: true }
}

function plain(draw: Draw, tables: Tables): Made {
  const from = single(draw, tables, 't')
  const columns = draw.some(from.terms, 1, 3).map(({ sql }) => sql)
  if (draw.chance(50)) columns.push(expression(draw, from.terms, draw.one(['number', 'text', 'date'] as const), 2))
  const end = ending(draw, columns.length)
  const distinct = draw.chance(20) ? 'DISTINCT ' : ''
  return {
    sql: `SELECT ${distinct}${columns.join(', ')} FROM ${from.sql}${where(draw, from.terms)}${end.text}`,
    ordered: end.ordered,
  }
}

function joined(draw: Draw, tables: Tables): Made {
  const from = pair(draw, tables)
  const columns = draw.some(from.terms, 2, 4).map(({ sql }) => sql)
  const end = ending(draw, columns.length)
  return {
    sql: `SELECT ${columns.join(', ')} FROM ${from.sql}${where(draw, from.terms)}${end.text}`,
    ordered: end.ordered,
  }
}

function grouped(draw: Draw, tables: Tables): Made {
  const from = draw.chance(40) ? pair(draw, tables) : single(draw, tables, 't')
  const by = draw.chance(80) ? draw.some(from.terms, 1, 2).map(({ sql }) => sql) : []
  const aggregates = Array.from({ length: draw.whole(1, 2) }, () => aggregate(draw, from.terms))
  const group = by.length > 0 ? ` GROUP BY ${by.join(', ')}` : ''
  const having = draw.chance(30)
    ? ` HAVING ${aggregate(draw, from.terms)} ${draw.one(['>', '<', '='])} ${draw.whole(0, 5)}`
    : ''
  const columns = [...by, ...aggregates]
  const end = ending(draw, columns.length)
  return {
    sql: `SELECT ${columns.join(', ')} FROM ${from.sql}${where(draw, from.terms, 35)}${group}${having}${end.text}`,
    ordered: end.ordered,
  }
}

function nested(draw: Draw, tables: Tables): Made {
  const outer = single(draw, tables, 't')
  const inner = single(draw, tables, 's')
  const column = draw.one(outer.terms)
  const same = inner.terms.filter(({ kind }) => kind === column.kind)
  const other = same.length > 0 ? draw.one(same) : draw.one(inner.terms)
  const extra = draw.chance(50)
    ? ` WHERE ${predicate(draw, draw.chance(50) ? [...inner.terms, ...outer.terms] : inner.terms, 1)}`
    : ''
  const comparison = draw.one(['=', '<', '>', '>='])
  const condition = draw.one([
    `${column.sql} ${draw.one(['IN', 'NOT IN'])} (SELECT ${other.sql} FROM ${inner.sql}${extra})`,
    `${draw.one(['EXISTS', 'NOT EXISTS'])} (SELECT 1 FROM ${inner.sql} WHERE ${other.sql} = ${column.sql})`,
    `${column.sql} ${comparison} (SELECT ${draw.one(['MAX', 'MIN'])}(${other.sql}) FROM ${inner.sql}${extra})`,
    `${column.sql} ${comparison} (SELECT AVG(${leaf(draw, inner.terms, 'number')}) FROM ${inner.sql})`,
    `${column.sql} ${comparison} ${draw.one(['ALL', 'ANY'])} (SELECT ${other.sql} FROM ${inner.sql}${extra})`,
    `${column.sql} = (SELECT ${other.sql} FROM ${inner.sql}${extra})`,
  ])
  const scalar = draw.chance(30) ? `, (SELECT COUNT(*) FROM ${inner.sql} WHERE ${other.sql} = ${column.sql})` : ''
  return {
    sql: `SELECT ${draw.one(outer.terms).sql}, ${column.sql}${scalar} FROM ${outer.sql} WHERE ${condition}`,
    ordered: false,
  }
}

function derived(draw: Draw, tables: Tables): Made {
  const inner = single(draw, tables, 't')
  const by = draw.one(inner.terms)
  const sum = aggregate(draw, inner.terms)
  const what = draw.one(['COUNT(*)', 'MAX(d.n)', 'd.k, d.n', 'AVG(d.n)'])
  return {
    sql: `SELECT ${what} FROM (SELECT ${by.sql} AS k, ${sum} AS n FROM ${inner.sql} GROUP BY ${by.sql}) AS d${draw.chance(40) ? ` WHERE d.n > ${draw.whole(0, 4)}` : ''}`,
    ordered: false,
  }
}

function compound(draw: Draw, tables: Tables): Made {
  const [left, right] = [single(draw, tables, 't'), single(draw, tables, 's')]
  const operator = draw.one(['UNION', 'UNION ALL', 'INTERSECT', 'EXCEPT'])
  const side = ({ sql, terms }: From) => `SELECT ${draw.one(terms).sql} FROM ${sql}${where(draw, terms, 40)}`
  const end = draw.chance(40) ? ' ORDER BY 1' : ''
  return { sql: `${side(left)} ${operator} ${side(right)}${end}`, ordered: false }
}

function windowed(draw: Draw, tables: Tables): Made {
  const from = single(draw, tables, 't')
  const [by, order] = [draw.one(from.terms), draw.one(from.terms)]
  const partition = draw.chance(60) ? `PARTITION BY ${by.sql}` : ''
  const over = `OVER (${[partition, `ORDER BY ${order.sql}`].filter((part) => part !== '').join(' ')})`
  const call = draw.one([
    'RANK()',
    'DENSE_RANK()',
    'PERCENT_RANK()',
    'CUME_DIST()',
    'COUNT(*)',
    `SUM(${leaf(draw, from.terms, 'number')})`,
    `MAX(${order.sql})`,
    `FIRST_VALUE(${order.sql})`,
  ])
  return { sql: `SELECT ${by.sql}, ${order.sql}, ${call} ${over} FROM ${from.sql}`, ordered: false }
}

function common(draw: Draw, tables: Tables): Made {
  const from = single(draw, tables, 't')
  const columns = draw.some(from.terms, 1, 2)
  const names = columns.map((_, i) => `c${i}`)
  const counted = draw.chance(50)
  const what = counted ? `c0, COUNT(*) FROM w GROUP BY c0` : `${names.join(', ')} FROM w`
  const list = columns.map(({ sql }, i) => `${sql} AS c${i}`).join(', ')
  return { sql: `WITH w AS (SELECT ${list} FROM ${from.sql}${where(draw, from.terms)}) SELECT ${what}`, ordered: false }
}
