/** WITH tables, the recursive ones too: seeds, and the steps that read what the step before them gave. */
import type { NamedTable, Query, QueryBody } from '../../parse/syntax.ts'
import { tablesIn } from '../../parse/tables-in.ts'
import { currentValue, serverVariable } from '../../server/settings.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultColumn } from '../../values/result-set.ts'
import { BIGINT, commonType } from '../../values/value-type.ts'
import type { CompiledQuery, Compiler } from '../compiler.ts'
import { materialized } from '../from/materialized.ts'
import type { CommonSource, Scope } from '../scope.ts'
import { differentColumns } from './compound-query.ts'
import { compileSelect } from './select.ts'
import { limitText } from './select-text.ts'

type CommonTable = Query['with'][number]

/** SQLite's text of one definition; the table is in `common` from then on. */
export function commonTable(
  compiler: Compiler,
  table: CommonTable,
  recursive: boolean,
  parent: Scope | undefined,
  common: Map<string, CommonSource>,
): string {
  const id = compiler.id('w')
  const { name, columns, query } = table
  if (recursive && mentions(query, name) > 0) return recursiveTable(compiler, table, id, parent, common)
  const compiled = materialized(query, compiler.query(query, parent, common))
  common.set(name.toLowerCase(), { id, columns: namedColumns(compiled.columns, columns) })
  return `${id} AS (${compiled.sql})`
}

function recursiveTable(
  compiler: Compiler,
  { name, columns, query }: CommonTable,
  id: string,
  parent: Scope | undefined,
  common: Map<string, CommonSource>,
): string {
  const { members, distinct } = union(query.body)
  const first = members.findIndex((member) => mentions(member, name) > 0)
  if (first <= 0 || query.with.length > 0 || members.slice(first).some((member) => mentions(member, name) === 0))
    throw new SqlError(
      3573,
      `Recursive Common Table Expression '${name}' should have one or more non-recursive query blocks followed by one or more recursive ones`,
    )
  const body = members.slice(0, first).reduce((left, right) => ({
    kind: 'compound',
    operator: distinct ? 'UNION' : 'UNION ALL',
    left,
    right,
  }))
  const seed = compiler.query({ with: [], recursive: false, body, order: [], limit: undefined }, parent, common)
  // An integer may grow from round to round.
  const grown = seed.columns.map(({ type, ...column }) => ({
    ...column,
    type: type.kind === 'int' ? commonType([type, BIGINT]) : type,
  }))
  common.set(name.toLowerCase(), { id, columns: namedColumns(grown, columns) })
  const steps = members.slice(first).map((member) => step(compiler, { name, id }, member, distinct, parent, common))
  if (steps.some((each) => each.columns.length !== seed.columns.length)) throw differentColumns()
  const list = grown.map((_, i) => `c${i}`)
  const start = distinct ? seed.sql : `SELECT ${list.join(', ')}, 0 FROM (${seed.sql})`
  const text = [start, ...steps.map(({ sql }) => sql)].join(distinct ? ' UNION ' : ' UNION ALL ')
  return `${id}(${[...list, ...(distinct ? [] : ['depth'])].join(', ')}) AS (${text}${limitText(query.limit)})`
}

/** One SELECT that reads the table itself. Rows of UNION ALL know how deep they are; those of UNION are told apart without. */
function step(
  compiler: Compiler,
  { name, id }: { readonly name: string; readonly id: string },
  member: QueryBody,
  distinct: boolean,
  parent: Scope | undefined,
  common: ReadonlyMap<string, CommonSource>,
): CompiledQuery {
  const select = member.kind === 'nested' ? member.query.body : member
  const sorted = member.kind === 'nested' && (member.query.order.length > 0 || member.query.limit !== undefined)
  if (sorted || (select.kind === 'select' && select.distinct))
    throw new SqlError(
      1235,
      "This version of MySQL doesn't yet support 'ORDER BY / LIMIT / SELECT DISTINCT in recursive query block of Common Table Expression'",
    )
  if (select.kind !== 'select' || mentions(select, name) > 1 || mentions(select.from, name) !== 1)
    throw new SqlError(
      3577,
      `In recursive query block of Recursive Common Table Expression '${name}', the recursive table must be referenced only once, and not in any subquery`,
    )
  const most = currentValue(compiler.settings, serverVariable('cte_max_recursion_depth'), false)
  const depth = distinct || most.kind !== 'number' ? undefined : Number(most.text)
  return compileSelect(compiler, select, [], undefined, parent, common, { name, id, depth })
}

/** What UNION joins, one after the other. */
function union(body: QueryBody): { readonly members: readonly QueryBody[]; readonly distinct: boolean } {
  if (body.kind !== 'compound' || !body.operator.startsWith('UNION')) return { members: [body], distinct: false }
  const left = union(body.left)
  return { members: [...left.members, body.right], distinct: left.distinct || body.operator === 'UNION' }
}

/** How often a table of this name is read somewhere in a piece of syntax. */
function mentions(syntax: unknown, name: string): number {
  const isIt = (table: NamedTable) => table.database === undefined && table.name.toLowerCase() === name.toLowerCase()
  return tablesIn(syntax).filter(isIt).length
}

function namedColumns(columns: readonly ResultColumn[], names: readonly string[]): readonly ResultColumn[] {
  if (names.length > 0 && names.length !== columns.length)
    throw new SqlError(
      1353,
      'In definition of view, derived table or common table expression, SELECT list and column names list have different column counts',
    )
  return columns.map((column, i) => ({ ...column, name: names[i] ?? column.name }))
}
