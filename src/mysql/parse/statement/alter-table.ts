/** ALTER TABLE, and the statements that are short for it: CREATE INDEX, DROP INDEX, RENAME TABLE. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { tableName } from '../parts.ts'
import type { TableChange, Write } from '../statement-syntax.ts'
import { columnDefinition } from './column-definition.ts'
import { type Keys, keyDefinition, keyParts } from './key-definition.ts'

export function alter(c: Cursor): Write {
  c.next()
  if (!c.takeWord('TABLE')) {
    if (c.atEnd()) throw c.error()
    throw new SqlError(0, `ALTER ${c.token.upper} is not run here`)
  }
  const table = tableName(c)
  const changes: TableChange[] = []
  do changes.push(...change(c))
  while (c.takeSymbol(','))
  return { kind: 'alter-table', table, changes }
}

function change(c: Cursor): readonly TableChange[] {
  if (c.takeWord('ADD')) return added(c)
  if (c.takeWord('DROP')) return [dropped(c)]
  if (c.takeWord('MODIFY')) {
    c.takeWord('COLUMN')
    const to = columnDefinition(c)
    place(c)
    return [{ kind: 'modify', column: to.name, to }]
  }
  if (c.takeWord('CHANGE')) {
    c.takeWord('COLUMN')
    const column = c.name()
    const to = columnDefinition(c)
    place(c)
    return [
      { kind: 'rename', column, to: to.name },
      { kind: 'modify', column: to.name, to },
    ]
  }
  if (c.takeWord('RENAME')) {
    if (c.takeWord('COLUMN')) {
      const column = c.name()
      c.expectWord('TO')
      return [{ kind: 'rename', column, to: c.name() }]
    }
    if (!c.takeWord('TO')) c.takeWord('AS')
    return [{ kind: 'rename-table', to: tableName(c) }]
  }
  throw new SqlError(0, 'This change of a table is not supported here')
}

function added(c: Cursor): readonly TableChange[] {
  const keys: Keys = { primaryKey: [], keys: [], foreignKeys: [] }
  if (keyDefinition(c, keys))
    return [
      ...(keys.primaryKey.length > 0 ? [{ kind: 'add-primary-key', columns: keys.primaryKey } as const] : []),
      ...keys.keys.map((key) => ({ kind: 'add-key', key }) as const),
      ...keys.foreignKeys.map((key) => ({ kind: 'add-foreign-key', key }) as const),
    ]
  c.takeWord('COLUMN')
  if (c.takeSymbol('(')) {
    const columns: TableChange[] = []
    do columns.push({ kind: 'add', column: columnDefinition(c), after: undefined })
    while (c.takeSymbol(','))
    c.expectSymbol(')')
    return columns
  }
  const column = columnDefinition(c)
  return [{ kind: 'add', column, after: place(c) }]
}

/** AFTER a column, FIRST (''), or nothing. */
function place(c: Cursor): string | undefined {
  if (c.takeWord('AFTER')) return c.name()
  return c.takeWord('FIRST') ? '' : undefined
}

function dropped(c: Cursor): TableChange {
  if (c.takeWord('PRIMARY')) {
    c.expectWord('KEY')
    return { kind: 'drop-key', name: 'PRIMARY' }
  }
  if (c.takeOne('INDEX', 'KEY') !== undefined) return { kind: 'drop-key', name: c.name() }
  if (c.isWord('FOREIGN') || c.isWord('CONSTRAINT') || c.isWord('CHECK'))
    throw new SqlError(0, 'Constraints cannot be dropped here')
  c.takeWord('COLUMN')
  return { kind: 'drop', column: c.name() }
}

/** After CREATE; undefined where no index is made. */
export function createIndex(c: Cursor): Write | undefined {
  const unique = c.isWord('UNIQUE', 'INDEX')
  if (unique) c.next()
  if (!c.takeWord('INDEX')) return undefined
  const name = c.name()
  if (c.takeWord('USING')) c.next()
  c.expectWord('ON')
  const table = tableName(c)
  return { kind: 'alter-table', table, changes: [{ kind: 'add-key', key: { name, columns: keyParts(c), unique } }] }
}

/** After DROP INDEX. */
export function dropIndex(c: Cursor): Write {
  const name = c.name()
  c.expectWord('ON')
  return { kind: 'alter-table', table: tableName(c), changes: [{ kind: 'drop-key', name }] }
}

/** After RENAME. */
export function renameTable(c: Cursor): Write {
  c.expectWord('TABLE')
  const table = tableName(c)
  c.expectWord('TO')
  const to = tableName(c)
  if (c.isSymbol(',')) throw new SqlError(0, 'Only one table is renamed at once here')
  return { kind: 'alter-table', table, changes: [{ kind: 'rename-table', to }] }
}
