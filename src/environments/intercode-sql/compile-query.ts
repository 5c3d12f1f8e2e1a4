/**
 * MySQL's queries as SQLite's. Clauses are read in the server's order (sql/sql_resolver.cc: tables, select list, WHERE,
 * ON, GROUP BY, HAVING, ORDER BY), so that of several errors the same one comes first.
 */
import { asText, collation } from './compare.ts'
import { compileExpression, orderText, scalar } from './compile-expression.ts'
import { closeFrom, equalityDependencies, type FromNode, openFrom } from './compile-from.ts'
import {
  type CommonSource,
  type Compiled,
  hasAggregate,
  hasDistinct,
  hasWindow,
  isNamed,
  newScope,
  type Scope,
  type SourceColumn,
} from './compiled.ts'
import type { CompiledQuery, Compiler, OutputColumn, RankedQuery } from './compiler.ts'
import { type Dependency, determined, looseColumn } from './only-full-group-by.ts'
import { firstRow, firstSorted, scanOrder } from './scan-order.ts'
import { SqlError } from './sql-error.ts'
import type { Expression, Limit, OrderTerm, Query, QueryBody, Select } from './syntax.ts'
import { commonType } from './value-type.ts'

/** Common tables of a statement are few in any that is meant. */
export function compileQuery(
  compiler: Compiler,
  query: Query,
  parent: Scope | undefined,
  inherited?: ReadonlyMap<string, CommonSource>,
): CompiledQuery {
  const common = new Map(inherited)
  const definitions: string[] = []
  for (const table of query.with) definitions.push(commonTable(compiler, table, query.recursive, parent, common))
  const words = definitions.length === 0 ? '' : `WITH ${query.recursive ? 'RECURSIVE ' : ''}${definitions.join(', ')} `
  const compiled = withOrder(compiler, query.body, query.order, query.limit, parent, common)
  if (words === '') return compiled
  const { ranked, ...rest } = compiled
  const withWords = (sql: string | undefined) => (sql === undefined ? undefined : words + sql)
  return {
    ...rest,
    sql: words + compiled.sql,
    ...(ranked === undefined ? {} : { ranked: { ...ranked, sql: words + ranked.sql, first: withWords(ranked.first) } }),
  }
}

function commonTable(
  compiler: Compiler,
  { name, columns, query }: Query['with'][number],
  recursive: boolean,
  parent: Scope | undefined,
  common: Map<string, CommonSource>,
): string {
  const id = compiler.id('w')
  const { body } = query
  if (recursive && body.kind === 'compound' && body.operator.startsWith('UNION') && query.with.length === 0) {
    // The first part says what the columns are; the second may name the table itself.
    const first = bodyQuery(compiler, body.left, parent, common)
    const named = first.columns.map((column, i) => ({ ...column, name: columns[i] ?? column.name }))
    common.set(name.toLowerCase(), { id, columns: named })
    const second = bodyQuery(compiler, body.right, parent, common)
    if (first.columns.length !== second.columns.length) throw differentColumns()
    const list = named.map((_, i) => `c${i}`).join(', ')
    return `${id}(${list}) AS (${first.sql} ${body.operator} ${second.sql}${limitText(query.limit)})`
  }
  const compiled = compileQuery(compiler, query, parent, common)
  const named = compiled.columns.map((column, i) => ({ ...column, name: columns[i] ?? column.name }))
  common.set(name.toLowerCase(), { id, columns: named })
  return `${id} AS (${compiled.sql})`
}

function withOrder(
  compiler: Compiler,
  body: QueryBody,
  order: readonly OrderTerm[],
  limit: Limit | undefined,
  parent: Scope | undefined,
  common: ReadonlyMap<string, CommonSource>,
): CompiledQuery {
  if (body.kind === 'select') return select(compiler, body, order, limit, parent, common)
  const compiled = bodyQuery(compiler, body, parent, common)
  if (order.length === 0 && limit === undefined) return compiled
  const terms = order.map(({ expression, descending }) => {
    const place = placeOf(expression, compiled.columns)
    return `c${place}${collation(compiled.columns[place]?.type ?? commonType([]))}${descending ? ' DESC' : ''}`
  })
  const by = terms.length === 0 ? '' : ` ORDER BY ${terms.join(', ')}`
  return { ...compiled, sql: `SELECT * FROM (${compiled.sql})${by}${limitText(limit)}`, single: limit?.count === 1 }
}

