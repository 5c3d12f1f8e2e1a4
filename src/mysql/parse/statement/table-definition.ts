/** CREATE TABLE as mysqldump and people write it: columns, keys and foreign keys; options are skipped. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { collationName, tableName } from '../parts.ts'
import type { ColumnDefinition, TableDefinition } from '../statement-syntax.ts'
import type { NamedTable, Query } from '../syntax.ts'
import { checkConstraint, columnDefinition } from './column-definition.ts'
import { type KeyDefinition, keyDefinition } from './key-definition.ts'

/** After CREATE TABLE. */
export function parseTableDefinition(c: Cursor): TableDefinition {
  const ifNotExists = c.takeWord('IF', 'NOT', 'EXISTS')
  const { database, name } = tableName(c)
  const columns: ColumnDefinition[] = []
  const keys: KeyDefinition[] = []
  let query: Query | undefined
  let like: NamedTable | undefined
  let { collation, comment }: Options = {}
  if (c.takeWord('LIKE')) like = tableName(c)
  else if (c.takeSymbol('(')) {
    if (c.takeWord('LIKE')) like = tableName(c)
    else
      do {
        if (checkConstraint(c)) continue
        const key = keyDefinition(c)
        if (key === undefined) columns.push(columnDefinition(c))
        else keys.push(key)
      } while (c.takeSymbol(','))
    c.expectSymbol(')')
    ;({ collation, comment } = options(c))
  }
  if (c.takeWord('AS') || c.isWord('SELECT')) query = c.query()
  if (columns.length === 0 && query === undefined && like === undefined)
    throw new SqlError(1113, 'A table must have at least 1 column')
  const inline = columns.filter(({ primary }) => primary).map((column) => column.name)
  const primary = keys.find(({ kind }) => kind === 'primary')
  const primaryKey = primary?.kind === 'primary' ? primary.columns : inline
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
    keys: [...keys.flatMap((each) => (each.kind === 'key' ? [each.key] : [])), ...unique],
    foreignKeys: keys.flatMap((each) => (each.kind === 'foreign' ? [each.key] : [])),
    comment,
    query,
    like,
  }
}

interface Options {
  readonly collation?: string | undefined
  readonly comment?: string | undefined
}

/** Of all options only the collation and the comment are kept; partitions are none. */
function options(c: Cursor): Options {
  let collation: string | undefined
  let comment: string | undefined
  while (!c.atEnd() && !c.isSymbol(';') && !c.isWord('AS') && !c.isWord('SELECT'))
    if (c.takeWord('COLLATE')) {
      c.takeSymbol('=')
      collation = collationName(c)
    } else if (c.isWord('COMMENT') && comment === undefined) {
      c.next()
      c.takeSymbol('=')
      comment = c.next().text
    } else c.next()
  return { collation, comment }
}
