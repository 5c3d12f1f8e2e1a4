/**
 * How hard a query is by Spider's own count (taoyds/spider, evaluation.py: count_component1, count_component2,
 * count_others, eval_hardness). Only the outermost SELECT is counted, a set operation's right side counts as one nested
 * query, and, as there, a NOT and the AND or OR of a HAVING count among the aggregates, while an aggregate inside WHERE
 * or HAVING does not.
 */
export const HARDNESS_LEVELS = ['easy', 'medium', 'hard', 'extra'] as const
export type Hardness = (typeof HARDNESS_LEVELS)[number]

const CLAUSES = ['select', 'from', 'where', 'group', 'having', 'order', 'limit'] as const
type Clause = (typeof CLAUSES)[number]

const TOKEN =
  /'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"|`[^`]*`|[a-z_][\w$]*(?:\.(?:[a-z_][\w$]*|\*))?|\d+(?:\.\d+)?|<=|>=|!=|<>|\S/gi

/** Words in lower case, marks, and literals as they stand. */
export function tokens(sql: string): string[] {
  return (sql.match(TOKEN) ?? []).map((token) => (/^['"]/.test(token) ? token : token.toLowerCase()))
}

/** The outermost query: what each clause holds, where '(select)' stands for a subquery. */
export interface Outline {
  readonly clauses: Readonly<Record<Clause, readonly string[]>>
  /** UNION, INTERSECT or EXCEPT after the first SELECT. */
  readonly combined: boolean
}

export function outline(sql: string): Outline {
  const clauses: Record<Clause, string[]> = {
    select: [],
    from: [],
    where: [],
    group: [],
    having: [],
    order: [],
    limit: [],
  }
  const list = tokens(sql).filter((token) => token !== ';')
  let clause: Clause = 'select'
  let depth = 0
  for (let i = 0; i < list.length; i++) {
    const token = list[i] as string // i is inside the list
    if (token === '(' && list[i + 1] === 'select') {
      let inside = 1
      while (inside > 0 && ++i < list.length) inside += list[i] === '(' ? 1 : list[i] === ')' ? -1 : 0
      clauses[clause].push('(select)')
      continue
    }
    if (token === '(') depth++
    if (token === ')') depth--
    if (depth === 0 && ['union', 'intersect', 'except'].includes(token)) return { clauses, combined: true }
    const opened = depth === 0 ? CLAUSES.find((name) => name === token) : undefined
    if (opened === undefined) clauses[clause].push(token)
    else {
      clause = opened
      if (list[i + 1] === 'by') i++
    }
  }
  return { clauses, combined: false }
}

/** The parts between commas outside brackets. */
export function items(clause: readonly string[]): string[][] {
  if (clause.length === 0) return []
  const parts: string[][] = [[]]
  let depth = 0
  for (const token of clause) {
    depth += token === '(' ? 1 : token === ')' ? -1 : 0
    if (token === ',' && depth === 0) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

const AGGREGATES = ['max', 'min', 'count', 'sum', 'avg']
const aggregated = (part: readonly string[]): boolean => part.some((token) => AGGREGATES.includes(token))
const count = (list: readonly string[], word: string): number => list.filter((token) => token === word).length

/** Conditions joined by AND or OR; the AND of BETWEEN joins none. */
function conditions(clause: readonly string[]): number {
  return clause.length === 0 ? 0 : 1 + count(clause, 'and') + count(clause, 'or') - count(clause, 'between')
}

export function hardnessOf(sql: string): Hardness {
  const { clauses, combined } = outline(sql)
  const { select, from, where, group, having, order, limit } = clauses
  const joins = count(from, 'join')
  const conditionTokens = [...from, ...where, ...having]
  const parts =
    [where, group, order, limit].filter((clause) => clause.length > 0).length +
    joins +
    count(conditionTokens, 'or') +
    count(conditionTokens, 'like')
  const nested = count([...where, ...having], '(select)') + (combined ? 1 : 0)
  const aggregates =
    items(select).filter(aggregated).length +
    count(where, 'not') +
    items(group).filter(aggregated).length +
    items(order).filter(aggregated).length +
    count(having, 'not') +
    Math.max(0, conditions(having) - 1)
  const others =
    (aggregates > 1 ? 1 : 0) +
    (items(select).length > 1 ? 1 : 0) +
    (conditions(where) > 1 ? 1 : 0) +
    (items(group).length > 1 ? 1 : 0)
  if (parts <= 1 && others === 0 && nested === 0) return 'easy'
  if (nested === 0 && ((others <= 2 && parts <= 1) || (parts <= 2 && others < 2))) return 'medium'
  if (nested === 0 && ((others > 2 && parts <= 2) || (parts === 3 && others <= 2))) return 'hard'
  if (parts <= 1 && others === 0 && nested <= 1) return 'hard'
  return 'extra'
}

/** The query with one spelling of space and case; with `masked`, every literal is one mark. */
export function normalised(sql: string, masked: boolean): string {
  return tokens(sql)
    .filter((token) => token !== ';')
    .map((token) => (masked && /^['"\d]/.test(token) ? '?' : token))
    .join(' ')
}
