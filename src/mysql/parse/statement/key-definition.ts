/** Keys, foreign keys and checks of CREATE TABLE and ALTER TABLE. */
import type { SqlForeignKey, SqlKey } from '../../schema.ts'
import type { Cursor } from '../cursor.ts'
import { names, tableName } from '../parts.ts'

export type KeyDefinition =
  | { readonly kind: 'primary'; readonly columns: readonly string[] }
  | { readonly kind: 'key'; readonly key: SqlKey }
  | { readonly kind: 'foreign'; readonly key: SqlForeignKey }

/** Undefined where no key is defined. */
export function keyDefinition(c: Cursor): KeyDefinition | undefined {
  const constraint = c.takeWord('CONSTRAINT')
  const named = constraint && c.isName() ? c.name() : undefined
  if (c.takeWord('PRIMARY')) {
    c.expectWord('KEY')
    return { kind: 'primary', columns: keyParts(c).columns }
  }
  if (c.takeWord('FOREIGN')) {
    c.expectWord('KEY')
    const own = c.isName() ? c.name() : undefined
    const columns = names(c)
    return { kind: 'foreign', key: { name: named ?? own, columns, ...references(c) } }
  }
  const unique = c.takeWord('UNIQUE')
  const kind = unique ? undefined : c.takeOne('FULLTEXT', 'SPATIAL')
  const word = c.takeOne('KEY', 'INDEX')
  if (!unique && kind === undefined && word === undefined) {
    if (constraint) throw c.error()
    return undefined
  }
  const name = c.isName() && !c.isWord('USING') ? c.name() : named
  return { kind: 'key', key: keyOver(c, name, unique, kind) }
}

/** The columns of a key that has a name, with its options. */
export function keyOver(c: Cursor, name: string | undefined, unique: boolean, kind?: 'FULLTEXT' | 'SPATIAL'): SqlKey {
  const { columns, lengths } = keyParts(c)
  return {
    name: name ?? columns[0] ?? '',
    columns,
    unique,
    ...(kind === undefined ? {} : { kind }),
    ...(lengths.every((length) => length === undefined) ? {} : { lengths }),
  }
}

/** Of an expression in a key only the names of columns in it could be kept: it is none, and the key has no columns. */
function keyParts(c: Cursor) {
  if (c.takeWord('USING')) c.next()
  c.expectSymbol('(')
  const columns: string[] = []
  const lengths: (number | undefined)[] = []
  do {
    if (c.isSymbol('(')) skipParentheses(c)
    else {
      columns.push(c.name())
      lengths.push(c.isSymbol('(') ? length(c) : undefined)
    }
    if (!c.takeWord('ASC')) c.takeWord('DESC')
  } while (c.takeSymbol(','))
  c.expectSymbol(')')
  while (keyOption(c));
  return { columns, lengths }
}

function length(c: Cursor): number {
  c.expectSymbol('(')
  const { text } = c.next()
  c.expectSymbol(')')
  return Number(text)
}

function keyOption(c: Cursor): boolean {
  if (c.takeOne('VISIBLE', 'INVISIBLE', 'IGNORED') !== undefined || c.takeWord('NOT', 'IGNORED')) return true
  if (c.takeWord('WITH', 'PARSER') || c.takeOne('USING', 'COMMENT', 'KEY_BLOCK_SIZE') !== undefined) {
    c.takeSymbol('=')
    c.next()
    return true
  }
  return false
}

function skipParentheses(c: Cursor): void {
  let depth = 0
  do {
    if (c.atEnd()) throw c.error()
    if (c.isSymbol('(')) depth++
    else if (c.isSymbol(')')) depth--
    c.next()
  } while (depth > 0)
}

export function references(c: Cursor): Pick<SqlForeignKey, 'table' | 'references' | 'onDelete' | 'onUpdate'> {
  c.expectWord('REFERENCES')
  const { name } = tableName(c)
  const columns = c.isSymbol('(') ? names(c) : []
  if (c.takeWord('MATCH')) c.next()
  let onDelete: string | undefined
  let onUpdate: string | undefined
  while (c.takeWord('ON')) {
    const deletes = c.next().upper === 'DELETE'
    const first = c.next().upper
    const rule = first === 'SET' || first === 'NO' ? `${first} ${c.next().upper}` : first
    const shown = rule === 'NO ACTION' ? undefined : rule
    if (deletes) onDelete = shown
    else onUpdate = shown
  }
  return { table: name, references: columns, onDelete, onUpdate }
}
