/** Turns of a row. */
import type { Message } from '../core/log/conversation.ts'

/** Chat templates and loss masks need something to stand in every turn. */
export function told(role: Message['role'], content: string): Message {
  return { role, content: content.trim() === '' ? '(nothing)' : content }
}

/** Lone surrogates are legal in a JavaScript string and refused by Arrow's reader. */
export function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
}