/** Behind a UNION only the columns of the result can be named. */
function placeOf(expression: Expression, columns: readonly OutputColumn[]): number {
  const name =
    expression.kind === 'column' ? expression.name : expression.kind === 'number' ? expression.text : undefined
  const place =
    expression.kind === 'number'
      ? Number(expression.text) - 1
      : columns.findIndex((column) => column.name.toLowerCase() === name?.toLowerCase())
  if (columns[place] !== undefined) return place
  if (expression.kind === 'column' && expression.table !== undefined)
    throw new SqlError(
      1250,
      `Table '${expression.table}' from one of the SELECTs cannot be used in global ORDER clause`,
    )
  if (name === undefined)
    throw new SqlError(
      3028,
      'Expression #1 of ORDER BY contains aggregate function and applies to a UNION, EXCEPT or INTERSECT',
    )
  throw new SqlError(1054, `Unknown column '${name}' in 'order clause'`)
}

function limitText(limit: Limit | undefined): string {
  if (limit === undefined) return ''
  return ` LIMIT ${limit.count}${limit.offset > 0 ? ` OFFSET ${limit.offset}` : ''}`
}

function differentColumns(): SqlError {
  return new SqlError(1222, 'The used SELECT statements have a different number of columns')
}

function bodyQuery(
  compiler: Compiler,
  body: QueryBody,
  parent: Scope | undefined,
  common: ReadonlyMap<string, CommonSource>,
): CompiledQuery {
  switch (body.kind) {
    case 'select':
      return select(compiler, body, [], undefined, parent, common)
    case 'nested':
      return compileQuery(compiler, body.query, parent, common)
    case 'values': {
      const scope = newScope(parent)
      const rows = body.rows.map((row) => row.map((value) => scalar(compileExpression(compiler, scope, value))))
      const columns = (rows[0] ?? []).map((_, i) => ({
        name: `column_${i}`,
        type: commonType(rows.map((row) => row[i]?.type ?? commonType([]))),
      }))
      if (rows.some((row) => row.length !== columns.length))
        throw new SqlError(1136, "Column count doesn't match value count at row 2")
      const text = rows.map((row) => `SELECT ${row.map(({ sql }, i) => `${sql} AS c${i}`).join(', ')}`)
      return {
        sql: text.join(' UNION ALL '),
        columns,
        outerUses: scope.outerUses,
        single: rows.length === 1,
        key: undefined,
      }
    }
    case 'compound':
      return compound(compiler, body, parent, common)
  }
}

function compound(
  compiler: Compiler,
  { operator, left, right }: Extract<QueryBody, { readonly kind: 'compound' }>,
  parent: Scope | undefined,
  common: ReadonlyMap<string, CommonSource>,
): CompiledQuery {
  const a = bodyQuery(compiler, left, parent, common)
  const b = bodyQuery(compiler, right, parent, common)
  if (a.columns.length !== b.columns.length) throw differentColumns()
  const columns = a.columns.map(({ name, type }, i) => ({ name, type: commonType([type, b.columns[i]?.type ?? type]) }))
  const side = (query: CompiledQuery): string => {
    const cells = columns.map(({ type }, i) => {
      const from = query.columns[i]?.type ?? type
      const cell = type.kind === 'text' ? asText({ sql: `c${i}`, type: from }) : `c${i}`
      return `${cell}${collation(type)} AS c${i}`
    })
    return `SELECT ${cells.join(', ')} FROM (${query.sql})`
  }
  const outerUses = [...a.outerUses, ...b.outerUses]
  // MySQL fills a table as rows come and drops what is in it; SQLite's UNION would sort.
  const words = operator === 'UNION' ? 'UNION ALL' : operator
  const joined = `${side(a)} ${words} ${side(b)}`
  const cells = columns.map(({ type }, i) => `c${i}${collation(type)} AS c${i}`).join(', ')
  const sql =
    operator === 'UNION'
      ? `SELECT DISTINCT ${cells} FROM (${joined})`
      : operator === 'INTERSECT' || operator === 'EXCEPT'
        ? leftOrder(operator, columns, side(a), side(b))
        : joined
  return { sql, columns, outerUses, single: false, key: undefined }
}

