/** SHOW CREATE TABLE. */
import type { SqlTable } from '../schema.ts'
import type { ResultSet } from '../values/result-set.ts'
import { textColumns } from './text-columns.ts'

export function showCreateTable(table: SqlTable): ResultSet {
  const lines = table.columns.map(({ name, type, nullable, autoIncrement, default: initial }) => {
    // TEXT and BLOB take no default, and are shown without one.
    const empty = nullable && !/text|blob/.test(type) ? ' DEFAULT NULL' : ''
    const value = initial === undefined ? empty : ` DEFAULT '${initial}'`
    return `  \`${name}\` ${type}${nullable ? '' : ' NOT NULL'}${autoIncrement ? ' AUTO_INCREMENT' : value}`
  })
  const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(',')
  if (table.primaryKey.length > 0) lines.push(`  PRIMARY KEY (${list(table.primaryKey)})`)
  for (const { name, columns, unique } of table.keys)
    lines.push(`  ${unique ? 'UNIQUE ' : ''}KEY \`${name}\` (${list(columns)})`)
  for (const { columns, table: other, references } of table.foreignKeys)
    lines.push(`  FOREIGN KEY (${list(columns)}) REFERENCES \`${other.toLowerCase()}\` (${list(references)})`)
  const create = `CREATE TABLE \`${table.name}\` (\n${lines.join(',\n')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci`
  return { columns: textColumns('Table', 'Create Table'), rows: [[table.name, create]] }
}
