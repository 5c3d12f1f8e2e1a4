/** ALTER TABLE, and what other statements say the same: CREATE INDEX, DROP INDEX, RENAME TABLE. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { tableName } from '../parts.ts'
import type { Position, TableChange, Write } from '../statement-syntax.ts'
import { checkConstraint, columnDefinition } from './column-definition.ts'
import { keyDefinition, keyOver } from './key-definition.ts'

type Alter = Extract<Write, { readonly kind: 'alter-table' }>

/** At ALTER. */
export function alter(c: Cursor): Write {
  c.next()
  c.takeOne('ONLINE', 'OFFLINE', 'IGNORE')
  if (!c.takeWord('TABLE')) {
    if (c.atEnd()) throw c.error()
    throw new SqlError(0, `ALTER ${c.token.upper} is not run here`)
  }
  c.takeWord('IF', 'EXISTS')
  const table = tableName(c)
  const changes: TableChange[] = []
  do changes.push(...changesHere(c))
  while (c.takeSymbol(','))
  if (c.isWord('PARTITION')) c.skipStatement()
  return { kind: 'alter-table', table, changes }
}

function changesHere(c: Cursor): TableChange[] {
  const first = c.token
  if (c.takeWord('ADD')) return added(c)
  if (c.takeWord('DROP')) return [dropped(c)]
  if (c.takeWord('MODIFY')) {
    c.takeWord('COLUMN')
    const column = columnDefinition(c)
    return [{ kind: 'change', name: column.name, column, after: position(c) }]
  }
  if (c.takeWord('CHANGE')) {
    c.takeWord('COLUMN')
    return [{ kind: 'change', name: c.name(), column: columnDefinition(c), after: position(c) }]
  }
  if (c.takeWord('ALTER')) {
    c.takeWord('COLUMN')
    return defaulted(c)
  }
  if (c.takeWord('RENAME')) return [renamed(c)]
  return option(c, first.upper)
}

function added(c: Cursor): TableChange[] {
  if (checkConstraint(c)) return []
  const key = c.isWord('COLUMN') ? undefined : keyDefinition(c)
  if (key?.kind === 'primary') return [{ kind: 'add-primary', columns: key.columns }]
  if (key?.kind === 'foreign') return [{ kind: 'add-foreign', key: key.key }]
  if (key !== undefined) return [{ kind: 'add-key', key: key.key }]
  if (c.isWord('PARTITION')) throw new SqlError(0, 'Partitions are not kept here')
  c.takeWord('COLUMN')
  c.takeWord('IF', 'NOT', 'EXISTS')
  if (!c.takeSymbol('(')) return [{ kind: 'add', column: columnDefinition(c), after: position(c) }]
  const columns: TableChange[] = []
  do columns.push({ kind: 'add', column: columnDefinition(c), after: undefined })
  while (c.takeSymbol(','))
  c.expectSymbol(')')
  return columns
}

function dropped(c: Cursor): TableChange {
  if (c.takeWord('PRIMARY', 'KEY')) return { kind: 'drop-primary' }
  if (c.takeWord('FOREIGN', 'KEY')) return { kind: 'drop-foreign', name: c.name() }
  if (c.takeOne('INDEX', 'KEY') !== undefined) return { kind: 'drop-key', name: c.name() }
  if (c.takeOne('CHECK', 'CONSTRAINT', 'PARTITION') !== undefined)
    throw new SqlError(0, 'This change of a table is not supported here')
  c.takeWord('COLUMN')
  c.takeWord('IF', 'EXISTS')
  const column = c.name()
  if (!c.takeWord('CASCADE')) c.takeWord('RESTRICT')
  return { kind: 'drop', column }
}

function defaulted(c: Cursor): TableChange[] {
  const column = c.name()
  if (c.takeWord('DROP', 'DEFAULT')) return [{ kind: 'default', column, value: undefined }]
  if (!c.takeWord('SET', 'DEFAULT')) throw new SqlError(0, 'This change of a table is not supported here')
  const minus = c.takeSymbol('-') ? '-' : ''
  const token = c.next()
  if (token.kind !== 'string' && token.kind !== 'number' && token.upper !== 'NULL') throw c.error(token)
  return [{ kind: 'default', column, value: token.upper === 'NULL' ? undefined : minus + token.text }]
}

