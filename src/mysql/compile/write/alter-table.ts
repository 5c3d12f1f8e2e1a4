/** ALTER TABLE: columns added, dropped and renamed, and the table renamed. */
import type { Write } from '../../parse/statement-syntax.ts'
import { type Schema, type SqlTable, schemaKey } from '../../schema.ts'
import { SqlError } from '../../sql-error.ts'
import { isNumber, typeOfColumn } from '../../values/value-type.ts'
import { quoteName, quoteText, tableSql } from '../sqlite-text.ts'
import { type CompiledWrite, MOST_COLUMNS } from './compiled-write.ts'

type Change = Extract<Write, { readonly kind: 'alter-table' }>['change']

export function alterTable(schema: Schema, change: Change, table: SqlTable): CompiledWrite {
  const key = schemaKey(table.database, table.name)
  const after = new Map(schema)
  const has = (name: string) => table.columns.some((column) => column.name.toLowerCase() === name.toLowerCase())
  const requireColumn = (name: string) => {
    if (!has(name)) throw new SqlError(1054, `Unknown column '${name}' in '${table.name}'`)
  }
  const start = `ALTER TABLE ${tableSql(table)}`
  switch (change.kind) {
    case 'add': {
      const { name, type, nullable, default: initial } = change.column
      if (has(name)) throw new SqlError(1060, `Duplicate column name '${name}'`)
      if (table.columns.length >= MOST_COLUMNS) throw new SqlError(1117, 'Too many columns')
      after.set(key, {
        ...table,
        columns: [...table.columns, { name, type, nullable, default: initial, autoIncrement: false, plain: false }],
      })
      const number = isNumber(typeOfColumn(type))
      const value =
        initial === undefined ? (nullable ? '' : ` DEFAULT ${number ? '0' : "''"}`) : ` DEFAULT ${quoteText(initial)}`
      const affinity = number ? (typeOfColumn(type).kind === 'int' ? 'INTEGER' : 'REAL') : 'TEXT COLLATE MYSQL'
      return { statements: [`${start} ADD COLUMN ${quoteName(name)} ${affinity}${value}`], schema: after }
    }
    case 'drop': {
      requireColumn(change.column)
      const same = (name: string) => name.toLowerCase() === change.column.toLowerCase()
      if (table.primaryKey.some(same) || table.keys.some(({ columns }) => columns.some(same)))
        throw new SqlError(0, 'A column that is part of a key cannot be dropped here')
      after.set(key, { ...table, columns: table.columns.filter(({ name }) => !same(name)) })
      return { statements: [`${start} DROP COLUMN ${quoteName(change.column)}`], schema: after }
    }
    case 'rename': {
      requireColumn(change.column)
      if (has(change.to)) throw new SqlError(1060, `Duplicate column name '${change.to}'`)
      const renamed = (name: string) => (name.toLowerCase() === change.column.toLowerCase() ? change.to : name)
      after.set(key, {
        ...table,
        columns: table.columns.map((column) => ({ ...column, name: renamed(column.name) })),
        primaryKey: table.primaryKey.map(renamed),
        keys: table.keys.map((one) => ({ ...one, columns: one.columns.map(renamed) })),
      })
      return {
        statements: [`${start} RENAME COLUMN ${quoteName(change.column)} TO ${quoteName(change.to)}`],
        schema: after,
      }
    }
    case 'rename-table': {
      const moved = { ...table, name: change.to.toLowerCase() }
      const target = schemaKey(moved.database, moved.name)
      if (after.has(target)) throw new SqlError(1050, `Table '${moved.name}' already exists`)
      after.delete(key)
      after.set(target, moved)
      return { statements: [`${start} RENAME TO ${tableSql(moved)}`], schema: after }
    }
  }
}
