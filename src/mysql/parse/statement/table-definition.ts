/** CREATE TABLE as mysqldump and agents write it: columns with MySQL's types, keys and foreign keys; options are skipped. */

import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { parseExpression } from '../expression/expression.ts'
import { names, parseQuery, tableName } from '../query/query.ts'
import type { ColumnDefinition, NamedTable, Query, TableDefinition } from '../syntax.ts'

interface Keys {
  primaryKey: readonly string[]
  readonly keys: { name: string; columns: readonly string[]; unique: boolean }[]
  readonly foreignKeys: { columns: readonly string[]; table: string; references: readonly string[] }[]
}

/** After CREATE TABLE. */
export function parseTableDefinition(c: Cursor): TableDefinition {
  const ifNotExists = c.takeWord('IF', 'NOT', 'EXISTS')
  const { database, name } = tableName(c)
  const columns: ColumnDefinition[] = []
  const keys: Keys = { primaryKey: [], keys: [], foreignKeys: [] }
  let query: Query | undefined
  let like: NamedTable | undefined
  if (c.takeWord('LIKE')) like = tableName(c)
  else if (c.takeSymbol('(')) {
    if (c.takeWord('LIKE')) like = tableName(c)
    else
      do if (!keyDefinition(c, keys)) columns.push(columnDefinition(c))
      while (c.takeSymbol(','))
    c.expectSymbol(')')
    options(c)
  }
  if (c.takeWord('AS') || c.isWord('SELECT')) query = parseQuery(c)
  if (columns.length === 0 && query === undefined && like === undefined)
    throw new SqlError(1113, 'A table must have at least 1 column')
  const inline = columns.filter(({ primary }) => primary).map((column) => column.name)
  const primaryKey = keys.primaryKey.length > 0 ? keys.primaryKey : inline
  const unique = columns
    .filter((column) => column.unique)
    .map((column) => ({ name: column.name, columns: [column.name], unique: true }))
  return {
    database,
    name,
    ifNotExists,
    columns: columns.map((column) => (primaryKey.includes(column.name) ? { ...column, nullable: false } : column)),
    primaryKey,
    keys: [...keys.keys, ...unique],
    foreignKeys: keys.foreignKeys,
    query,
    like,
  }
}

function options(c: Cursor): void {
  while (!c.atEnd() && !c.isSymbol(';') && !c.isWord('AS') && !c.isWord('SELECT')) c.next()
}

function keyDefinition(c: Cursor, found: Keys): boolean {
  const constraint = c.takeWord('CONSTRAINT')
  const named = constraint && c.isName() ? c.name() : undefined
  if (c.takeWord('PRIMARY')) {
    c.expectWord('KEY')
    found.primaryKey = keyParts(c)
    return true
  }
  if (c.takeWord('FOREIGN')) {
    c.expectWord('KEY')
    if (c.isName()) c.name()
    const columns = names(c)
    found.foreignKeys.push({ columns, ...references(c) })
    return true
  }
  if (c.takeWord('CHECK')) {
    c.expectSymbol('(')
    parseExpression(c)
    c.expectSymbol(')')
    return true
  }
  const unique = c.takeWord('UNIQUE')
  const other = unique ? undefined : c.takeOne('FULLTEXT', 'SPATIAL')
  const key = c.takeOne('KEY', 'INDEX')
  if (!unique && key === undefined) {
    if (constraint) throw c.error()
    return false
  }
  const name = c.isName() ? c.name() : named
  const columns = keyParts(c)
  if (other === undefined) found.keys.push({ name: name ?? columns[0] ?? '', columns, unique })
  return true
}

function keyParts(c: Cursor): string[] {
  if (c.takeWord('USING')) c.next()
  c.expectSymbol('(')
  const columns: string[] = []
  do {
    columns.push(c.name())
    if (c.takeSymbol('(')) {
      c.next()
      c.expectSymbol(')')
    }
    if (!c.takeWord('ASC')) c.takeWord('DESC')
  } while (c.takeSymbol(','))
  c.expectSymbol(')')
  if (c.takeWord('USING')) c.next()
  return columns
}

function references(c: Cursor): { table: string; references: readonly string[] } {
  c.expectWord('REFERENCES')
  const { name } = tableName(c)
  const columns = c.isSymbol('(') ? names(c) : []
  while (c.takeWord('ON')) {
    c.next()
    if (c.takeWord('SET')) c.next()
    else if (c.takeWord('NO')) c.next()
    else c.next()
  }
  return { table: name, references: columns }
}

