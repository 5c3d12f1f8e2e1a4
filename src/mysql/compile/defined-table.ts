/** Tables as CREATE TABLE and ALTER TABLE make them. */
import type { ColumnDefinition, TableDefinition } from '../parse/statement-syntax.ts'
import type { SqlColumn, SqlKey, SqlTable } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import { DEFAULT_COLLATION } from '../values/collations.ts'

/** Columns of a table. */
export const MOST_COLUMNS = 200

/** Names of tables are lower case (lower_case_table_names=1). */
export function definedTable(definition: TableDefinition, database: string): SqlTable {
  const { columns, primaryKey, foreignKeys, comment } = definition
  const table: SqlTable = {
    database: database.toLowerCase(),
    name: definition.name.toLowerCase(),
    columns: columns.map(definedColumn),
    primaryKey,
    keys: [],
    foreignKeys: [],
    size: 0,
    ...(comment === undefined || comment === '' ? {} : { comment }),
  }
  const keyed = definition.keys.reduce(withKey, table)
  return foreignKeys.reduce((made, key) => withForeignKey(made, key), keyed)
}

export function definedColumn({
  name,
  type,
  nullable,
  autoIncrement,
  collation,
  ...rest
}: ColumnDefinition): SqlColumn {
  const { comment, onUpdate, generated } = rest
  return {
    ...{ name, type, nullable, autoIncrement, default: rest.default, plain: false },
    ...(collation === undefined || collation === DEFAULT_COLLATION ? {} : { collation }),
    ...(comment === undefined ? {} : { comment }),
    ...(onUpdate === undefined ? {} : { onUpdate }),
    ...(generated === undefined ? {} : { generated }),
  }
}

/** With one key more, under a name that none of the others has. Keys over nothing but expressions are none. */
export function withKey(table: SqlTable, key: SqlKey): SqlTable {
  if (key.columns.length === 0) return table
  const taken = new Set(table.keys.map(({ name }) => name.toLowerCase()))
  let name = key.name
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${key.name}_${i}`
  return { ...table, keys: [...table.keys, { ...key, name }] }
}

/** With one foreign key more, and an index over its columns where there is none. */
export function withForeignKey(table: SqlTable, key: SqlTable['foreignKeys'][number]): SqlTable {
  const [first] = key.columns
  const indexed = table.keys.some(({ columns }) => columns[0] === first) || table.primaryKey[0] === first
  const own = indexed ? table : withKey(table, { name: key.name ?? first ?? '', columns: key.columns, unique: false })
  return { ...own, foreignKeys: [...own.foreignKeys, key] }
}

/** Throws for columns of the same name (1060), too many (1117), and keys over columns that are not there (1072). */
export function checkDefinition({ columns, primaryKey, keys }: SqlTable): void {
  const names = new Set<string>()
  for (const { name } of columns) {
    if (names.has(name.toLowerCase())) throw new SqlError(1060, `Duplicate column name '${name}'`)
    names.add(name.toLowerCase())
  }
  if (names.size > MOST_COLUMNS) throw new SqlError(1117, 'Too many columns')
  for (const column of [...primaryKey, ...keys.flatMap((key) => key.columns)])
    if (!names.has(column.toLowerCase())) throw new SqlError(1072, `Key column '${column}' doesn't exist in table`)
}
