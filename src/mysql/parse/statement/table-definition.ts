/** CREATE TABLE as mysqldump and people write it: columns, keys and foreign keys; options are skipped. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { collationName, tableName } from '../parts.ts'
import type { ColumnDefinition, TableDefinition } from '../statement-syntax.ts'
import type { NamedTable, Query } from '../syntax.ts'
import { columnDefinition } from './column-definition.ts'
import { type Keys, keyDefinition } from './key-definition.ts'

/** After CREATE TABLE. */
export function parseTableDefinition(c: Cursor): TableDefinition {
  const ifNotExists = c.takeWord('IF', 'NOT', 'EXISTS')
  const { database, name } = tableName(c)
  const columns: ColumnDefinition[] = []
  const keys: Keys = { primaryKey: [], keys: [], foreignKeys: [] }
  let query: Query | undefined
  let like: NamedTable | undefined
  let collation: string | undefined
  if (c.takeWord('LIKE')) like = tableName(c)
  else if (c.takeSymbol('(')) {
    if (c.takeWord('LIKE')) like = tableName(c)
    else
      do if (!keyDefinition(c, keys)) columns.push(columnDefinition(c))
      while (c.takeSymbol(','))
    c.expectSymbol(')')
    collation = options(c)
  }
  if (c.takeWord('AS') || c.isWord('SELECT')) query = c.query()
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
    columns: columns.map((column) => ({
      ...(collation === undefined ? {} : { collation }),
      ...column,
      nullable: column.nullable && !primaryKey.includes(column.name),
    })),
    primaryKey,
    keys: [...keys.keys, ...unique],
    foreignKeys: keys.foreignKeys,
    query,
    like,
  }
}

/** Of all options only the collation is kept. */
function options(c: Cursor): string | undefined {
  let collation: string | undefined
  while (!c.atEnd() && !c.isSymbol(';') && !c.isWord('AS') && !c.isWord('SELECT'))
    if (c.takeWord('COLLATE')) {
      c.takeSymbol('=')
      collation = collationName(c)
    } else c.next()
  return collation
}