/**
 * INTERSECT and EXCEPT: the server fills a table with the left rows and then marks them by the right ones
 * (sql/iterators/composite_iterators.cc, MaterializeIterator), so that they come in the order of the left side.
 */
function leftOrder(operator: 'INTERSECT' | 'EXCEPT', columns: readonly OutputColumn[], a: string, b: string): string {
  const names = columns.map((_, i) => `c${i}`).join(', ')
  const by = columns.map(({ type }, i) => `c${i}${collation(type)}`).join(', ')
  const left = `SELECT ${names}, 0 AS side, row_number() OVER () AS place FROM (${a})`
  const right = `SELECT ${names}, 1 AS side, NULL AS place FROM (${b})`
  const kept = operator === 'EXCEPT' ? 'sum(side) = 0' : 'sum(side) > 0 AND count(place) > 0'
  // With its only min(), SQLite takes the other columns from the row that has the minimum.
  const rows = `SELECT ${names}, min(place) AS place FROM (${left} UNION ALL ${right}) GROUP BY ${by} HAVING ${kept}`
  return `SELECT ${names} FROM (${rows}) ORDER BY place`
}

interface Item {
  readonly name: string
  readonly compiled: Compiled
}

function select(
  compiler: Compiler,
  query: Select,
  order: readonly OrderTerm[],
  limit: Limit | undefined,
  parent: Scope | undefined,
  common: ReadonlyMap<string, CommonSource>,
): CompiledQuery {
  if (query.rollup) throw new SqlError(0, 'WITH ROLLUP is not supported here')
  const scope = newScope(parent)
  for (const [name, source] of common) scope.common.set(name, source)
  const node = query.from === undefined ? undefined : openFrom(compiler, scope, query.from)
  const items = selectItems(compiler, scope, query, node)
  const windows = windowText(compiler, scope, query)

  Object.assign(scope, { clause: 'where clause', aggregates: 'refused' } satisfies Partial<Scope>)
  const where = query.where === undefined ? undefined : scalar(compileExpression(compiler, scope, query.where))
  const dependencies: Dependency[] = query.where === undefined ? [] : equalityDependencies(compiler, scope, query.where)
  const from = node === undefined ? undefined : closeFrom(compiler, scope, node)
  dependencies.push(...(from?.dependencies ?? []))
  // MySQL looks at WHERE before ON, but an error of either keeps its own words.
  scope.clause = 'group statement'
  const groups = query.group.map(({ expression }) => groupTerm(compiler, scope, expression, items))
  scope.selected.push(...items.map(({ compiled }) => compiled), ...groups)
  Object.assign(scope, { clause: 'having clause', aggregates: 'allowed', prefer: 'selected' } satisfies Partial<Scope>)
  const having = query.having === undefined ? undefined : scalar(compileExpression(compiler, scope, query.having))
  scope.clause = 'order clause'
  const terms = order.map((term) => ({ ...term, compiled: orderTerm(compiler, scope, term.expression, items) }))

  const inItems = items.some(({ compiled }) => hasAggregate(compiled)) || (having !== undefined && hasAggregate(having))
  const grouped = groups.length > 0 || inItems || scope.hasAggregate
  if (!grouped) checkOrder(terms)
  if (grouped) {
    if (
      groups.length === 0 &&
      !inItems &&
      terms.some(({ compiled }) => hasAggregate(compiled)) &&
      query.from !== undefined
    )
      throw new SqlError(
        3029,
        'Expression #1 of ORDER BY contains aggregate function and applies to the result of a non-aggregated query',
      )
    checkGroups(items, having, terms, groups, scope, dependencies)
  }
  if (query.distinct) checkDistinct(items, terms, grouped)

  const cells = items.map(
    ({ compiled }, i) => `${compiled.sql}${query.distinct ? collation(compiled.type) : ''} AS c${i}`,
  )
  const asked = { dependencies, where, groups, terms: terms.map(({ compiled }) => compiled) }
  const scan =
    node === undefined ||
    terms.some(({ compiled }) => hasWindow(compiled)) ||
    items.some(({ compiled }) => hasWindow(compiled))
      ? []
      : scanOrder(node, asked)
  // DISTINCT keeps the first of equal rows: the same as grouping by everything.
  const merged = query.distinct && !grouped && scan.length > 0
  const filters = [where?.sql, grouped ? undefined : having?.sql].filter((part) => part !== undefined)
  const by = groups.filter(({ literal }) => literal === undefined)
  const groupText = merged
    ? ` GROUP BY ${items.map(({ compiled }) => (compiled.literal === undefined ? compiled.sql + collation(compiled.type) : 'NULL')).join(', ')}`
    : groups.length === 0
      ? ''
      : ` GROUP BY ${by.length === 0 ? 'NULL' : by.map(({ sql, type }) => sql + collation(type)).join(', ')}`
  const ordering = terms
    .filter(({ compiled }) => compiled.literal === undefined)
    .map(({ compiled, descending }) => `${compiled.sql}${collation(compiled.type)}${descending ? ' DESC' : ''}`)
  // Aggregates over DISTINCT values make the server sort by the groups.
  const sortedGroups = groups.length > 0 && [...items, ...terms].some(({ compiled }) => hasDistinct(compiled))
  const first = sortedGroups ? undefined : firstRow(scan)
  const natural = sortedGroups
    ? by.map(({ sql, type }) => sql + collation(type))
    : merged || groups.length > 0
      ? [first].filter((term) => term !== undefined)
      : grouped || query.distinct
        ? []
        : scan.map((term) => term.sql)
  const text = (list: string, order: readonly string[], end: string): string =>
    [
      `SELECT ${query.distinct && !merged ? 'DISTINCT ' : ''}${list}`,
      from === undefined ? '' : ` FROM ${from.sql}`,
      filters.length === 0 ? '' : ` WHERE ${filters.join(' AND ')}`,
      groupText,
      grouped && having !== undefined ? ` HAVING ${having.sql}` : '',
      windows,
      order.length === 0 ? '' : ` ORDER BY ${order.join(', ')}`,
      end,
    ].join('')
  const sql = text(cells.join(', '), [...ordering, ...natural], limitText(limit))
  const rank = `dense_rank() OVER (ORDER BY ${ordering.join(', ')}) AS place`
  const rankedQuery = (): RankedQuery => {
    const wanted = terms.filter(({ compiled }) => compiled.literal === undefined).map(({ compiled }) => compiled)
    const first = node === undefined || grouped || query.distinct ? undefined : firstSorted(node, asked, wanted)
    if (first === undefined) return { sql: text([...cells, rank].join(', '), natural, ''), limit }
    return {
      sql: text([...cells, `${first.rowNumber} AS place`].join(', '), natural, ''),
      limit,
      first: `SELECT ${first.rowNumber}, ${rank} FROM ${first.from} ORDER BY ${first.rowNumber}`,
    }
  }
  const ranked = ordering.length === 0 || natural.length === 0 ? {} : { ranked: rankedQuery() }
  const columns = items.map(({ name, compiled }) => ({ name, type: compiled.type }))
  const single = limit?.count === 1 || limit?.count === 0 || (groups.length === 0 && (grouped || from === undefined))
  return { sql, columns, outerUses: scope.outerUses, single, key: keyPlaces(query, items, groups), ...ranked }
}

