/** Names, texts and tables in SQLite's words. One SQLite database holds the tables of all MySQL databases: `"world_1.city"`. */
import { type SqlTable, schemaKey } from '../schema.ts'
import { NOW } from '../values/moments.ts'
import { typeOfColumn } from '../values/value-type.ts'
import { sqliteCollation } from './collation-text.ts'

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll('\0', '')}"`
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`
}

/** A stored table's name in SQLite. */
export function tableSql({ database, name }: { readonly database: string; readonly name: string }): string {
  return quoteName(schemaKey(database, name))
}

/** CREATE TABLE and its indexes. Unique keys are indexes too; foreign keys are not enforced. */
export function createTableSql(table: SqlTable): string[] {
  const columns = table.columns.map(({ name, type, nullable, plain, collation, default: initial }) => {
    const { kind, binary } = typeOfColumn(type)
    const affinity =
      kind === 'int'
        ? 'INTEGER'
        : kind === 'decimal' || kind === 'double' || kind === 'float'
          ? 'REAL'
          : `TEXT COLLATE ${sqliteCollation({ binary, plain, collation })}`
    const value = initial === undefined ? '' : ` DEFAULT ${quoteText(initial === 'CURRENT_TIMESTAMP' ? NOW : initial)}`
    return `${quoteName(name)} ${affinity}${nullable ? '' : ' NOT NULL'}${value}`
  })
  const known = new Set(table.columns.map(({ name }) => name.toLowerCase()))
  const usable = (parts: readonly string[]) => parts.length > 0 && parts.every((part) => known.has(part.toLowerCase()))
  const index = (id: string, parts: readonly string[], unique: boolean) =>
    usable(parts)
      ? [
          `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoteName(`${table.database}.${table.name}.${id}`)} ON ${tableSql(table)} (${parts.map(quoteName).join(', ')})`,
        ]
      : []
  return [
    `CREATE TABLE ${tableSql(table)} (${columns.join(', ')})`,
    ...index('primary', table.primaryKey, true),
    ...table.keys.flatMap((key, i) => index(`key ${i}`, key.columns, key.unique)),
  ]
}
