/** What stands behind OVER, and in a WINDOW clause. */
import type { Cursor } from '../cursor.ts'
import { expressionList, orderTerms } from '../parts.ts'
import type { Expression, OrderTerm, WindowDefinition } from '../syntax.ts'

export function overClause(c: Cursor): WindowDefinition {
  if (c.isName()) return { name: c.name(), partition: [], order: [], frame: undefined }
  c.expectSymbol('(')
  const definition = windowDefinition(c)
  c.expectSymbol(')')
  return definition
}

/** What stands inside the parentheses of a window. */
export function windowDefinition(c: Cursor): WindowDefinition {
  const name = c.isName() ? c.name() : undefined
  let partition: Expression[] = []
  if (c.takeWord('PARTITION')) {
    c.expectWord('BY')
    partition = expressionList(c)
  }
  let order: OrderTerm[] = []
  if (c.takeWord('ORDER')) {
    c.expectWord('BY')
    order = orderTerms(c)
  }
  const frame = c.isWord('ROWS') || c.isWord('RANGE') ? frameClause(c) : undefined
  return { name, partition, order, frame }
}

function frameClause(c: Cursor): string {
  const unit = c.next().upper
  if (!c.takeWord('BETWEEN')) return `${unit} ${frameBound(c)}`
  const start = frameBound(c)
  c.expectWord('AND')
  return `${unit} BETWEEN ${start} AND ${frameBound(c)}`
}

function frameBound(c: Cursor): string {
  if (c.takeWord('CURRENT', 'ROW')) return 'CURRENT ROW'
  const amount = c.takeWord('UNBOUNDED') ? 'UNBOUNDED' : /^\d{1,9}$/.test(c.token.text) ? c.next().text : undefined
  const side = c.takeOne('PRECEDING', 'FOLLOWING')
  if (amount === undefined || side === undefined) throw c.error()
  return `${amount} ${side}`
}
