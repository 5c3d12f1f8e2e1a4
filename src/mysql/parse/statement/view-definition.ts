/** CREATE [OR REPLACE] VIEW, and DROP VIEW. */
import type { Cursor } from '../cursor.ts'
import { names, tableName } from '../parts.ts'
import type { Write } from '../statement-syntax.ts'

/** After CREATE; undefined where no view is made. */
export function createView(c: Cursor): Write | undefined {
  const replace = c.takeWord('OR', 'REPLACE')
  let options = false
  for (;;) {
    if (c.takeWord('ALGORITHM')) {
      c.expectSymbol('=')
      if (c.takeOne('UNDEFINED', 'MERGE', 'TEMPTABLE') === undefined) throw c.error()
    } else if (c.isWord('DEFINER') && c.isSymbol('=', 1)) {
      c.next()
      c.next()
      // user@host, which the tokens have as a name and a variable.
      c.next()
      if (c.token.kind === 'variable') c.next()
    } else if (c.takeWord('SQL', 'SECURITY')) c.next()
    else break
    options = true
  }
  if (!c.takeWord('VIEW')) {
    if (replace || options) throw c.error()
    return undefined
  }
  const view = tableName(c)
  const columns = c.isSymbol('(') ? names(c) : []
  c.expectWord('AS')
  const start = c.token.start
  const query = c.query()
  const sql = c.source.slice(start, c.last?.end)
  if (c.takeWord('WITH')) {
    if (!c.takeWord('CASCADED')) c.takeWord('LOCAL')
    c.expectWord('CHECK')
    c.expectWord('OPTION')
  }
  return { kind: 'create-view', view, replace, columns, query, sql }
}

/** After DROP VIEW. */
export function dropView(c: Cursor): Write {
  const ifExists = c.takeWord('IF', 'EXISTS')
  const views = [tableName(c)]
  while (c.takeSymbol(',')) views.push(tableName(c))
  if (!c.takeWord('CASCADE')) c.takeWord('RESTRICT')
  return { kind: 'drop-view', views, ifExists }
}
