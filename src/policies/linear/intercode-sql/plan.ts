/** A query as the proposer thinks of it, and its text. Columns are known by the place of their table in FROM. */

export const AGGREGATES = ['count', 'count-distinct', 'sum', 'avg', 'min', 'max'] as const
export type Aggregate = (typeof AGGREGATES)[number]

export interface Ref {
  /** Index in `from`. */
  readonly slot: number
  readonly column: string
}

/** A column, an aggregate of one, or `count(*)`. */
export interface Term {
  readonly aggregate?: Aggregate
  readonly ref?: Ref
}

export interface Source {
  readonly table: string
  /** How it joins one of the tables before; missing on the first. */
  readonly on?: { readonly left: Ref; readonly column: string }
}

/** Comparison signs that a condition may have. */
export const OPERATORS = ['=', '<>', '>', '<', '>=', '<='] as const
export type Operator = (typeof OPERATORS)[number]

export type Condition =
  | {
      readonly kind: 'compare'
      readonly ref: Ref
      readonly operator: Operator
      readonly value: string
      readonly text: boolean
    }
  | { readonly kind: 'between'; readonly ref: Ref; readonly low: string; readonly high: string; readonly text: boolean }
  | { readonly kind: 'like'; readonly ref: Ref; readonly value: string }
  | { readonly kind: 'null'; readonly ref: Ref; readonly not: boolean }
  /** Against an aggregate of the whole column: `= (SELECT max(c) ...)`, `> (SELECT avg(c) ...)`. */
  | { readonly kind: 'whole'; readonly ref: Ref; readonly operator: Operator; readonly aggregate: Aggregate }
  /** `key [NOT] IN (SELECT column FROM table)`. */
  | {
      readonly kind: 'in'
      readonly ref: Ref
      readonly not: boolean
      readonly table: string
      readonly column: string
    }

export interface Plan {
  readonly from: readonly Source[]
  readonly distinct: boolean
  readonly select: readonly Term[]
  readonly where: readonly Condition[]
  /** The conditions are joined by OR. */
  readonly any: boolean
  readonly groupBy: readonly Ref[]
  readonly having: { readonly term: Term; readonly operator: Operator; readonly value: string } | undefined
  readonly orderBy: readonly { readonly term: Term; readonly descending: boolean }[]
  readonly limit: number | undefined
}

export function sameTerm(a: Term, b: Term): boolean {
  return a.aggregate === b.aggregate && a.ref?.slot === b.ref?.slot && a.ref?.column === b.ref?.column
}

/** A literal in quotes; what would end it is doubled. */
export function quoted(text: string): string {
  return `'${text.replace(/\\/g, '').replace(/'/g, "''")}'`
}

function literal(value: string, text: boolean): string {
  return text ? quoted(value) : value
}

/** What a query's text does not tell of it: plans of the same text and the same `untold` are the same. */
export function untold({ where, any }: Plan): string {
  let text = any && where.length < 2 ? '|' : ''
  // Backslashes are left out of literals.
  for (const c of where)
    for (const value of c.kind === 'between' ? [c.low, c.high] : 'value' in c ? [c.value] : [])
      if (value.includes('\\')) text += JSON.stringify(value)
  return text
}

/** The clauses of a query as text. Those behind FROM begin with a blank, or are empty. */
export interface Clauses {
  readonly select: string
  readonly from: string
  readonly where: string
  readonly rest: string
}

/** A query whose clauses are written already: others take from it what they share with it. */
export interface Written {
  readonly plan: Plan
  readonly clauses: Clauses
}

/** One line, as InterCode's wrapper reads only the first. */
export function writePlan(plan: Plan): string {
  return textOf(writeClauses(plan))
}

export function textOf({ select, from, where, rest }: Clauses): string {
  return `${select} ${from}${where}${rest}`
}

