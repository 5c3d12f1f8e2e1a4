/**
 * The reply format shared by every policy, `Thought: ... Action: ...`. `parseReply` reads it as IPR's wrapper does
 * (WeiminXiong/IPR, envs/webshop_env.py: `re.compile(r"Action: (.*)", re.DOTALL)` on the stripped reply, first match).
 * `actionPart` is for language models, which hardly ever keep to it to the letter. Both take any text, in linear time.
 */
import { withoutThinking } from './thinking.ts'

const MARK = 'Action: '

/** All text after the first `Action: `, ends trimmed; undefined where there is none (IPR: "Invalid format"). */
export function parseReply(text: string): string | undefined {
  const reply = text.trim()
  const at = reply.indexOf(MARK)
  return at === -1 ? undefined : reply.slice(at + MARK.length)
}

/** What a SQL statement starts with. No action of WebShop does: those have brackets after one word. */
const STATEMENT = /^(?:SELECT|SHOW|DESCRIBE|DESC|WITH)\s/

/**
 * The reply that `parseReply` reads back, for a thought that does not contain the mark. A SQL statement stands in a
 * fenced block, as in IPR's examples for InterCode-SQL; what is read back is the block, which its environment takes too.
 */
export function writeReply(thought: string, action: string): string {
  const said = STATEMENT.test(action) ? `\n\`\`\`sql\n${action}\n\`\`\`` : action
  return `Thought: ${thought}\n${MARK}${said}`
}

/** Characters of a reply that are read. A reply is a few hundred long; behind this nobody means an action. */
export const MOST_READ = 20_000
/** Thinking aloud included, which may be long. */
const MOST_HEARD = 200_000

export interface ActionPart {
  /** Whether the reply says where its action begins. */
  readonly marked: boolean
  /** From there to the next thought, action or made-up observation; the whole reply where nothing is marked. */
  readonly text: string
}

// Every repetition is bounded: otherwise a page of spaces would be read once for each of them.
const DECORATION = '[ \\t>*_#"\'`{,-]{0,8}'
const COLON = '[ \\t*_"\'`]{0,6}[:\uFF1A][*_]{0,3}'
const LABEL = new RegExp(`^${DECORATION}(thought|action|observation)[ \\t]{0,4}\\d{0,3}${COLON}`, 'gim')
const ACTION_ANYWHERE = new RegExp(`\\baction${COLON}`, 'i')

/**
 * Where a language model says what it does: behind the first `Action:` that has something behind it, in any case, bold
 * or numbered, at the start of a line if there is one such; or in the field `action` of a JSON object. What a reasoning
 * model thinks aloud (thinking.ts) does not count.
 */
export function actionPart(reply: string): ActionPart {
  const text = withoutThinking(reply.slice(0, MOST_HEARD)).slice(0, MOST_READ).trim()
  const field = actionField(text)
  if (field !== undefined) return { marked: true, text: field.trim() }
  let from: number | undefined
  LABEL.lastIndex = 0
  for (let label = LABEL.exec(text); label !== null; label = LABEL.exec(text)) {
    if (from !== undefined) {
      const part = text.slice(from, label.index).trim()
      if (part !== '') return { marked: true, text: part }
    }
    from = label[1]?.toLowerCase() === 'action' ? LABEL.lastIndex : undefined
  }
  if (from !== undefined) return { marked: true, text: text.slice(from).trim() }
  const inside = ACTION_ANYWHERE.exec(text)
  if (inside === null) return { marked: false, text }
  return { marked: true, text: text.slice(inside.index + inside[0].length).trim() }
}

function actionField(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    const { action } = JSON.parse(text) as { action?: unknown }
    return typeof action === 'string' ? action : undefined
  } catch {
    return undefined
  }
}

/** Without the quotation marks, back-quotes or asterisks that stand around all of it. */
export function bare(text: string): string {
  let said = text.trim()
  for (let layer = 0; layer < 4; layer++) {
    const [first, last] = [said[0], said.at(-1)]
    const pair = said.length > 1 && first !== undefined && PAIRS[first] === last
    if (!pair) break
    said = said.slice(1, -1).trim()
  }
  return said
}

const PAIRS: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '*': '*',
  '\u201C': '\u201D',
  '\u2018': '\u2019',
}
