/** One MySQL statement: a query, a look at the schema, a change of database, or a write. */
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import { cursorOver } from '../grammar.ts'
import { tableName } from '../parts.ts'
import type { Statement } from '../statement-syntax.ts'
import { alter, renamedTable } from './alter-table.ts'
import { create, drop } from './definition.ts'
import { insert, remove, update } from './manipulation.ts'
import { set } from './set.ts'
import { describe, show } from './show.ts'

/** Throws SqlError where the server would. */
export function parseStatement(source: string): Statement {
  const c = cursorOver(source)
  if (c.atEnd()) throw new SqlError(1065, 'Query was empty')
  const statement = read(c)
  if (c.takeSymbol(';')) {
    while (c.takeSymbol(';'));
    // The connector reads one result set.
    if (!c.atEnd()) throw new SqlError(0, 'Use multi=True when executing multiple statements')
  } else if (!c.atEnd()) throw c.error()
  return statement
}

function read(c: Cursor): Statement {
  if (c.isSymbol('(') || c.isWord('SELECT') || c.isWord('WITH') || c.isWord('TABLE') || c.isWord('VALUES'))
    return { kind: 'query', query: c.query() }
  const word = c.token.kind === 'word' ? c.token.upper : ''
  switch (word) {
    case 'SHOW':
      c.next()
      return show(c)
    case 'DESCRIBE':
    case 'DESC':
    case 'EXPLAIN':
      c.next()
      return describe(c)
    case 'USE':
      c.next()
      return { kind: 'use', database: c.name() }
    case 'SET':
      c.next()
      return set(c)
    case 'COMMIT':
    case 'ROLLBACK':
    case 'SAVEPOINT':
    case 'RELEASE':
    case 'BEGIN':
    case 'START':
    case 'UNLOCK':
    case 'LOCK':
    case 'FLUSH':
    case 'ANALYZE':
      c.skipStatement()
      return { kind: 'nothing' }
    case 'INSERT':
    case 'REPLACE':
      return insert(c)
    case 'UPDATE':
      return update(c)
    case 'DELETE':
      return remove(c)
    case 'CREATE':
      return create(c)
    case 'DROP':
      return drop(c)
    case 'TRUNCATE':
      c.next()
      c.takeWord('TABLE')
      return { kind: 'delete', table: tableName(c), from: undefined, where: undefined, order: [], limit: undefined }
    case 'ALTER':
      return alter(c)
    case 'RENAME':
      return renamedTable(c)
    case 'CALL':
    case 'GRANT':
    case 'REVOKE':
    case 'LOAD':
    case 'PREPARE':
    case 'EXECUTE':
    case 'DO':
    case 'HANDLER':
    case 'KILL':
    case 'OPTIMIZE':
    case 'INSTALL':
    case 'SHUTDOWN':
      throw new SqlError(0, `${word} statements are not run here`)
    default:
      throw c.error()
  }
}
