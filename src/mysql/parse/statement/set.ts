/** SET: variables of the user, the session and the server; character sets; transactions. */
import { CHARACTER_SETS } from '../../server/character-sets.ts'
import { SqlError } from '../../sql-error.ts'
import type { Cursor } from '../cursor.ts'
import type { SetVariables, Statement } from '../statement-syntax.ts'
import type { Expression } from '../syntax.ts'

type Assignment = SetVariables['variables'][number]

/** After SET. */
export function set(c: Cursor): Statement {
  if (c.atEnd()) throw c.error()
  if (c.isWord('PASSWORD') || c.isWord('ROLE') || c.isWord('DEFAULT') || c.isWord('RESOURCE'))
    throw new SqlError(0, `SET ${c.token.upper} is not run here`)
  if (
    c.isWord('TRANSACTION') ||
    (/^(GLOBAL|SESSION|LOCAL)$/.test(c.token.upper) && c.peek(1).upper === 'TRANSACTION')
  ) {
    c.skipStatement()
    return { kind: 'nothing' }
  }
  const variables: Assignment[] = []
  do variables.push(...assignment(c))
  while (c.takeSymbol(','))
  return { kind: 'set', variables }
}

function assignment(c: Cursor): Assignment[] {
  if (c.takeWord('NAMES')) return names(c)
  if (c.takeWord('CHARACTER', 'SET') || c.takeWord('CHARSET')) {
    const charset = characterSet(c)
    return ['character_set_client', 'character_set_results'].map((name) => session(name, charset))
  }
  const target = targetOf(c)
  if (!c.takeSymbol('=') && !c.takeSymbol(':=')) throw c.error()
  return [{ ...target, value: valueGiven(c, target.scope === 'user') }]
}

function targetOf(c: Cursor): Pick<Assignment, 'name' | 'scope'> {
  if (c.token.kind === 'variable') {
    const { text } = c.next()
    if (!text.startsWith('@@')) return { name: text, scope: 'user' }
    const [, scope, name = ''] = /^@@(?:(global|session|local|persist|persist_only)\.)?(.*)$/is.exec(text) ?? []
    return { name, scope: scopeOf(scope) }
  }
  const word = c.takeOne('GLOBAL', 'SESSION', 'LOCAL', 'PERSIST', 'PERSIST_ONLY')
  return { name: c.name(), scope: scopeOf(word) }
}

function scopeOf(word: string | undefined): 'session' | 'global' {
  return word === undefined || /^(session|local)$/i.test(word) ? 'session' : 'global'
}

/** An expression; of the server's variables also a bare word (`ON`, `utf8mb4`), or DEFAULT. */
function valueGiven(c: Cursor, user: boolean): Expression | undefined {
  const ends = (ahead: number) => c.peek(ahead).kind === 'end' || c.isSymbol(',', ahead) || c.isSymbol(';', ahead)
  if (!user && c.token.kind === 'word' && ends(1)) {
    if (c.takeWord('DEFAULT')) return undefined
    if (!/^(TRUE|FALSE|NULL)$/.test(c.token.upper)) return { kind: 'string', value: c.next().text }
  }
  return c.expression()
}

function names(c: Cursor): Assignment[] {
  const charset = characterSet(c)
  const collation = c.takeWord('COLLATE')
    ? c.next().text
    : CHARACTER_SETS.find(({ name }) => name === charset)?.collation
  return [
    ...['character_set_client', 'character_set_connection', 'character_set_results'].map((name) =>
      session(name, charset),
    ),
    session('collation_connection', collation ?? charset),
  ]
}

function characterSet(c: Cursor): string {
  const token = c.next()
  if (token.kind === 'word' && token.upper === 'DEFAULT') return 'utf8mb4'
  if (token.kind !== 'word' && token.kind !== 'string') throw c.error(token)
  const written = token.text.toLowerCase()
  const name = written === 'utf8' ? 'utf8mb3' : written
  if (!CHARACTER_SETS.some((each) => each.name === name))
    throw new SqlError(1115, `Unknown character set: '${token.text}'`)
  return name
}

function session(name: string, value: string): Assignment {
  return { name, scope: 'session', value: { kind: 'string', value } }
}
