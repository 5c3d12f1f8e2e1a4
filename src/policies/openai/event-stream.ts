/** An answer that comes in pieces (server-sent events), put together to the one that was asked for. */

type Fields = Record<string, unknown>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})

export function isEventStream(contentType: string | null, body: string): boolean {
  return /text\/event-stream/i.test(contentType ?? '') || /^\s*(?:data|event|id|retry)?:/.test(body.slice(0, 200))
}

/**
 * @param parse reads the JSON of one piece, and throws where it is none
 * @returns undefined where it broke off before its end
 */
export function joinedEvents(body: string, parse: (text: string) => unknown): unknown {
  let content = ''
  let finish: unknown
  let usage: unknown
  let done = false
  const message: Fields = {}
  const calls: { name: string; arguments: string }[] = []
  for (const event of body.split(/\r?\n\r?\n|\r\r/)) {
    const data = event
      .split(/\r\n|\r|\n/)
      .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).replace(/^ /, '')] : []))
      .join('\n')
      .trim()
    if (data === '') continue
    if (data === '[DONE]') {
      done = true
      break
    }
    let piece: Fields
    try {
      piece = fieldsOf(parse(data))
    } catch {
      return undefined
    }
    if (piece.error != null) return piece
    usage = piece.usage ?? usage
    const [first] = Array.isArray(piece.choices) ? piece.choices : []
    const choice = fieldsOf(first)
    if (choice.error != null) return piece
    finish = choice.finish_reason ?? finish
    const delta = fieldsOf(choice.delta ?? choice.message)
    content += textOf(delta.content ?? choice.text)
    if (typeof delta.refusal === 'string') message.refusal = `${message.refusal ?? ''}${delta.refusal}`
    for (const call of Array.isArray(delta.tool_calls) ? delta.tool_calls : []) addCall(fieldsOf(call))
  }
  if (!done && finish == null) return undefined
  if (calls.length > 0) message.tool_calls = calls.filter(Boolean).map((call) => ({ function: call }))
  return { choices: [{ message: { ...message, content }, finish_reason: finish ?? null }], usage }

  function addCall(call: Fields): void {
    const at = typeof call.index === 'number' && call.index >= 0 && call.index < 100 ? Math.floor(call.index) : 0
    const { name, arguments: said } = fieldsOf(call.function)
    const known = calls[at] ?? { name: '', arguments: '' }
    calls[at] = {
      name: known.name + (typeof name === 'string' ? name : ''),
      arguments: known.arguments + (typeof said === 'string' ? said : ''),
    }
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part) => (fieldsOf(part).type === 'text' ? String(fieldsOf(part).text ?? '') : '')).join('')
}
