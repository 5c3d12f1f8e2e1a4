/**
 * What a reasoning model thinks aloud, by the brackets that stand around it. A model whose brackets are missing here
 * gets a row in the table, and a line in test/policies/thinking.test.ts.
 */

/** Words between brackets: `<think>`, `[THINK]`, `◁think▷`, `<|begin_of_thought|>`, `<seed:think>`, in any case. */
const NAMES = [
  ...['think', 'thinking', 'thought', 'thoughts', 'reason', 'reasoning', 'reflection', 'reflect', 'analysis'],
  ...['scratchpad', 'inner_monologue', 'inner_thoughts', 'internal', 'longcat_think', 'antthinking', 'cot'],
  ...['chain_of_thought', 'think_fast', 'think_slow', 'reasoning_content', 'thinking_process'],
]
const NAME = `(?:[a-z]{1,12}:)?(?:${NAMES.join('|')})`
const OPENED = `(?:(?:begin|start)_(?:of_)?)?${NAME}`
const CLOSED = `(?:/[ ]?${NAME}|end_(?:of_)?${NAME})`

/** Where thinking begins, and where it ends. Every repetition is bounded: any text is read in linear time. */
const BRACKETS: readonly { readonly open: string; readonly close: string }[] = [
  { open: `<\\|?${OPENED}(?:[ ][^<>\\n]{0,80})?\\|?>`, close: `<\\|?${CLOSED}\\|?>` },
  { open: `\\[${OPENED}\\]`, close: `\\[${CLOSED}\\]` },
  { open: `\\{${OPENED}\\}`, close: `\\{${CLOSED}\\}` },
  { open: `\u25C1${OPENED}\u25B7`, close: `\u25C1${CLOSED}\u25B7` },
  { open: `\uFF1C${OPENED}\uFF1E`, close: `\uFF1C${CLOSED}\uFF1E` },
  // gpt-oss: channels, the last of which is for others; the same where a server dropped its special tokens.
  {
    open: '<\\|channel\\|>[ ]?(?:analysis|commentary)\\b',
    close: '<\\|channel\\|>[ ]?final\\b[^<\\n]{0,40}<\\|message\\|>',
  },
  { open: '^(?:analysis|commentary)(?=[A-Z])', close: 'assistantfinal' },
  // Gemma's channels and MedGemma's unused tokens.
  { open: '<\\|channel>[ ]?thought\\b', close: '<channel\\|>' },
  { open: '<unused94>', close: '<unused95>' },
  // Granite says it in words.
  { open: '^Here is my thought process:', close: '^Here is my response:' },
]

const OPENS = BRACKETS.map(({ open }) => open).join('|')
const MARK = new RegExp(`(${OPENS})|(?:${BRACKETS.map(({ close }) => close).join('|')})`, 'gim')

/**
 * The parts of a reply that are for others, as places in it. An end without a beginning ends what stands before it (chat
 * templates write the beginning); a beginning without an end was cut off while thinking.
 */
function spoken(text: string): readonly (readonly [from: number, to: number])[] {
  let parts: [number, number][] = []
  let from: number | undefined = 0
  for (const mark of text.matchAll(MARK)) {
    if (mark[1] === undefined) {
      if (from !== undefined) parts = [] // all of it was thinking
      from = mark.index + mark[0].length
    } else {
      if (from !== undefined) parts.push([from, mark.index])
      from = undefined
    }
  }
  if (from !== undefined) parts.push([from, text.length])
  return parts
}

/** A reply without what was thought aloud. */
export function withoutThinking(text: string): string {
  return spoken(text)
    .map(([from, to]) => text.slice(from, to))
    .join('')
}

/** A reply up to the first of the texts that should have ended it; those within its thinking do not. */
export function cutAtStop(text: string, stops: readonly string[]): string {
  let end = text.length
  for (const stop of stops) {
    if (stop === '' || !text.includes(stop)) continue
    for (const [from, to] of spoken(text)) {
      const at = text.indexOf(stop, from)
      if (at !== -1 && at < to) end = Math.min(end, at)
    }
  }
  return text.slice(0, end)
}
