/** WebShop for a chat agent: `search[keywords]` and `click[value]`, read from whatever a language model writes. */
import { actionPart, bare, parseReply } from '../reply.ts'
import example from './example-webshop.json' with { type: 'json' }
import type { ChatStyle } from './style.ts'

/** An action within a marked part, and at the start of a line of a reply that marks nothing. */
const CALL = /\b(search|click)[ \t]{0,2}([[(])/i
const LINE_CALL = /^[ \t>*"'`-]{0,8}(search|click)[ \t]{0,2}(\[)/im

/** Characters of what is passed on although it is no action. */
const MOST_WORDS = 500

/**
 * The first action, in the form that the environment reads: name in lower case, argument without quotation marks.
 * `search[` without its end, or with nothing in it, is passed on as it is (upstream: nothing happens). An argument ends
 * at the first bracket, or at the last one with which the shop takes it: the names of some buttons have brackets.
 */
export function readShopAction(reply: string, takes?: (action: string) => boolean): string {
  const { marked, text } = actionPart(reply)
  const call = (marked ? CALL : LINE_CALL).exec(text)
  if (call === null) return marked ? firstLine(text) : ''
  const from = call.index + call[0].length
  const lineEnd = text.indexOf('\n', from)
  const line = text.slice(from, lineEnd === -1 ? undefined : lineEnd)
  const close = call[2] === '(' ? ')' : ']'
  const name = call[1]?.toLowerCase()
  const upTo = (end: number): string => `${name}[${bare(line.slice(0, end))}]`
  if (name === 'click' && takes !== undefined) {
    let tries = MOST_BRACKETS
    for (let end = line.lastIndexOf(close); end > 0 && tries-- > 0; end = line.lastIndexOf(close, end - 1))
      if (takes(upTo(end))) return upTo(end)
  }
  const end = line.indexOf(close)
  const argument = end === -1 ? '' : bare(line.slice(0, end))
  return argument === '' ? firstLine(text.slice(call.index)) : upTo(end)
}

/** Of a line, that are tried as the end of a name. */
const MOST_BRACKETS = 50

function firstLine(text: string): string {
  const words = text.trim().replace(/^`{1,3}/, '')
  const end = words.indexOf('\n')
  return (end === -1 ? words : words.slice(0, end)).slice(0, MOST_WORDS).trim()
}

export const WEBSHOP_STYLE: ChatStyle = {
  example,
  read: { tolerant: readShopAction, 'as-ipr': (reply) => parseReply(reply) ?? '' },
  // IPR, envs/webshop_env.py, to the letter: a model trained elsewhere knows it so.
  noAction: "Invalid format. The input must contains 'Action: '",
}
