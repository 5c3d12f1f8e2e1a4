/** Where the instructions stand for a model of which only the name is known. */
import type { SystemPlace } from '../../core/log/conversation.ts'

/** Gemma's template refuses a system message. */
export function systemPlaceOf(model: string): SystemPlace {
  return /gemma/i.test(model) ? 'first-user-message' : 'own-message'
}
