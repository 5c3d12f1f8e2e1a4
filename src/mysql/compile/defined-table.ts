/** The table that a CREATE TABLE makes. */
import type { TableDefinition } from '../parse/statement-syntax.ts'
import type { SqlTable } from '../schema.ts'
import { DEFAULT_COLLATION } from '../values/collations.ts'

/** Names of tables are lower case (lower_case_table_names=1). */
export function definedTable(definition: TableDefinition, database: string): SqlTable {
  return {
    database: database.toLowerCase(),
    name: definition.name.toLowerCase(),
    columns: definition.columns.map(({ name, type, nullable, autoIncrement, collation, ...column }) => ({
      name,
      type,
      nullable,
      autoIncrement,
      default: column.default,
      plain: false,
      ...(collation === undefined || collation === DEFAULT_COLLATION ? {} : { collation }),
    })),
    primaryKey: definition.primaryKey,
    keys: [
      ...definition.keys,
      ...definition.foreignKeys
        .filter(
          ({ columns: [first] }) =>
            !definition.keys.some(({ columns }) => columns[0] === first) && definition.primaryKey[0] !== first,
        )
        .map(({ columns }) => ({ name: columns[0] ?? '', columns, unique: false })),
    ],
    foreignKeys: definition.foreignKeys,
    size: 0,
  }
}
