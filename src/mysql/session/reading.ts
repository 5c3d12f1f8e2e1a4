/** Queries where the connection is now: the tables that the server makes up are filled for each that reads them. */
import { checkTables } from '../compile/check-tables.ts'
import { compilerFor } from '../compile/compile.ts'
import type { SourceColumn } from '../compile/compiled.ts'
import type { Compiler } from '../compile/compiler.ts'
import { quoteName, tableSql } from '../compile/sqlite-text.ts'
import { filledTable } from '../dictionary/information-schema/information-schema.ts'
import type { SqlLimits } from '../limits.ts'
import type { Expression, Query } from '../parse/syntax.ts'
import type { Connection } from '../run/connection.ts'
import { rankedRows } from '../run/ranked-rows.ts'
import { databasesOf, madeUpTable, type Schema, type StoredTable, schemaKey } from '../schema.ts'
import type { Settings } from '../server/settings.ts'
import { SqlError } from '../sql-error.ts'
import type { ResultColumn, ResultSet, SqlValue } from '../values/result-set.ts'

/** Of the work that a statement may cost, before it is asked again with indexes. */
const WITHOUT_INDEXES = 0.2
/** MySQL's error for a statement that takes too long. */
const OVER_WORK = 3024

/** What the connection holds: its tables, and what SET set. */
export interface Held {
  readonly schema: Schema
  readonly settings: Settings
}

export interface Reading {
  /** @param database in use, lower case */
  rows(held: Held, database: string, query: Query): ResultSet
  /** Those rows of an answer for which a condition holds. */
  filtered(held: Held, database: string, answer: ResultSet, where: Expression): ResultSet
  /** Fills the tables that a compiled statement reads and the server makes up. */
  fill(held: Held, compiler: Compiler): void
}

export function createReading(connection: Connection, limits: SqlLimits): Reading {
  function fill(held: Held, { opened }: Compiler): void {
    connection.lend([...opened].filter(({ system }) => system === true).map((table) => filledTable(table, held)))
  }

  function rows(held: Held, database: string, query: Query): ResultSet {
    checkTables(query, held.schema, databasesOf(held.schema), database)
    const compiler = compilerFor(held.schema, database, held.settings)
    const compiled = compiler.query(query, undefined)
    fill(held, compiler)
    const ask = (share: number): SqlValue[][] =>
      rankedRows(connection, compiled, limits, share) ?? connection.query(compiled.sql, compiled.columns.length, share)
    return { columns: compiled.columns, rows: answered(compiler, ask) }
  }

  /** A statement that takes long for want of an index is asked again with those that a server's hash joins stand for. */
  function answered({ compared }: Compiler, ask: (share: number) => SqlValue[][]): SqlValue[][] {
    if (compared.size === 0) return ask(1)
    const age = connection.age()
    try {
      return ask(WITHOUT_INDEXES)
    } catch (thrown) {
      if (!(thrown instanceof SqlError && thrown.code === OVER_WORK) || age !== connection.age()) throw thrown
    }
    return connection.indexed(indexes(compared), () => ask(1))
  }

  function filtered(held: Held, database: string, answer: ResultSet, where: Expression): ResultSet {
    const table = answerTable(answer)
    connection.lend([table])
    const schema = new Map(held.schema).set(schemaKey(table.database, table.name), table)
    const { columns } = answer
    return { columns, rows: rows({ ...held, schema }, database, everything(table, where)).rows }
  }

  return { rows, filtered, fill }
}

function indexes(columns: Iterable<SourceColumn>): string[] {
  const places = [...columns].flatMap(({ name, source: { table } }) =>
    table === undefined || table.system === true ? [] : [`${tableSql(table)} (${quoteName(name)})`],
  )
  return [...new Set(places)]
}

/** An answer of SHOW as a table that WHERE can be asked of. */
function answerTable({ columns, rows }: ResultSet): StoredTable {
  const typeOf = ({ type: { kind } }: ResultColumn) => (kind === 'int' ? 'bigint' : kind === 'datetime' ? kind : 'text')
  return {
    ...madeUpTable(
      'show',
      'answer',
      columns.map((column) => [column.name, typeOf(column)] as const),
    ),
    size: rows.length,
    rows: rows.map((row) => row.map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell))),
  }
}

function everything({ database, name }: StoredTable, where: Expression): Query {
  const from = { kind: 'table', database, name, alias: undefined } as const
  const items = [{ kind: 'star', database: undefined, table: undefined } as const]
  return {
    with: [],
    recursive: false,
    body: {
      kind: 'select',
      distinct: false,
      items,
      from,
      where,
      group: [],
      rollup: false,
      having: undefined,
      windows: [],
    },
    order: [],
    limit: undefined,
  }
}
