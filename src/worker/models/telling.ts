/** A model that tells of its calls, so that the page can show what they cost. */
import type { ChatModel } from '../../policies/chat/model.ts'

/** Between two tellings. */
const TELL_MS = 250

/** @param tell a call has been answered; at most four times a second */
export function telling(model: ChatModel, now: () => number, tell: () => void): ChatModel {
  let lastMs = Number.NEGATIVE_INFINITY
  return {
    ...model,
    async complete(request) {
      const reply = await model.complete(request)
      if (now() - lastMs >= TELL_MS) {
        lastMs = now()
        tell()
      }
      return reply
    },
  }
}
