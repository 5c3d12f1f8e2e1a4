/** Turns of a row. */
import type { Message } from '../core/log/conversation.ts'
import type { CandidateProposed } from '../core/log/events.ts'

/** Chat templates and loss masks need something to stand in every turn. */
export function told(role: Message['role'], content: string): Message {
  return { role, content: content.trim() === '' ? '(nothing)' : content }
}

/** Lone surrogates are legal in a JavaScript string and refused by Arrow's reader. */
export function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
}

/** Whether a reply is nothing that a model should learn from: empty, or without an action. Older logs do not mark it. */
export function isUnusable({ text, action, usage }: Pick<CandidateProposed, 'text' | 'action' | 'usage'>): boolean {
  return text.trim() === '' || action.trim() === '' || usage?.nothing === true
}
