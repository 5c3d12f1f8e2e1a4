/** Keys, foreign keys and checks of CREATE TABLE. */
import type { Cursor } from '../cursor.ts'
import { names, tableName } from '../parts.ts'

export interface Keys {
  primaryKey: readonly string[]
  readonly keys: { name: string; columns: readonly string[]; unique: boolean }[]
  readonly foreignKeys: { columns: readonly string[]; table: string; references: readonly string[] }[]
}

export function keyDefinition(c: Cursor, found: Keys): boolean {
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
    c.expression()
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

export function keyParts(c: Cursor): string[] {
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

export function references(c: Cursor): { table: string; references: readonly string[] } {
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
