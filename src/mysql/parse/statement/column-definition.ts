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
  INT1: 'tinyint',
  INT2: 'smallint',
  INT3: 'mediumint',
  INT4: 'int',
  INT8: 'bigint',
  MIDDLEINT: 'mediumint',
  FLOAT4: 'float',
  FLOAT8: 'double',
  VARCHARACTER: 'varchar',
  NVARCHAR: 'varchar',
  NCHAR: 'char',
  SERIAL: 'bigint unsigned',
  INET4: 'varchar(15)',
  INET6: 'varchar(39)',
  UUID: 'char(36)',
}

const TYPES = new Set(
  'TINYINT SMALLINT MEDIUMINT INT BIGINT DECIMAL FLOAT DOUBLE BIT CHAR VARCHAR TINYTEXT TEXT MEDIUMTEXT LONGTEXT BINARY VARBINARY TINYBLOB BLOB MEDIUMBLOB LONGBLOB DATE DATETIME TIMESTAMP TIME YEAR ENUM SET JSON GEOMETRY POINT LINESTRING POLYGON MULTIPOINT MULTILINESTRING MULTIPOLYGON GEOMETRYCOLLECTION'.split(
    ' ',
  ),
)

/** A column with its type and attributes. */
export function columnDefinition(c: Cursor): ColumnDefinition {
  const name = c.name()
  const serial = c.isWord('SERIAL')
  const type = columnType(c)
  let nullable = !serial
  let primary = false
  let unique = serial
  let autoIncrement = serial
  let onUpdate = false
  let initial: string | undefined
  let collation: string | undefined
  let comment: string | undefined
  let generated: ColumnDefinition['generated']
  for (;;) {
    if (c.takeWord('NOT', 'NULL')) nullable = false
    else if (c.takeWord('NULL')) nullable = true
    else if (c.takeWord('DEFAULT')) initial = defaultValue(c, type)
    else if (c.takeWord('ON', 'UPDATE')) onUpdate = defaultValue(c, type) !== undefined
    else if (c.takeWord('AUTO_INCREMENT')) autoIncrement = true
    else if (c.takeWord('PRIMARY')) {
      c.takeWord('KEY')
      primary = true
    } else if (c.takeWord('UNIQUE')) {
      c.takeWord('KEY')
      unique = true
    } else if (c.takeWord('KEY')) primary = true
    else if (c.takeWord('COMMENT')) comment = c.next().text
    else if (c.takeWord('COLLATE')) collation = collationName(c)
    else if (c.takeWord('CHARSET') || c.takeWord('CHARACTER', 'SET')) collation ??= defaultCollation(charsetName(c))
    else if (c.takeWord('BINARY')) collation = 'utf8mb4_bin'
    else if (c.isWord('REFERENCES')) references(c)
    else if (c.takeWord('GENERATED', 'ALWAYS', 'AS') || c.takeWord('AS')) generated = generatedAs(c)
    else if (!checkConstraint(c) && !passedOver(c)) break
  }
  return {
    ...{ name, type, nullable: nullable && !primary, primary, unique, autoIncrement, default: initial },
    ...(collation === undefined ? {} : { collation }),
    ...(comment === undefined ? {} : { comment }),
    ...(generated === undefined ? {} : { generated }),
    ...(onUpdate ? { onUpdate } : {}),
  }
}

function generatedAs(c: Cursor): ColumnDefinition['generated'] {
  const expression = parenthesised(c)
  const kind = c.takeOne('VIRTUAL', 'STORED', 'PERSISTENT')
  return { expression, stored: kind === 'STORED' || kind === 'PERSISTENT' }
}

/** CHECK with its name, of columns and of tables. What it asks is not asked here. */
export function checkConstraint(c: Cursor): boolean {
  const named = c.isWord('CONSTRAINT')
  const ahead = named ? (c.peek(1).upper === 'CHECK' ? 1 : 2) : 0
  if (c.peek(ahead).kind !== 'word' || c.peek(ahead).upper !== 'CHECK') return false
  for (let i = 0; i <= ahead; i++) c.next()
  parenthesised(c)
  if (!c.takeWord('NOT', 'ENFORCED')) c.takeWord('ENFORCED')
  return true
}

