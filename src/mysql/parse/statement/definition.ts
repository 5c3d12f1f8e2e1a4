/** Data definition: CREATE, DROP and ALTER of tables, CREATE and DROP of views. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { tableName } from '../parts.ts'
import type { Write } from '../statement-syntax.ts'
import { createdIndex, droppedIndex } from './alter-table.ts'
import { parseTableDefinition } from './table-definition.ts'
import { createView, dropView } from './view-definition.ts'

export function create(c: Cursor): Write {
  c.next()
  const view = createView(c)
  if (view !== undefined) return view
  c.takeWord('TEMPORARY')
  if (c.takeWord('TABLE')) return { kind: 'create-table', table: parseTableDefinition(c) }
  const index = createdIndex(c)
  if (index !== undefined) return index
  const what = c.token.upper
  if (c.atEnd()) throw c.error()
  throw new SqlError(0, `CREATE ${what} is not run here`)
}

export function drop(c: Cursor): Write {
  c.next()
  if (c.takeWord('VIEW')) return dropView(c)
  c.takeWord('TEMPORARY')
  if (c.takeWord('INDEX')) return droppedIndex(c)
  if (!c.takeWord('TABLE') && !c.takeWord('TABLES')) {
    if (c.atEnd()) throw c.error()
    throw new SqlError(0, `DROP ${c.token.upper} is not run here`)
  }
  const ifExists = c.takeWord('IF', 'EXISTS')
  const tables = [tableName(c)]
  while (c.takeSymbol(',')) tables.push(tableName(c))
  if (!c.takeWord('CASCADE')) c.takeWord('RESTRICT')
  return { kind: 'drop-table', tables, ifExists }
}
