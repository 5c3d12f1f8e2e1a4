/** Expressions in a row, with commas between them. */
import type { Cursor } from './cursor.ts'
import type { Expression, OrderTerm } from './syntax.ts'

export function expressionList(c: Cursor): Expression[] {
  const items = [c.expression()]
  while (c.takeSymbol(',')) items.push(c.expression())
  return items
}

export function orderTerms(c: Cursor): OrderTerm[] {
  const terms: OrderTerm[] = []
  do {
    const expression = c.expression()
    const descending = c.takeWord('DESC')
    if (!descending) c.takeWord('ASC')
    terms.push({ expression, descending })
  } while (c.takeSymbol(','))
  return terms
}
