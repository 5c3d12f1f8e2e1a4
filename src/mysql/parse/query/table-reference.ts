/** What FROM names: tables, derived tables and their joins (sql_yacc.yy of MySQL 8.0: table_reference). */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { names, tableName } from '../parts.ts'
import type { DerivedTable, Join, TableExpression } from '../syntax.ts'

export function tableReferences(c: Cursor): TableExpression {
  let left = joined(c)
  while (c.takeSymbol(',')) left = join('inner', left, joined(c))
  return left
}

function join(type: Join['type'], left: TableExpression, right: TableExpression, on: Partial<Join> = {}): Join {
  return { kind: 'join', type, left, right, on: undefined, using: undefined, natural: false, straight: false, ...on }
}

function joined(c: Cursor): TableExpression {
  let left = tableFactor(c)
  for (;;) {
    if (c.takeWord('NATURAL')) {
      const side = c.takeOne('LEFT', 'RIGHT')
      if (side === undefined) c.takeWord('INNER')
      else c.takeWord('OUTER')
      c.expectWord('JOIN')
      const type = side === 'LEFT' ? 'left' : side === 'RIGHT' ? 'right' : 'inner'
      left = join(type, left, tableFactor(c), { natural: true })
    } else if (c.isWord('LEFT') || c.isWord('RIGHT')) {
      const type = c.next().upper === 'LEFT' ? 'left' : 'right'
      c.takeWord('OUTER')
      c.expectWord('JOIN')
      // `a LEFT JOIN b JOIN c ON .. ON ..`: the inner join belongs to the right side.
      const right = tableFactor(c)
      left = join(type, left, right, condition(c, true))
    } else if (c.isWord('INNER') || c.isWord('CROSS') || c.isWord('JOIN') || c.isWord('STRAIGHT_JOIN')) {
      const straight = c.takeWord('STRAIGHT_JOIN')
      if (!straight) {
        if (!c.takeWord('INNER')) c.takeWord('CROSS')
        c.expectWord('JOIN')
      }
      left = join('inner', left, tableFactor(c), { ...condition(c, false), straight })
    } else return left
  }
}

function condition(c: Cursor, required: boolean): Partial<Join> {
  if (c.takeWord('ON')) return { on: c.expression() }
  if (c.takeWord('USING')) return { using: names(c) }
  if (required) throw c.error()
  return {}
}

function tableFactor(c: Cursor): TableExpression {
  const lateral = c.takeWord('LATERAL')
  if (c.isSymbol('(')) return parenthesisedTable(c, lateral)
  if (c.isWord('JSON_TABLE')) throw new SqlError(0, 'JSON_TABLE is not supported here')
  const table = tableName(c)
  const alias = tableAlias(c)
  return { ...table, alias, hints: hints(c) }
}

function parenthesisedTable(c: Cursor, lateral: boolean): TableExpression {
  const derived = opensQuery(c)
    ? c.isSymbol('(', 1)
      ? c.attempt(() => derivedTable(c, lateral))
      : derivedTable(c, lateral)
    : undefined
  if (derived !== undefined) return derived
  c.expectSymbol('(')
  const inner = c.nested(() => tableReferences(c))
  c.expectSymbol(')')
  return inner
}

function opensQuery(c: Cursor): boolean {
  let ahead = 0
  while (c.isSymbol('(', ahead)) ahead++
  const { kind, upper } = c.peek(ahead)
  return kind === 'word' && ['SELECT', 'WITH', 'TABLE', 'VALUES'].includes(upper)
}

function derivedTable(c: Cursor, lateral: boolean): DerivedTable {
  c.expectSymbol('(')
  const query = c.nested(() => c.query())
  c.expectSymbol(')')
  const alias = tableAlias(c)
  if (alias === undefined) throw new SqlError(1248, 'Every derived table must have its own alias')
  const columns = c.isSymbol('(') ? names(c) : []
  return { kind: 'derived', query, alias, columns, lateral }
}

function tableAlias(c: Cursor): string | undefined {
  if (c.takeWord('AS')) return c.name()
  return c.isName() ? c.name() : undefined
}

/** USE INDEX and its like: nothing follows but that the indexes are there. */
function hints(c: Cursor): string[] {
  const found: string[] = []
  while ((c.isWord('USE') || c.isWord('FORCE') || c.isWord('IGNORE')) && /^(INDEX|KEY)$/.test(c.peek(1).upper)) {
    c.next()
    c.next()
    if (c.takeWord('FOR') && !c.takeWord('JOIN')) {
      if (c.takeOne('ORDER', 'GROUP') === undefined) throw c.error()
      c.expectWord('BY')
    }
    c.expectSymbol('(')
    if (!c.isSymbol(')'))
      do found.push(c.takeWord('PRIMARY') ? 'PRIMARY' : c.name())
      while (c.takeSymbol(','))
    c.expectSymbol(')')
  }
  return found
}
