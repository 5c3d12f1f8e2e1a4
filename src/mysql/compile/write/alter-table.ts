/** ALTER TABLE: columns added, dropped, renamed and declared anew, keys, and the table renamed. */
import type { TableChange } from '../../parse/statement-syntax.ts'
import { type Schema, type SqlColumn, type SqlTable, schemaKey } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { DEFAULT_COLLATION } from '../../values/collations.ts'
import { isNumber, typeOfColumn } from '../../values/value-type.ts'
import { sqliteCollation } from '../collation-text.ts'
import { quoteName, quoteText, tableSql } from '../sqlite-text.ts'
import { type CompiledWrite, MOST_COLUMNS } from './compiled-write.ts'

type Change<K extends TableChange['kind']> = Extract<TableChange, { readonly kind: K }>

interface Altered {
  readonly statements: readonly string[]
  /** The table as it is then. */
  readonly table: SqlTable
}

/** Each change sees the table as the one before it left it. */
export function alterTable(schema: Schema, changes: readonly TableChange[], table: SqlTable): CompiledWrite {
  let now = table
  const statements: string[] = []
  for (const change of changes) {
    if (change.kind === 'rename-table') {
      const target = schemaKey(change.to.database ?? now.database, change.to.name)
      if (schema.has(target)) throw new SqlError(1050, `Table '${change.to.name.toLowerCase()}' already exists`)
    }
    const done = changed(change, now)
    statements.push(...done.statements)
    now = done.table
  }
  const after = new Map(schema)
  const [from, to] = [schemaKey(table.database, table.name), schemaKey(now.database, now.name)]
  if (from !== to) after.delete(from)
  return { statements, schema: after.set(to, now) }
}

function changed(change: TableChange, table: SqlTable): Altered {
  const start = `ALTER TABLE ${tableSql(table)}`
  switch (change.kind) {
    case 'add':
      return addColumn(change, table)
    case 'drop': {
      const name = nameOf(table, change.column)
      if (table.primaryKey.includes(name) || table.keys.some(({ columns }) => columns.includes(name)))
        throw new SqlError(0, 'A column that is part of a key cannot be dropped here')
      const columns = table.columns.filter((column) => column.name !== name)
      if (columns.length === 0)
        throw new SqlError(1090, "You can't delete all columns with ALTER TABLE; use DROP TABLE instead")
      return { statements: [`${start} DROP COLUMN ${quoteName(name)}`], table: { ...table, columns } }
    }
    case 'rename':
      return renameColumn(change, table)
    case 'modify':
      return { statements: [], table: modified(change, table) }
    case 'rename-table': {
      const database = change.to.database?.toLowerCase() ?? table.database
      const moved = { ...table, database, name: change.to.name.toLowerCase() }
      return { statements: [`${start} RENAME TO ${tableSql(moved)}`], table: moved }
    }
    case 'add-key':
      return addKey(change, table)
    case 'add-primary-key': {
      if (table.primaryKey.length > 0) throw new SqlError(1068, 'Multiple primary key defined')
      const names = change.columns.map((name) => keyColumn(table, name))
      const columns = table.columns.map((column) =>
        names.includes(column.name) ? { ...column, nullable: false } : column,
      )
      return { statements: [indexSql(table, 'primary', names, true)], table: { ...table, columns, primaryKey: names } }
    }
    case 'add-foreign-key':
      return { statements: [], table: { ...table, foreignKeys: [...table.foreignKeys, change.key] } }
    case 'drop-key': {
      const gone = table.keys.find(({ name }) => name.toLowerCase() === change.name.toLowerCase())
      if (change.name === 'PRIMARY' || gone?.unique === true)
        throw new SqlError(0, 'A key that is unique cannot be dropped here')
      if (gone === undefined) throw new SqlError(1091, `Can't DROP '${change.name}'; check that column/key exists`)
      // SQLite keeps it: it only finds rows faster.
      return { statements: [], table: { ...table, keys: table.keys.filter((each) => each !== gone) } }
    }
  }
}

/** A column's own name. Throws 1054. */
function nameOf({ columns, name: table }: SqlTable, name: string): string {
  const found = columns.find((column) => column.name.toLowerCase() === name.toLowerCase())
  if (found === undefined) throw new SqlError(1054, `Unknown column '${name}' in '${table}'`)
  return found.name
}

