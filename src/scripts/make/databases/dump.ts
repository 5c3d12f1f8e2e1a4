/** Writes databases as mysqldump does (8.0, utf8mb4_general_ci), so that one loader reads ours and the official file. */
import type { Cell, Table } from './model.ts'

const COLLATION = 'utf8mb4_general_ci'

const isText = (type: string): boolean => type === 'text' || type.startsWith('varchar')

function columnLine(name: string, type: string, inKey: boolean): string {
  const nullness = inKey ? 'NOT NULL' : type === 'text' ? '' : 'DEFAULT NULL'
  return ['', `\`${name}\``, type, isText(type) ? `COLLATE ${COLLATION}` : '', nullness]
    .filter((part, i) => i === 0 || part !== '')
    .join(' ')
    .replace(/^ /, '  ')
}

function createTable({ name, columns, key, refs }: Table, keyOf: (table: string) => string): string {
  const quoted = (names: readonly string[]): string => names.map((column) => `\`${column}\``).join(',')
  const lines = Object.entries(columns).map(([column, type]) => columnLine(column, type, key.includes(column)))
  if (key.length > 0) lines.push(`  PRIMARY KEY (${quoted(key)})`)
  Object.entries(refs).forEach(([column, target], i) => {
    lines.push(
      `  CONSTRAINT \`${name}_fk_${i + 1}\` FOREIGN KEY (\`${column}\`) REFERENCES \`${target}\` (\`${keyOf(target)}\`)`,
    )
  })
  return `CREATE TABLE \`${name}\` (\n${lines.join(',\n')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=${COLLATION};`
}

function cellText(cell: Cell, type: string): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'string')
    return `'${cell.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
  const places = /^decimal\(\d+,(\d+)\)$/.exec(type)?.[1]
  return places === undefined ? String(cell) : cell.toFixed(Number(places))
}

function insertRows({ name, columns, rows }: Table): string {
  const types = Object.values(columns)
  const written = rows.map((row) => {
    if (row.length !== types.length) throw new Error(`a row of ${name} has ${row.length} cells, not ${types.length}`)
    return `(${row.map((cell, i) => cellText(cell, types[i] ?? '')).join(',')})`
  })
  return `INSERT INTO \`${name}\` VALUES\n${written.join(',\n')};`
}

/** One database: parents before children, so that foreign keys hold while loading. */
export function dumpDatabase(name: string, tables: readonly Table[]): string {
  const keyOf = (target: string): string => {
    const key = tables.find((table) => table.name === target)?.key
    if (key?.length !== 1) throw new Error(`${name}.${target} needs a key of one column to be referred to`)
    return key[0] as string // the length has just been looked at
  }
  return [
    '--',
    `-- Database: ${name}`,
    '--',
    `CREATE DATABASE IF NOT EXISTS \`${name}\` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE ${COLLATION} */;`,
    `USE \`${name}\`;`,
    // so that loading it a second time can drop parents before children
    '/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;',
    ...tables.flatMap((table) => [
      '',
      `DROP TABLE IF EXISTS \`${table.name}\`;`,
      createTable(table, keyOf),
      ...(table.rows.length > 0 ? [insertRows(table)] : []),
    ]),
    '',
    '/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;',
    '',
  ].join('\n')
}