/** The columns that tell the rows of a grouped or distinct query apart. */
function keyPlaces(query: Select, items: readonly Item[], groups: readonly Compiled[]): number[] | undefined {
  if (groups.length > 0) {
    const places = groups.map(({ sql }) => items.findIndex(({ compiled }) => compiled.sql === sql))
    if (places.every((place) => place >= 0)) return places
  }
  return query.distinct ? items.map((_, i) => i) : undefined
}

function selectItems(compiler: Compiler, scope: Scope, query: Select, node: FromNode | undefined): Item[] {
  for (const item of query.items)
    if (item.kind === 'expression' && item.alias !== undefined) scope.aliases.set(item.alias.toLowerCase(), undefined)
  const items: Item[] = []
  for (const item of query.items) {
    if (item.kind === 'star') {
      for (const column of starColumns(scope, node, item)) {
        column.source.used.add(column.name.toLowerCase())
        items.push({ name: column.name, compiled: { sql: column.sql, type: column.type, parts: [], column } })
      }
      continue
    }
    const compiled = scalar(compileExpression(compiler, scope, item.expression))
    const name = item.alias ?? (item.expression.kind === 'column' ? item.expression.name : item.text)
    items.push({ name, compiled })
    scope.aliases.set(name.toLowerCase(), compiled)
  }
  for (const { name, compiled } of items)
    if (scope.aliases.get(name.toLowerCase()) === undefined) scope.aliases.set(name.toLowerCase(), compiled)
  return items
}

