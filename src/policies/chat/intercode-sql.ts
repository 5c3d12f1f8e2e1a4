/** InterCode-SQL for a chat agent: one statement in a fenced block, or `submit`, read from whatever a model writes. */
import { IPR_WRAPPER, readAction } from '../../environments/intercode-sql/wrapper.ts'
import { actionPart, bare } from '../reply.ts'
import example from './example-intercode-sql.json' with { type: 'json' }
import type { ChatStyle } from './style.ts'

const FENCE = '```'
/** The language behind a fence, if one is named. */
const LANGUAGE = /^[ \t]{0,4}(?:(?:my|sqlite|postgre)?sql|sqlite)?[ \t]{0,4}(?:\n|(?=\S))/i
/** ReAct's form in InterCode: `execute[SELECT 1]`. */
const EXECUTE = /^(?:execute|query|sql|run)[ \t]{0,2}[[(]/i
const SUBMIT = /^submit\b/i

/**
 * The first action: the statement without its fence, or `submit`. What is there but is neither is passed on as it is
 * (IPR: the word submit in it submits, anything else is not understood).
 */
export function readSqlAction(reply: string): string {
  const { marked, text } = actionPart(reply)
  const block = fenced(text)
  if (block !== undefined) return block === '' ? '' : SUBMIT.test(block) ? 'submit' : statement(block)
  const said = bare(text)
  if (SUBMIT.test(said) && (marked || said.length < 12)) return 'submit'
  const call = EXECUTE.exec(said)
  if (call !== null) {
    const end = said.lastIndexOf(call[0].endsWith('(') ? ')' : ']')
    const inner = bare(said.slice(call[0].length, end < call[0].length ? undefined : end))
    return inner === '' ? '' : statement(inner)
  }
  if (isStatement(said)) return paragraph(said)
  return marked ? said : ''
}

/** What stands in the first fenced block; a block without an end goes to the end. */
function fenced(text: string): string | undefined {
  const start = text.indexOf(FENCE)
  if (start < 0) return undefined
  const rest = text.slice(start + FENCE.length)
  const end = rest.indexOf(FENCE)
  return (end < 0 ? rest : rest.slice(0, end)).replace(LANGUAGE, '').trim()
}

/** Bare where the environment knows it for a statement, else in the fence that makes it one. */
function statement(sql: string): string {
  return isStatement(sql) ? sql : `${FENCE}sql\n${sql}\n${FENCE}`
}

function isStatement(text: string): boolean {
  return readAction(text, { ...IPR_WRAPPER, submitAnywhere: false }).kind === 'sql'
}

/** Up to the first blank line: what a model says after its statement is none of it. */
function paragraph(text: string): string {
  const end = /\n[ \t]{0,8}\n/.exec(text)
  return end === null ? text : text.slice(0, end.index)
}

export const SQL_STYLE: ChatStyle = {
  example,
  read: {
    tolerant: readSqlAction,
    'as-ipr': (reply) => {
      const at = reply.indexOf('Action:')
      return at < 0 ? '' : reply.slice(at + 'Action:'.length).trim()
    },
  },
  noAction: undefined,
}
