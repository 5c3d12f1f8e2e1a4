/** Data definition: CREATE, DROP and ALTER of tables, CREATE and DROP of views. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { tableName } from '../parts.ts'
import type { Write } from '../statement-syntax.ts'
import { columnDefinition } from './column-definition.ts'
import { parseTableDefinition } from './table-definition.ts'
import { createView, dropView } from './view-definition.ts'

export function create(c: Cursor): Write {
  c.next()
  const view = createView(c)
  if (view !== undefined) return view
  c.takeWord('TEMPORARY')
  if (c.takeWord('TABLE')) return { kind: 'create-table', table: parseTableDefinition(c) }
  const what = c.token.upper
  if (c.atEnd()) throw c.error()
  throw new SqlError(0, `CREATE ${what} is not run here`)
}

export function drop(c: Cursor): Write {
  c.next()
  if (c.takeWord('VIEW')) return dropView(c)
  c.takeWord('TEMPORARY')
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

export function alter(c: Cursor): Write {
  c.next()
  if (!c.takeWord('TABLE')) {
    if (c.atEnd()) throw c.error()
    throw new SqlError(0, `ALTER ${c.token.upper} is not run here`)
  }
  const table = tableName(c)
  if (c.takeWord('ADD')) {
    if (/^(PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|FULLTEXT|SPATIAL|CHECK)$/.test(c.token.upper))
      throw new SqlError(0, 'ALTER TABLE cannot add keys here')
    c.takeWord('COLUMN')
    const column = columnDefinition(c)
    if (c.takeWord('AFTER')) c.name()
    else c.takeWord('FIRST')
    return { kind: 'alter-table', table, change: { kind: 'add', column } }
  }
  if (c.takeWord('DROP')) {
    c.takeWord('COLUMN')
    return { kind: 'alter-table', table, change: { kind: 'drop', column: c.name() } }
  }
  if (c.takeWord('RENAME')) {
    if (c.takeWord('COLUMN')) {
      const column = c.name()
      c.expectWord('TO')
      return { kind: 'alter-table', table, change: { kind: 'rename', column, to: c.name() } }
    }
    if (!c.takeWord('TO')) c.takeWord('AS')
    return { kind: 'alter-table', table, change: { kind: 'rename-table', to: c.name() } }
  }
  throw new SqlError(0, 'This change of a table is not supported here')
}