function starColumns(
  scope: Scope,
  node: FromNode | undefined,
  star: { readonly database: string | undefined; readonly table: string | undefined },
): SourceColumn[] {
  if (star.table !== undefined) {
    const source = scope.sources.find((candidate) => isNamed(candidate, star))
    if (source === undefined)
      throw new SqlError(
        1051,
        `Unknown table '${[star.database, star.table].filter((part) => part !== undefined).join('.')}'`,
      )
    return source.columns
  }
  if (node === undefined) throw new SqlError(1096, 'No tables used')
  return starOf(node)
}

/** Columns that USING or NATURAL joined come first and once. */
function starOf(node: FromNode): SourceColumn[] {
  if (node.kind === 'leaf') return [...node.source.columns]
  const [first, second] = node.join.type === 'right' ? [node.right, node.left] : [node.left, node.right]
  const shared = node.shared.map(([a, b]) => (node.join.type === 'right' ? b : a))
  const dropped = new Set(node.shared.flat().map(({ sql }) => sql))
  const [x, y] = node.shared.length === 0 ? [node.left, node.right] : [first, second]
  return [...shared, ...[...starOf(x), ...starOf(y)].filter(({ sql }) => !dropped.has(sql))]
}

function windowText(compiler: Compiler, scope: Scope, query: Select): string {
  if (query.windows.length === 0) return ''
  const parts = query.windows.map(({ name, window }) => {
    const by = window.partition.map((part) => {
      const { sql, type } = scalar(compileExpression(compiler, scope, part))
      return sql + collation(type)
    })
    const partition = by.length === 0 ? '' : `PARTITION BY ${by.join(', ')}`
    const inside = [partition, orderText(compiler, scope, window.order).trim(), window.frame ?? '']
    return `"w ${name.toLowerCase()}" AS (${inside.filter((part) => part !== '').join(' ')})`
  })
  return ` WINDOW ${parts.join(', ')}`
}

function groupTerm(compiler: Compiler, scope: Scope, expression: Expression, items: readonly Item[]): Compiled {
  if (expression.kind === 'number' && /^\d+$/.test(expression.text)) {
    const item = items[Number(expression.text) - 1]
    if (item === undefined) throw new SqlError(1054, `Unknown column '${expression.text}' in 'group statement'`)
    if (hasAggregate(item.compiled)) throw new SqlError(1056, `Can't group on '${item.name}'`)
    return item.compiled
  }
  scope.prefer = 'columns-then-aliases'
  const compiled = scalar(compileExpression(compiler, scope, expression))
  if (hasAggregate(compiled))
    throw new SqlError(1056, `Can't group on '${expression.kind === 'column' ? expression.name : ''}'`)
  return compiled
}