const SYNONYMS: Readonly<Record<string, string>> = {
  INTEGER: 'int',
  NUMERIC: 'decimal',
  DEC: 'decimal',
  FIXED: 'decimal',
  REAL: 'double',
  CHARACTER: 'char',
  BOOL: 'tinyint(1)',
  BOOLEAN: 'tinyint(1)',
  INT4: 'int',
  INT8: 'bigint',
}
const TYPES = new Set(
  'TINYINT SMALLINT MEDIUMINT INT BIGINT DECIMAL FLOAT DOUBLE BIT CHAR VARCHAR TINYTEXT TEXT MEDIUMTEXT LONGTEXT BINARY VARBINARY TINYBLOB BLOB MEDIUMBLOB LONGBLOB DATE DATETIME TIMESTAMP TIME YEAR ENUM SET JSON'.split(
    ' ',
  ),
)

/** A column with its type and attributes. */
export function columnDefinition(c: Cursor): ColumnDefinition {
  const name = c.name()
  const type = columnType(c)
  let nullable = true
  let primary = false
  let unique = false
  let autoIncrement = false
  let initial: string | undefined
  for (;;) {
    if (c.takeWord('NOT', 'NULL')) nullable = false
    else if (c.takeWord('NULL')) nullable = true
    else if (c.takeWord('DEFAULT')) initial = defaultValue(c)
    else if (c.takeWord('ON', 'UPDATE')) defaultValue(c)
    else if (c.takeWord('AUTO_INCREMENT')) autoIncrement = true
    else if (c.takeWord('PRIMARY')) {
      c.takeWord('KEY')
      primary = true
    } else if (c.takeWord('UNIQUE')) {
      c.takeWord('KEY')
      unique = true
    } else if (c.takeWord('KEY')) primary = true
    else if (c.takeWord('COMMENT') || c.takeWord('COLLATE') || c.takeWord('CHARSET')) c.next()
    else if (c.takeWord('CHARACTER')) {
      c.expectWord('SET')
      c.next()
    } else if (c.isWord('REFERENCES')) references(c)
    else if (c.takeWord('CHECK')) {
      c.expectSymbol('(')
      parseExpression(c)
      c.expectSymbol(')')
    } else break
  }
  return { name, type, nullable: nullable && !primary, primary, unique, autoIncrement, default: initial }
}

function columnType(c: Cursor): string {
  const word = c.token
  if (word.kind !== 'word') throw c.error()
  let type = SYNONYMS[word.upper] ?? word.text.toLowerCase()
  if (SYNONYMS[word.upper] === undefined && !TYPES.has(word.upper)) throw c.error()
  c.next()
  if (word.upper === 'DOUBLE') c.takeWord('PRECISION')
  if (c.takeSymbol('(')) {
    const parts: string[] = []
    do {
      const part = c.next()
      if (part.kind !== 'number' && part.kind !== 'string') throw c.error(part)
      parts.push(part.kind === 'string' ? `'${part.text}'` : part.text)
    } while (c.takeSymbol(','))
    c.expectSymbol(')')
    // MySQL 8.0.19 forgot the display width of integers, but for tinyint(1).
    if (!/int$/.test(type) || (type === 'tinyint' && parts[0] === '1')) type += `(${parts.join(',')})`
  } else if (type === 'decimal') type = 'decimal(10,0)'
  else if (type === 'char' || type === 'binary' || type === 'bit') type += '(1)'
  if (c.takeWord('UNSIGNED')) type += ' unsigned'
  c.takeWord('SIGNED')
  c.takeWord('ZEROFILL')
  return type
}

/** A literal's text; CURRENT_TIMESTAMP and the like stay words. */
function defaultValue(c: Cursor): string | undefined {
  const minus = c.takeSymbol('-') ? '-' : ''
  const parenthesised = c.takeSymbol('(')
  const token = c.next()
  if (token.kind === 'word' && c.takeSymbol('(')) {
    if (c.token.kind === 'number') c.next()
    c.expectSymbol(')')
  }
  if (parenthesised) c.expectSymbol(')')
  if (token.kind === 'word') return token.upper === 'NULL' ? undefined : token.upper
  if (token.kind !== 'string' && token.kind !== 'number') throw c.error(token)
  return minus + token.text
}
