/** A column of CREATE TABLE or ALTER TABLE: its type under the name that MySQL shows, and its attributes. */
import type { Cursor } from '../cursor.ts'
import { charsetName, collationName } from '../parts.ts'
import type { ColumnDefinition } from '../statement-syntax.ts'
import { references } from './key-definition.ts'

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
  let collation: string | undefined
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
    else if (c.takeWord('COMMENT')) c.next()
    else if (c.takeWord('COLLATE')) collation = collationName(c)
    else if (c.takeWord('CHARSET') || c.takeWord('CHARACTER', 'SET')) collation ??= defaultCollation(charsetName(c))
    else if (c.takeWord('BINARY')) collation = 'utf8mb4_bin'
    else if (c.isWord('REFERENCES')) references(c)
    else if (c.takeWord('CHECK')) {
      c.expectSymbol('(')
      c.expression()
      c.expectSymbol(')')
    } else break
  }
  const definition = { name, type, nullable: nullable && !primary, primary, unique, autoIncrement, default: initial }
  return collation === undefined ? definition : { ...definition, collation }
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

/** What a character set's texts compare under where COLLATE says nothing; undefined for that of utf8mb4 here. */
export function defaultCollation(charset: string): string | undefined {
  return charset === 'binary' ? 'utf8mb4_bin' : undefined
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