function renamed(c: Cursor): TableChange {
  if (c.takeWord('COLUMN')) {
    const column = c.name()
    c.expectWord('TO')
    return { kind: 'rename', column, to: c.name() }
  }
  if (c.takeOne('INDEX', 'KEY') !== undefined) {
    const name = c.name()
    c.expectWord('TO')
    return { kind: 'rename-key', name, to: c.name() }
  }
  if (!c.takeWord('TO') && !c.takeWord('AS')) c.takeSymbol('=')
  const { database, name } = tableName(c)
  return { kind: 'rename-table', database, to: name }
}

/** Options of a table that change nothing here. */
function option(c: Cursor, word: string): TableChange[] {
  if (/^(ENABLE|DISABLE)$/.test(word)) {
    c.next()
    c.expectWord('KEYS')
    return []
  }
  if (word === 'CONVERT' || word === 'ORDER' || word === 'FORCE') {
    while (!c.atEnd() && !c.isSymbol(',') && !c.isSymbol(';')) c.next()
    return []
  }
  const known =
    /^(ENGINE|AUTO_INCREMENT|COMMENT|DEFAULT|CHARSET|CHARACTER|COLLATE|ROW_FORMAT|KEY_BLOCK_SIZE|PACK_KEYS|STATS_\w+|ALGORITHM|LOCK|CHECKSUM|AVG_ROW_LENGTH|MAX_ROWS|MIN_ROWS|PAGE_CHECKSUM|TRANSACTIONAL)$/
  if (!known.test(word)) {
    if (c.atEnd() || c.token.kind !== 'word') throw c.error()
    throw new SqlError(0, 'This change of a table is not supported here')
  }
  while (!c.atEnd() && !c.isSymbol(',') && !c.isSymbol(';')) c.next()
  return []
}

function position(c: Cursor): Position {
  if (c.takeWord('FIRST')) return 'first'
  return c.takeWord('AFTER') ? { column: c.name() } : undefined
}

/** After CREATE: `[UNIQUE|FULLTEXT|SPATIAL] INDEX name ON table (columns)`; undefined where something else is created. */
export function createdIndex(c: Cursor): Alter | undefined {
  const ahead = /^(UNIQUE|FULLTEXT|SPATIAL)$/.test(c.token.upper) ? 1 : 0
  if (c.peek(ahead).upper !== 'INDEX') return undefined
  const unique = c.takeWord('UNIQUE')
  const kind = unique ? undefined : c.takeOne('FULLTEXT', 'SPATIAL')
  c.expectWord('INDEX')
  c.takeWord('IF', 'NOT', 'EXISTS')
  const name = c.name()
  if (c.takeWord('USING')) c.next()
  c.expectWord('ON')
  const table = tableName(c)
  const key = keyOver(c, name, unique, kind)
  while (c.takeOne('ALGORITHM', 'LOCK') !== undefined) {
    c.takeSymbol('=')
    c.next()
  }
  return { kind: 'alter-table', table, changes: [{ kind: 'add-key', key }] }
}

/** After DROP INDEX. */
export function droppedIndex(c: Cursor): Alter {
  c.takeWord('IF', 'EXISTS')
  const name = c.name()
  c.expectWord('ON')
  const table = tableName(c)
  return {
    kind: 'alter-table',
    table,
    changes: [name.toUpperCase() === 'PRIMARY' ? { kind: 'drop-primary' } : { kind: 'drop-key', name }],
  }
}

/** At RENAME. */
export function renamedTable(c: Cursor): Alter {
  c.next()
  if (!c.takeWord('TABLE')) throw new SqlError(0, `RENAME ${c.token.upper} is not run here`)
  const table = tableName(c)
  c.expectWord('TO')
  const { database, name } = tableName(c)
  if (c.isSymbol(',')) throw new SqlError(0, 'RENAME TABLE renames one table at a time here')
  return { kind: 'alter-table', table, changes: [{ kind: 'rename-table', database, to: name }] }
}