function isThere({ columns }: SqlTable, name: string): boolean {
  return columns.some((column) => column.name.toLowerCase() === name.toLowerCase())
}

function addColumn({ column, after }: Change<'add'>, table: SqlTable): Altered {
  const { name, type, nullable, default: initial, collation } = column
  if (isThere(table, name)) throw new SqlError(1060, `Duplicate column name '${name}'`)
  if (table.columns.length >= MOST_COLUMNS) throw new SqlError(1117, 'Too many columns')
  const place = after === undefined ? table.columns.length : after === '' ? 0 : placeOf(table, after) + 1
  const named = collation === undefined || collation === DEFAULT_COLLATION ? {} : { collation }
  const added: SqlColumn = { name, type, nullable, default: initial, autoIncrement: false, plain: false, ...named }
  const { kind, binary } = typeOfColumn(type)
  const number = isNumber({ kind })
  const value =
    initial === undefined ? (nullable ? '' : ` DEFAULT ${number ? '0' : "''"}`) : ` DEFAULT ${quoteText(initial)}`
  const affinity = number
    ? kind === 'int'
      ? 'INTEGER'
      : 'REAL'
    : `TEXT COLLATE ${sqliteCollation({ binary, plain: false, ...named })}`
  return {
    statements: [`ALTER TABLE ${tableSql(table)} ADD COLUMN ${quoteName(name)} ${affinity}${value}`],
    table: { ...table, columns: table.columns.toSpliced(place, 0, added) },
  }
}

function placeOf(table: SqlTable, name: string): number {
  const own = nameOf(table, name)
  return table.columns.findIndex((column) => column.name === own)
}

function renameColumn({ column, to }: Change<'rename'>, table: SqlTable): Altered {
  const name = nameOf(table, column)
  if (name.toLowerCase() !== to.toLowerCase() && isThere(table, to))
    throw new SqlError(1060, `Duplicate column name '${to}'`)
  if (name === to) return { statements: [], table }
  const renamed = (each: string) => (each.toLowerCase() === name.toLowerCase() ? to : each)
  return {
    statements: [`ALTER TABLE ${tableSql(table)} RENAME COLUMN ${quoteName(name)} TO ${quoteName(to)}`],
    table: {
      ...table,
      columns: table.columns.map((each) => ({ ...each, name: renamed(each.name) })),
      primaryKey: table.primaryKey.map(renamed),
      keys: table.keys.map((one) => ({ ...one, columns: one.columns.map(renamed) })),
    },
  }
}

/** What is there stays as it is: only a type of the same kind can be declared. */
function modified({ column, to }: Change<'modify'>, table: SqlTable): SqlTable {
  const name = nameOf(table, column)
  const columns = table.columns.map((each) => {
    if (each.name !== name) return each
    if (typeOfColumn(each.type).kind !== typeOfColumn(to.type).kind)
      throw new SqlError(0, 'A column can be declared anew with a type of the same kind only here')
    return { ...each, type: to.type, nullable: to.nullable, default: to.default, autoIncrement: to.autoIncrement }
  })
  return { ...table, columns }
}

function addKey({ key }: Change<'add-key'>, table: SqlTable): Altered {
  const columns = key.columns.map((name) => keyColumn(table, name))
  if (table.keys.some(({ name }) => name.toLowerCase() === key.name.toLowerCase()))
    throw new SqlError(1061, `Duplicate key name '${key.name}'`)
  return {
    statements: [indexSql(table, `named ${key.name.toLowerCase()}`, columns, key.unique)],
    table: { ...table, keys: [...table.keys, { ...key, columns }] },
  }
}

/** Throws 1072. */
function keyColumn(table: SqlTable, name: string): string {
  if (!isThere(table, name)) throw new SqlError(1072, `Key column '${name}' doesn't exist in table`)
  return nameOf(table, name)
}

function indexSql(table: SqlTable, id: string, columns: readonly string[], unique: boolean): string {
  const name = quoteName(`${table.database}.${table.name}.${id}`)
  const words = `CREATE ${unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${name}`
  return `${words} ON ${tableSql(table)} (${columns.map(quoteName).join(', ')})`
}