/** @param like a query that shares clauses with it, the very objects */
export function writeClauses(plan: Plan, like?: Written): Clauses {
  const beside = like?.plan.from === plan.from ? like : undefined
  const { plan: other, clauses } = beside ?? { plan: undefined, clauses: undefined }
  return {
    select:
      other?.select === plan.select && other.distinct === plan.distinct && clauses !== undefined
        ? clauses.select
        : selectClause(plan),
    from: clauses?.from ?? fromClause(plan),
    where:
      other?.where === plan.where && other.any === plan.any && clauses !== undefined
        ? clauses.where
        : whereClause(plan),
    rest:
      other?.groupBy === plan.groupBy &&
      other.having === plan.having &&
      other.orderBy === plan.orderBy &&
      other.limit === plan.limit &&
      clauses !== undefined
        ? clauses.rest
        : restOf(plan),
  }
}

function selectClause({ from, distinct, select }: Plan): string {
  let text = distinct ? 'SELECT DISTINCT ' : 'SELECT '
  for (let i = 0; i < select.length; i++) text += (i === 0 ? '' : ', ') + termText(select[i] as Term, from.length > 1)
  return text
}

function fromClause({ from }: Plan): string {
  const joined = from.length > 1
  let text = ''
  for (let i = 0; i < from.length; i++) {
    const { table, on } = from[i] as Source
    const alias = joined ? `${table} AS T${i + 1}` : table
    const blank = i === 0 ? '' : ' '
    text +=
      on === undefined
        ? `${blank}FROM ${alias}`
        : `${blank}JOIN ${alias} ON ${refText(on.left, joined)} = T${i + 1}.${on.column}`
  }
  return text
}

function whereClause({ from, where, any }: Plan): string {
  let text = ''
  for (let i = 0; i < where.length; i++)
    text += (i === 0 ? ' WHERE ' : any ? ' OR ' : ' AND ') + conditionText(where[i] as Condition, from)
  return text
}

/** GROUP BY and what stands behind it. */
function restOf({ from, groupBy, having, orderBy, limit }: Plan): string {
  const joined = from.length > 1
  let text = ''
  for (let i = 0; i < groupBy.length; i++) text += (i === 0 ? ' GROUP BY ' : ', ') + refText(groupBy[i] as Ref, joined)
  if (having !== undefined) text += ` HAVING ${termText(having.term, joined)} ${having.operator} ${having.value}`
  for (let i = 0; i < orderBy.length; i++) {
    const { term, descending } = orderBy[i] as Plan['orderBy'][number]
    text += (i === 0 ? ' ORDER BY ' : ', ') + termText(term, joined) + (descending ? ' DESC' : '')
  }
  return limit === undefined ? text : `${text} LIMIT ${limit}`
}

function refText({ slot, column }: Ref, joined: boolean): string {
  return joined ? `T${slot + 1}.${column}` : column
}

function termText({ aggregate, ref }: Term, joined: boolean): string {
  const name = ref === undefined ? '*' : refText(ref, joined)
  if (aggregate === undefined) return name
  return aggregate === 'count-distinct' ? `COUNT(DISTINCT ${name})` : `${aggregate.toUpperCase()}(${name})`
}

function conditionText(c: Condition, from: Plan['from']): string {
  const ref = refText(c.ref, from.length > 1)
  switch (c.kind) {
    case 'compare':
      return `${ref} ${c.operator} ${literal(c.value, c.text)}`
    case 'between':
      return `${ref} BETWEEN ${literal(c.low, c.text)} AND ${literal(c.high, c.text)}`
    case 'like':
      return `${ref} LIKE ${quoted(`%${c.value}%`)}`
    case 'null':
      return `${ref} IS ${c.not ? 'NOT ' : ''}NULL`
    case 'whole': {
      const table = from[c.ref.slot]?.table ?? ''
      return `${ref} ${c.operator} (SELECT ${c.aggregate.toUpperCase()}(${c.ref.column}) FROM ${table})`
    }
    case 'in': {
      const safe = c.not ? ` WHERE ${c.column} IS NOT NULL` : ''
      return `${ref} ${c.not ? 'NOT ' : ''}IN (SELECT ${c.column} FROM ${c.table}${safe})`
    }
  }
}