function orderTerm(compiler: Compiler, scope: Scope, expression: Expression, items: readonly Item[]): Compiled {
  if (expression.kind === 'number' && /^\d+$/.test(expression.text)) {
    const item = items[Number(expression.text) - 1]
    if (item === undefined) throw new SqlError(1054, `Unknown column '${expression.text}' in 'order clause'`)
    return item.compiled
  }
  scope.prefer = expression.kind === 'column' ? 'aliases' : 'columns-then-aliases'
  return scalar(compileExpression(compiler, scope, expression))
}

interface Ordered {
  readonly compiled: Compiled
}

function checkOrder(terms: readonly Ordered[]): void {
  const place = terms.findIndex(({ compiled }) => hasAggregate(compiled))
  if (place >= 0)
    throw new SqlError(
      3029,
      `Expression #${place + 1} of ORDER BY contains aggregate function and applies to the result of a non-aggregated query`,
    )
}

function checkGroups(
  items: readonly Item[],
  having: Compiled | undefined,
  terms: readonly Ordered[],
  groups: readonly Compiled[],
  scope: Scope,
  dependencies: readonly Dependency[],
): void {
  const texts = new Set(groups.map(({ sql }) => sql))
  const known = determined(groups, scope.sources, dependencies)
  const own = new Set(scope.sources)
  const check = (expression: Compiled, place: number, list: string) => {
    const loose = looseColumn(expression, texts, known)
    if (loose === undefined || !own.has(loose.source)) return
    const name = fullName(loose)
    const mode = 'this is incompatible with sql_mode=only_full_group_by'
    if (groups.length === 0)
      throw new SqlError(
        1140,
        `In aggregated query without GROUP BY, expression #${place} of ${list} contains nonaggregated column '${name}'; ${mode}`,
      )
    throw new SqlError(
      1055,
      `Expression #${place} of ${list} is not in GROUP BY clause and contains nonaggregated column '${name}' which is not functionally dependent on columns in GROUP BY clause; ${mode}`,
    )
  }
  items.forEach(({ compiled }, i) => {
    check(compiled, i + 1, 'SELECT list')
  })
  if (having !== undefined) check(having, 1, 'HAVING clause')
  // A single row has no order to speak of.
  if (groups.length > 0)
    terms.forEach(({ compiled }, i) => {
      check(compiled, i + 1, 'ORDER BY clause')
    })
}

/** `database.alias.column`, or without a database for derived tables. */
function fullName({ source, name }: SourceColumn): string {
  return [source.table?.database, source.alias, name].filter((part) => part !== undefined).join('.')
}

/** SELECT DISTINCT can be ordered by what it selects only. */
function checkDistinct(items: readonly Item[], terms: readonly Ordered[], grouped: boolean): void {
  const selected = new Set(items.map(({ compiled }) => compiled.sql))
  const missing = (compiled: Compiled): SourceColumn | undefined => {
    if (selected.has(compiled.sql)) return undefined
    if (compiled.column !== undefined) return compiled.column
    for (const part of compiled.parts) {
      const found = missing(part)
      if (found !== undefined) return found
    }
    return undefined
  }
  terms.forEach(({ compiled }, i) => {
    const column = missing(compiled)
    if (column === undefined) return
    const name = fullName(column)
    if (grouped && hasAggregate(compiled))
      throw new SqlError(
        3066,
        `Expression #${i + 1} of ORDER BY clause is not in SELECT list, contains aggregate function; this is incompatible with DISTINCT`,
      )
    throw new SqlError(
      3065,
      `Expression #${i + 1} of ORDER BY clause is not in SELECT list, references column '${name}' which is not in SELECT list; this is incompatible with DISTINCT`,
    )
  })
}