/** Attributes that say nothing of what a column holds. */
function passedOver(c: Cursor): boolean {
  if (c.takeOne('VISIBLE', 'INVISIBLE', 'COMPRESSED') !== undefined) return true
  if (c.takeWord('WITHOUT', 'SYSTEM', 'VERSIONING') || c.takeWord('WITH', 'SYSTEM', 'VERSIONING')) return true
  if (c.takeOne('COLUMN_FORMAT', 'STORAGE', 'SRID', 'REF_SYSTEM_ID', 'ENGINE_ATTRIBUTE') === undefined) return false
  c.takeSymbol('=')
  c.next()
  return true
}

/** What stands in parentheses, as it is written. */
export function parenthesised(c: Cursor): string {
  c.expectSymbol('(')
  const start = c.token.start
  let end = start
  for (let depth = 1; ; ) {
    if (c.atEnd()) throw c.error()
    if (c.isSymbol('(')) depth++
    else if (c.isSymbol(')') && --depth === 0) break
    end = c.next().end
  }
  c.next()
  return c.source.slice(start, end)
}

function columnType(c: Cursor): string {
  const word = c.token
  if (word.kind !== 'word') throw c.error()
  let type = SYNONYMS[word.upper] ?? word.text.toLowerCase()
  if (SYNONYMS[word.upper] === undefined && !TYPES.has(word.upper)) throw c.error()
  c.next()
  if (word.upper === 'DOUBLE') c.takeWord('PRECISION')
  if (type === 'char' && c.takeWord('VARYING')) type = 'varchar'
  if (c.takeSymbol('(')) {
    const parts: string[] = []
    do {
      const part = c.next()
      if (part.kind !== 'number' && part.kind !== 'string') throw c.error(part)
      parts.push(part.kind === 'string' ? `'${part.text.replaceAll("'", "''")}'` : part.text)
    } while (c.takeSymbol(','))
    c.expectSymbol(')')
    // MySQL 8.0.19 forgot the display width of integers, but for tinyint(1).
    if (!/int$|^year$/.test(type) || (type === 'tinyint' && parts[0] === '1')) type += `(${parts.join(',')})`
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

/** A literal's text; CURRENT_TIMESTAMP for all its names; undefined for NULL and for expressions that are no literal. */
function defaultValue(c: Cursor, type: string): string | undefined {
  if (c.isSymbol('(')) {
    const inner = /^[+-]?\d+(?:\.\d+)?$|^'(?:[^']|'')*'$/.exec(parenthesised(c))?.[0]
    return inner?.replace(/^'|'$/g, '').replaceAll("''", "'")
  }
  const minus = c.takeSymbol('-') ? '-' : ''
  c.takeSymbol('+')
  if (c.token.kind === 'word' && c.token.text.startsWith('_') && c.peek(1).kind === 'string') c.next()
  const token = c.next()
  if (token.kind === 'word') {
    if (c.isSymbol('(')) parenthesised(c)
    if (/^(CURRENT_TIMESTAMP|NOW|LOCALTIME|LOCALTIMESTAMP)$/.test(token.upper)) return 'CURRENT_TIMESTAMP'
    if (token.upper === 'TRUE' || token.upper === 'FALSE') return token.upper === 'TRUE' ? '1' : '0'
    return undefined
  }
  if (token.kind === 'hex') return hexValue(token.text, type)
  if (token.kind !== 'string' && token.kind !== 'number') throw c.error(token)
  return minus + token.text
}

/** X'4D' as what a column of a type keeps: a number, or text. */
export function hexValue(digits: string, type: string): string {
  const even = digits.length % 2 === 0 ? digits : `0${digits}`
  if (/^(\w*int|decimal|float|double|bit|year)\b/.test(type)) return even === '' ? '0' : String(BigInt(`0x${even}`))
  const bytes = Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // No text: each byte is a character.
    return String.fromCharCode(...bytes)
  }
}
