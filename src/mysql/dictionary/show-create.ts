/** SHOW CREATE TABLE, SHOW CREATE VIEW and SHOW CREATE DATABASE. */
import type { SqlColumn, SqlForeignKey, SqlKey, SqlTable } from '../schema.ts'
import { ACCOUNT, CHARSET, COLLATION } from '../server/identity.ts'
import type { ResultSet } from '../values/result-set.ts'
import { isNumber, typeOfColumn } from '../values/value-type.ts'
import { foreignKeyName } from './information-schema/constraints.ts'
import { nextNumber } from './information-schema/tables-table.ts'
import { shownColumns } from './shown-columns.ts'

export function showCreateTable(table: SqlTable): ResultSet {
  const lines = table.columns.map(columnLine)
  if (table.primaryKey.length > 0) lines.push(`  PRIMARY KEY ${list(table.primaryKey)}`)
  lines.push(...table.keys.map(keyLine))
  lines.push(...table.foreignKeys.map((key, i) => foreignKeyLine(foreignKeyName(table.name, key, i), key)))
  const next = nextNumber(table) ?? 1
  const options = [
    'ENGINE=InnoDB',
    ...(next > 1 ? [`AUTO_INCREMENT=${next}`] : []),
    `DEFAULT CHARSET=${CHARSET}`,
    `COLLATE=${COLLATION}`,
    ...(table.comment === undefined ? [] : [`COMMENT=${textOf(table.comment)}`]),
  ]
  const create = `CREATE TABLE ${name(table.name)} (\n${lines.join(',\n')}\n) ${options.join(' ')}`
  return { columns: shownColumns('Table', 'Create Table'), rows: [[table.name, create]] }
}

/** Of a view: its query stands as it was written, where the server would write it out. */
export function showCreateView(view: SqlTable, sql: string): ResultSet {
  const owner = `${name(ACCOUNT.user)}@${name(ACCOUNT.host)}`
  const columns = view.columns.map((column) => name(column.name)).join(',')
  const create = `CREATE ALGORITHM=UNDEFINED DEFINER=${owner} SQL SECURITY DEFINER VIEW ${name(view.name)} (${columns}) AS ${sql}`
  return {
    columns: shownColumns('View', 'Create View', 'character_set_client', 'collation_connection'),
    rows: [[view.name, create, CHARSET, COLLATION]],
  }
}

/** @param guarded with IF NOT EXISTS, in a comment as the server has it */
export function showCreateDatabase(database: string, guarded: boolean): ResultSet {
  const create = `CREATE DATABASE ${guarded ? '/*!32312 IF NOT EXISTS*/ ' : ''}${name(database)} /*!40100 DEFAULT CHARACTER SET ${CHARSET} COLLATE ${COLLATION} */ /*!80016 DEFAULT ENCRYPTION='N' */`
  return { columns: shownColumns('Database', 'Create Database'), rows: [[database, create]] }
}

const name = (written: string): string => `\`${written.replaceAll('`', '``')}\``
const list = (names: readonly string[]): string => `(${names.map(name).join(',')})`
const textOf = (written: string): string => `'${written.replaceAll("'", "''")}'`

function columnLine(column: SqlColumn): string {
  const { nullable, autoIncrement, generated, comment } = column
  const parts = [`  ${name(column.name)} ${column.type}`]
  if (generated !== undefined)
    parts.push(`GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? 'STORED' : 'VIRTUAL'}`)
  if (!nullable) parts.push('NOT NULL')
  // TIMESTAMP says so where others say nothing.
  else if (column.type === 'timestamp') parts.push('NULL')
  if (autoIncrement) parts.push('AUTO_INCREMENT')
  else if (generated === undefined) parts.push(...initialOf(column))
  if (column.onUpdate === true) parts.push('ON UPDATE CURRENT_TIMESTAMP')
  if (comment !== undefined && comment !== '') parts.push(`COMMENT ${textOf(comment)}`)
  return parts.join(' ')
}

/** TEXT and BLOB take no default, and are shown without one. */
function initialOf({ default: initial, nullable, type }: SqlColumn): string[] {
  if (initial === undefined) return nullable && !/text|blob/.test(type) ? ['DEFAULT NULL'] : []
  const word = initial === 'CURRENT_TIMESTAMP' && !isNumber(typeOfColumn(type))
  if (type.startsWith('bit') && /^\d+$/.test(initial)) return [`DEFAULT b'${BigInt(initial).toString(2)}'`]
  return [`DEFAULT ${word ? initial : textOf(initial)}`]
}

function keyLine({ name: key, columns, unique, kind, lengths }: SqlKey): string {
  const parts = columns.map((column, i) => {
    const length = lengths?.[i]
    return length === undefined ? name(column) : `${name(column)}(${length})`
  })
  const before = kind ?? (unique ? 'UNIQUE' : undefined)
  return `  ${before === undefined ? '' : `${before} `}KEY ${name(key)} (${parts.join(',')})`
}

function foreignKeyLine(constraint: string, { columns, table, references, onDelete, onUpdate }: SqlForeignKey): string {
  const rules = [
    ...(onDelete === undefined ? [] : [`ON DELETE ${onDelete}`]),
    ...(onUpdate === undefined ? [] : [`ON UPDATE ${onUpdate}`]),
  ]
  const target = `${name(table.toLowerCase())} ${list(references)}`
  return [`  CONSTRAINT ${name(constraint)} FOREIGN KEY ${list(columns)} REFERENCES ${target}`, ...rules].join(' ')
}
