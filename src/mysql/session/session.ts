/**
 * MySQL as the agent sees it: one statement in, rows or an error out. Stateless towards its callers: a world is named by
 * the writes that made it, and the connection is brought to that world before a statement runs in it.
 */

import { checkTables, requireTable } from '../compile/check-tables.ts'
import { compilerFor } from '../compile/compile.ts'
import type { CompiledQuery } from '../compile/compiler.ts'
import { compileWrite } from '../compile/write/write.ts'
import { informationSchema } from '../dictionary/information-schema/information-schema.ts'
import { describeTable, showDatabases, showTables } from '../dictionary/show.ts'
import { showCreateTable } from '../dictionary/show-create-table.ts'
import { showIndex } from '../dictionary/show-index.ts'
import { LIMIT_WORDS, SQL_LIMITS, type SqlLimits } from '../limits.ts'
import { parseStatement } from '../parse/statement/statement.ts'
import type { Statement, Write } from '../parse/statement-syntax.ts'
import type { NamedTable } from '../parse/syntax.ts'
import { type Connection, openConnection } from '../run/connection.ts'
import type { SqlEngine } from '../run/engine.ts'
import { mysqlOrder } from '../run/filesort.ts'
import { databasesOf, type Schema, type SqlDatabase, schemaKey, schemaOf } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import type { ResultSet, SqlValue } from '../values/result-set.ts'

export interface Place {
  /** The database in use, lower case. */
  readonly database: string
  /** The writes since the start of the episode, as they were sent, with the database they were sent in. */
  readonly writes: readonly SentWrite[]
}

export interface SentWrite {
  readonly database: string
  readonly sql: string
}

export type Outcome =
  | { readonly kind: 'rows'; readonly result: ResultSet }
  /** None: USE and writes. */
  | { readonly kind: 'none'; readonly place: Place }
  | { readonly kind: 'error'; readonly message: string }

export interface Session {
  /** Never throws on any text. */
  run(place: Place, sql: string): Outcome
  /** The tables of a place's database, as they are there. */
  schema(place: Place): Schema
  readonly connection: Connection
  close(): void
}

/** Outcomes that are kept, oldest out first. */
const MOST_OUTCOMES = 4000
/** Cells of a result that is kept. */
const KEPT_CELLS = 20_000

