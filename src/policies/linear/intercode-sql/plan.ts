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

/** One line, as InterCode's wrapper reads only the first. */
export function writePlan(plan: Plan): string {
  const joined = plan.from.length > 1
  const ref = ({ slot, column }: Ref): string => (joined ? `T${slot + 1}.${column}` : column)
  const term = (t: Term): string => {
    const name = t.ref === undefined ? '*' : ref(t.ref)
    if (t.aggregate === undefined) return name
    return t.aggregate === 'count-distinct' ? `COUNT(DISTINCT ${name})` : `${t.aggregate.toUpperCase()}(${name})`
  }
  const condition = (c: Condition): string => {
    switch (c.kind) {
      case 'compare':
        return `${ref(c.ref)} ${c.operator} ${literal(c.value, c.text)}`
      case 'between':
        return `${ref(c.ref)} BETWEEN ${literal(c.low, c.text)} AND ${literal(c.high, c.text)}`
      case 'like':
        return `${ref(c.ref)} LIKE ${quoted(`%${c.value}%`)}`
      case 'null':
        return `${ref(c.ref)} IS ${c.not ? 'NOT ' : ''}NULL`
      case 'whole': {
        const table = plan.from[c.ref.slot]?.table ?? ''
        return `${ref(c.ref)} ${c.operator} (SELECT ${c.aggregate.toUpperCase()}(${c.ref.column}) FROM ${table})`
      }
      case 'in': {
        const safe = c.not ? ` WHERE ${c.column} IS NOT NULL` : ''
        return `${ref(c.ref)} ${c.not ? 'NOT ' : ''}IN (SELECT ${c.column} FROM ${c.table}${safe})`
      }
    }
  }
  const parts = [`SELECT ${plan.distinct ? 'DISTINCT ' : ''}${plan.select.map(term).join(', ')}`]
  parts.push(
    ...plan.from.map(({ table, on }, i) => {
      const alias = joined ? `${table} AS T${i + 1}` : table
      return on === undefined ? `FROM ${alias}` : `JOIN ${alias} ON ${ref(on.left)} = T${i + 1}.${on.column}`
    }),
  )
  if (plan.where.length > 0) parts.push(`WHERE ${plan.where.map(condition).join(plan.any ? ' OR ' : ' AND ')}`)
  if (plan.groupBy.length > 0) parts.push(`GROUP BY ${plan.groupBy.map(ref).join(', ')}`)
  if (plan.having !== undefined)
    parts.push(`HAVING ${term(plan.having.term)} ${plan.having.operator} ${plan.having.value}`)
  if (plan.orderBy.length > 0)
    parts.push(`ORDER BY ${plan.orderBy.map((o) => `${term(o.term)}${o.descending ? ' DESC' : ''}`).join(', ')}`)
  if (plan.limit !== undefined) parts.push(`LIMIT ${plan.limit}`)
  return parts.join(' ')
}
