/** What SHOW and DESCRIBE answer. */
import { requireTable } from '../compile/check-tables.ts'
import { filtered } from '../dictionary/names.ts'
import { describeTable, showDatabases, showTableStatus, showTables } from '../dictionary/show.ts'
import { showCreateDatabase, showCreateTable, showCreateView } from '../dictionary/show-create.ts'
import { showIndex } from '../dictionary/show-index.ts'
import * as server from '../dictionary/show-server.ts'
import { shownColumns } from '../dictionary/shown-columns.ts'
import type { Show, Statement } from '../parse/statement-syntax.ts'
import type { NamedTable } from '../parse/syntax.ts'
import { databasesOf, type SqlTable, schemaKey } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import type { ResultSet } from '../values/result-set.ts'
import type { Held } from './reading.ts'

type Look = Extract<Statement, { readonly kind: 'show' | 'describe' }>

/**
 * All rows but those that LIKE leaves out; WHERE is for whoever can ask it.
 * @param current the database in use, lower case
 * @param sql the statement that asks
 */
export function look(statement: Look, held: Held, current: string, sql: string): ResultSet {
  const find = (named: NamedTable) => found(named, held, current)
  if (statement.kind === 'describe') return alike(describeTable(find(statement.table), false), statement.column)
  return alike(shown(statement, held, current, sql, find), statement.like)
}

/** What the first column says of a row is what LIKE is asked of. */
function alike({ columns, rows }: ResultSet, like: string | undefined): ResultSet {
  return { columns, rows: filtered(rows, like, ([first]) => String(first)) }
}

function shown(
  { what, full, global, guarded, like, table, database: named, columns }: Show,
  { schema, settings }: Held,
  current: string,
  sql: string,
  find: (named: NamedTable) => SqlTable,
): ResultSet {
  const database = () => {
    const name = named?.toLowerCase() ?? current
    if (!databasesOf(schema).has(name)) throw new SqlError(1049, `Unknown database '${name}'`)
    return name
  }
  const asked = () => {
    if (table === undefined) throw new Error(`SHOW ${what} names a table.`)
    return find(table)
  }
  switch (what) {
    case 'databases':
      return showDatabases(schema)
    case 'tables':
      return showTables(schema, database(), full, like)
    case 'table-status':
      return showTableStatus(schema, database())
    case 'columns':
      return describeTable(asked(), full)
    case 'index':
      return showIndex(asked())
    case 'create-table': {
      const each = asked()
      return each.view === undefined ? showCreateTable(each) : showCreateView(each, each.view.sql)
    }
    case 'create-view': {
      const each = asked()
      if (each.view !== undefined) return showCreateView(each, each.view.sql)
      throw new SqlError(1347, `'${each.database}.${each.name}' is not VIEW`)
    }
    case 'create-database':
      return showCreateDatabase(database(), guarded)
    case 'variables':
      return server.showVariables(settings, global)
    case 'status':
      return server.showStatus()
    case 'engines':
      return server.showEngines()
    case 'character-set':
      return server.showCharacterSets()
    case 'collation':
      return server.showCollations()
    case 'processlist':
      return server.showProcesses(current, sql, full)
    case 'grants':
      return server.showGrants()
    case 'privileges':
      return server.showPrivileges()
    case 'warning-count':
      return { columns: shownColumns('@@session.warning_count:int'), rows: [[0]] }
    case 'error-count':
      return { columns: shownColumns('@@session.error_count:int'), rows: [[0]] }
    case 'nothing':
      return { columns: shownColumns(...columns), rows: [] }
  }
}

function found(named: NamedTable, { schema }: Held, current: string): SqlTable {
  requireTable(named, schema, databasesOf(schema), current)
  const table = schema.get(schemaKey(named.database ?? current, named.name))
  if (table === undefined) throw new Error('A table that was just found is gone.')
  return table
}
