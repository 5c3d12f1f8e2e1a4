/** What ALTER TABLE makes of a table, and where the values of its columns come from. */
import type { Position, TableChange } from '../parse/statement-syntax.ts'
import type { SqlColumn, SqlKey, SqlTable } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import { checkDefinition, definedColumn, withForeignKey, withKey } from './defined-table.ts'

export interface Altered {
  readonly table: SqlTable
  /** Of each column, the place that it had before; undefined for a new one. */
  readonly from: readonly (number | undefined)[]
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** All changes, one after the other. Throws MySQL's errors. */
export function alteredTable(table: SqlTable, changes: readonly TableChange[]): Altered {
  const start: Altered = { table, from: table.columns.map((_, i) => i) }
  const altered = changes.reduce(changed, start)
  checkDefinition(altered.table)
  return altered
}

function changed({ table, from }: Altered, change: TableChange): Altered {
  switch (change.kind) {
    case 'add': {
      const { column } = change
      if (table.columns.some(({ name }) => same(name, column.name)))
        throw new SqlError(1060, `Duplicate column name '${column.name}'`)
      const place = placeOf(table, change.after) ?? table.columns.length
      const placed = { ...table, columns: table.columns.toSpliced(place, 0, definedColumn(column)) }
      return { table: keyedBy(placed, column), from: from.toSpliced(place, 0, undefined) }
    }
    case 'change': {
      const { name, column, after } = change
      const at = columnPlace(table, name)
      if (!same(name, column.name) && table.columns.some((each) => same(each.name, column.name)))
        throw new SqlError(1060, `Duplicate column name '${column.name}'`)
      const renamed = renamedColumn(table, name, column.name)
      const inKey = renamed.primaryKey.some((each) => same(each, column.name))
      const made = definedColumn({ ...column, nullable: column.nullable && !inKey })
      const rest = { ...renamed, columns: renamed.columns.toSpliced(at, 1) }
      const place = after === undefined ? at : (placeOf(rest, after) ?? at)
      const moved = from.toSpliced(at, 1).toSpliced(place, 0, from[at])
      return { table: keyedBy({ ...rest, columns: rest.columns.toSpliced(place, 0, made) }, column), from: moved }
    }
    case 'drop': {
      const at = columnPlace(table, change.column, 1091)
      const without = (names: readonly string[]) => names.filter((each) => !same(each, change.column))
      const keys = table.keys
        .map((key) => ({ ...key, columns: without(key.columns) }))
        .filter(({ columns }) => columns.length > 0)
      const foreignKeys = table.foreignKeys.filter(({ columns }) => !columns.some((each) => same(each, change.column)))
      const columns = table.columns.toSpliced(at, 1)
      if (columns.length === 0)
        throw new SqlError(1090, "You can't delete all columns with ALTER TABLE; use DROP TABLE instead")
      return {
        table: { ...table, columns, keys, foreignKeys, primaryKey: without(table.primaryKey) },
        from: from.toSpliced(at, 1),
      }
    }
    case 'rename': {
      columnPlace(table, change.column)
      if (table.columns.some(({ name }) => same(name, change.to)))
        throw new SqlError(1060, `Duplicate column name '${change.to}'`)
      return { table: renamedColumn(table, change.column, change.to), from }
    }
    default:
      return { table: otherwise(table, change), from }
  }
}

function otherwise(
  table: SqlTable,
  change: Exclude<TableChange, { readonly kind: 'add' | 'change' | 'drop' | 'rename' }>,
): SqlTable {
  switch (change.kind) {
    case 'default': {
      columnPlace(table, change.column)
      const columns = table.columns.map((each) =>
        same(each.name, change.column) ? { ...each, default: change.value } : each,
      )
      return { ...table, columns }
    }
    case 'rename-table':
      return { ...table, name: change.to.toLowerCase(), database: change.database?.toLowerCase() ?? table.database }
    case 'add-primary':
      if (table.primaryKey.length > 0) throw new SqlError(1068, 'Multiple primary key defined')
      return primary(table, change.columns)
    case 'add-key':
      if (table.keys.some(({ name }) => same(name, change.key.name)) && change.key.name !== change.key.columns[0])
        throw new SqlError(1061, `Duplicate key name '${change.key.name}'`)
      return withKey(table, change.key)
    case 'add-foreign':
      return withForeignKey(table, change.key)
    case 'drop-primary':
      if (table.primaryKey.length === 0) throw missingKey('PRIMARY')
      return { ...table, primaryKey: [] }
    case 'drop-key':
      if (same(change.name, 'PRIMARY')) return { ...table, primaryKey: [] }
      requireKey(table, change.name)
      return { ...table, keys: table.keys.filter(({ name }) => !same(name, change.name)) }
    case 'drop-foreign':
      return {
        ...table,
        foreignKeys: table.foreignKeys.filter(
          (key, i) => !same(key.name ?? `${table.name}_ibfk_${i + 1}`, change.name),
        ),
      }
    case 'rename-key':
      requireKey(table, change.name)
      return {
        ...table,
        keys: table.keys.map((key) => (same(key.name, change.name) ? { ...key, name: change.to } : key)),
      }
  }
}

/** PRIMARY KEY and UNIQUE that stand beside a column. */
function keyedBy(
  table: SqlTable,
  column: { readonly name: string; readonly primary: boolean; readonly unique: boolean },
): SqlTable {
  const { name } = column
  if (column.primary && table.primaryKey.length > 0 && !table.primaryKey.some((each) => same(each, name)))
    throw new SqlError(1068, 'Multiple primary key defined')
  const keyed = column.primary ? primary(table, [name]) : table
  return column.unique ? withKey(keyed, { name, columns: [name], unique: true }) : keyed
}

function primary(table: SqlTable, columns: readonly string[]): SqlTable {
  const inKey = (name: string) => columns.some((each) => same(each, name))
  return {
    ...table,
    primaryKey: columns,
    columns: table.columns.map((column): SqlColumn => (inKey(column.name) ? { ...column, nullable: false } : column)),
  }
}

function renamedColumn(table: SqlTable, name: string, to: string): SqlTable {
  const renamed = (each: string) => (same(each, name) ? to : each)
  return {
    ...table,
    columns: table.columns.map((column) => ({ ...column, name: renamed(column.name) })),
    primaryKey: table.primaryKey.map(renamed),
    keys: table.keys.map((key): SqlKey => ({ ...key, columns: key.columns.map(renamed) })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: key.columns.map(renamed) })),
  }
}

function placeOf(table: SqlTable, after: Position): number | undefined {
  if (after === undefined) return undefined
  return after === 'first' ? 0 : columnPlace(table, after.column) + 1
}

function columnPlace(table: SqlTable, name: string, code: 1054 | 1091 = 1054): number {
  const place = table.columns.findIndex((column) => same(column.name, name))
  if (place >= 0) return place
  throw code === 1054 ? new SqlError(1054, `Unknown column '${name}' in '${table.name}'`) : missingKey(name)
}

function requireKey(table: SqlTable, name: string): void {
  if (!table.keys.some((key) => same(key.name, name))) throw missingKey(name)
}

function missingKey(name: string): SqlError {
  return new SqlError(1091, `Can't DROP '${name}'; check that column/key exists`)
}