export function openSession(
  engine: SqlEngine,
  databases: readonly SqlDatabase[],
  limits: SqlLimits = SQL_LIMITS,
): Session {
  const own = databases.flatMap(({ tables }) => tables)
  const stored = [...own, ...informationSchema(own)]
  const connection = openConnection(engine, stored, limits)
  const loaded = schemaOf(stored)
  /** What the connection holds now. */
  let applied: readonly SentWrite[] = []
  let schema = loaded
  const outcomes = new Map<string, Outcome>()

  function enter(writes: readonly SentWrite[]): void {
    if (writes === applied) return
    const extendsApplied = writes.length >= applied.length && applied.every((write, i) => write === writes[i])
    if (!extendsApplied) {
      connection.restore()
      schema = loaded
      applied = []
    }
    for (const write of writes.slice(applied.length)) {
      const statement = parseStatement(write.sql)
      schema = perform(statement as Write, write.database) // only writes are ever sent on
    }
    applied = writes
  }

  function perform(write: Write, database: string): Schema {
    const { statements, schema: after } = compileWrite(compilerFor(schema, database), databasesOf(schema), write)
    try {
      connection.write(statements)
    } catch (thrown) {
      schema = loaded
      applied = []
      throw thrown
    }
    return after
  }

  function run(place: Place, sql: string): Outcome {
    const key = `${place.database}\0${place.writes.map((write) => `${write.database}\0${write.sql}`).join('\0')}\0\0${sql}`
    const known = outcomes.get(key)
    if (known !== undefined && known.kind !== 'none') return known
    let outcome: Outcome
    try {
      if (sql.length > limits.statementLength) throw new SqlError(0, LIMIT_WORDS.statement(limits.statementLength))
      outcome = execute(place, sql)
    } catch (thrown) {
      if (!(thrown instanceof SqlError)) {
        if (!(thrown instanceof RangeError)) throw thrown
        outcome = { kind: 'error', message: LIMIT_WORDS.complex } // the stack: nested too deeply
      } else outcome = { kind: 'error', message: thrown.message }
    }
    const small = outcome.kind !== 'rows' || outcome.result.rows.length * outcome.result.columns.length <= KEPT_CELLS
    if (small && key.length < 4000) {
      if (outcomes.size >= MOST_OUTCOMES) {
        const [oldest] = outcomes.keys()
        if (oldest !== undefined) outcomes.delete(oldest)
      }
      outcomes.set(key, outcome)
    }
    return outcome
  }

  function execute(place: Place, sql: string): Outcome {
    const statement = parseStatement(sql)
    enter(place.writes)
    const compiler = compilerFor(schema, place.database)
    switch (statement.kind) {
      case 'query': {
        checkTables(statement.query, schema, databasesOf(schema), place.database)
        const compiled = compiler.query(statement.query, undefined)
        const { columns } = compiled
        const rows = ranked(compiled) ?? connection.query(compiled.sql, columns.length)
        return { kind: 'rows', result: { columns, rows } }
      }
      case 'show':
      case 'describe':
        return { kind: 'rows', result: look(statement, place.database) }
      case 'use': {
        const database = statement.database.toLowerCase()
        if (!databasesOf(schema).has(database)) throw new SqlError(1049, `Unknown database '${database}'`)
        return { kind: 'none', place: { ...place, database } }
      }
      case 'explain':
        throw new SqlError(0, 'EXPLAIN of a query is not supported here')
      case 'nothing':
        return { kind: 'none', place }
      default: {
        if (place.writes.length >= limits.writes) throw new SqlError(0, LIMIT_WORDS.writes(limits.writes))
        schema = perform(statement, place.database)
        applied = [...place.writes, { database: place.database, sql }]
        return { kind: 'none', place: { ...place, writes: applied } }
      }
    }
  }

  /** Rows with their ties as MySQL leaves them; undefined where that does not apply, or costs too much. */
  function ranked({ ranked: query, columns }: CompiledQuery): SqlValue[][] | undefined {
    if (query === undefined) return undefined
    const { count, offset } = query.limit ?? { count: limits.rows + 1, offset: 0 }
    if (count === 0) return undefined
    try {
      const rows = connection.query(query.sql, columns.length + 1)
      if (query.first !== undefined) {
        const sorted = connection.query(query.first, 2)
        const places = new Map<SqlValue | undefined, number>()
        mysqlOrder(
          sorted.map((row) => Number(row[1])),
          sorted.length,
        ).forEach((i, place) => {
          places.set(sorted[i]?.[0], place)
        })
        const placed = rows.map((row) => ({ place: places.get(row.pop()) ?? 0, row }))
        placed.sort((a, b) => a.place - b.place)
        return placed.slice(offset, offset + count).map(({ row }) => row)
      }
      const order = mysqlOrder(
        rows.map((row) => Number(row.pop())),
        Math.min(count + offset, rows.length),
      )
      return order.slice(offset).map((i) => rows[i] ?? [])
    } catch (thrown) {
      if (thrown instanceof SqlError) return undefined
      throw thrown
    }
  }

  function look(statement: Extract<Statement, { readonly kind: 'show' | 'describe' }>, current: string): ResultSet {
    const find = (named: NamedTable) => {
      requireTable(named, schema, databasesOf(schema), current)
      const table = schema.get(schemaKey(named.database ?? current, named.name))
      if (table === undefined) throw new Error('A table that was just found is gone.')
      return table
    }
    if (statement.kind === 'describe') return describeTable(find(statement.table), statement.column, false)
    const { what, table, like, full } = statement
    if (what === 'databases') return showDatabases(schema, like)
    if (what === 'tables') {
      const database = statement.database?.toLowerCase() ?? current
      if (!databasesOf(schema).has(database)) throw new SqlError(1049, `Unknown database '${database}'`)
      return showTables(schema, database, like, full)
    }
    if (table === undefined) return { columns: [], rows: [] }
    if (what === 'columns') return describeTable(find(table), like, full)
    return what === 'index' ? showIndex(find(table)) : showCreateTable(find(table))
  }

  return {
    run,
    schema(place) {
      enter(place.writes)
      return schema
    },
    connection,
    close: () => connection.close(),
  }
}
