/**
 * What stands between an agent's words and the database, and between its answers and the agent: IPR's wrapper
 * (WeiminXiong/IPR @93335a3). Each rule is an option, for upstream's own environment has none of them.
 */

import { pythonList } from './python-text.ts'
import type { SqlAnswer } from './types.ts'

export interface SqlWrapper {
  /** Only the first line of a statement counts (default true, as IPR). */
  readonly firstLineOnly: boolean
  /** Characters of an observation, then `...` (default 350, as IPR; InterCode's own experiments cut at 1,000 or 500). */
  readonly observationLimit: number
  /** The word `submit` anywhere in an action submits (default true, as IPR); otherwise only an action that is `submit`. */
  readonly submitAnywhere: boolean
}

export const IPR_WRAPPER: SqlWrapper = { firstLineOnly: true, observationLimit: 350, submitAnywhere: true }

export type SqlAction =
  | { readonly kind: 'submit' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'sql'; readonly sql: string }
  | { readonly kind: 'unclear' }

/** IPR says so at length after what it cannot read, and after statements that give no rows. */
export const UNCLEAR =
  'That was not understood. Answer with "Thought:" and then "Action:", where the action is either one SQL statement in a fenced block that starts with ```sql, all of it on the first line of the block, or the word submit when the last result answers the question.'

const STATEMENT =
  /^\(*\s*(SELECT|SHOW|DESCRIBE|DESC|EXPLAIN|WITH|USE|INSERT|REPLACE|UPDATE|DELETE|CREATE|DROP|ALTER|TRUNCATE|SET|TABLE|VALUES)\b/i

/** Reads an action: `submit`, `skip`, a fenced block, or bare SQL. A thought and the word `Action:` may stand before it. */
export function readAction(text: string, wrapper: SqlWrapper): SqlAction {
  const mark = text.lastIndexOf('Action:')
  const action = (mark < 0 ? text : text.slice(mark + 'Action:'.length)).trim()
  if (action === 'skip') return { kind: 'skip' }
  if (wrapper.submitAnywhere ? action.includes('submit') : /^submit\b/.test(action)) return { kind: 'submit' }
  const fence = action.indexOf('```sql')
  if (fence < 0) return STATEMENT.test(action) ? statement(action, wrapper) : { kind: 'unclear' }
  const rest = action.slice(fence + '```sql'.length)
  const close = rest.indexOf('```')
  return statement(close < 0 ? rest : rest.slice(0, close), wrapper)
}

function statement(block: string, { firstLineOnly }: SqlWrapper): SqlAction {
  const trimmed = block.trim()
  const sql = firstLineOnly ? (trimmed.split('\n', 1)[0] ?? '').trim() : trimmed
  return sql === '' ? { kind: 'unclear' } : { kind: 'sql', sql }
}

/** What the agent reads. */
export function observationOf(answer: SqlAnswer, { observationLimit }: SqlWrapper): string {
  switch (answer.kind) {
    case 'said':
      return answer.text
    case 'none':
      return UNCLEAR
    case 'error':
      return cut(`Error executing query: ${answer.message}\n`, observationLimit)
    case 'rows': {
      // Rows behind the limit need not be put together.
      const shown: string[] = []
      let length = 0
      for (const tuple of answer.result.tuples) {
        if (length > observationLimit) break
        shown.push(tuple)
        length += tuple.length
      }
      return cut(pythonList(shown), observationLimit)
    }
  }
}

function cut(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit)}...` : text
}
