/**
 * A model whose replies are noted as they come, so that what was asked for is not asked for again when a run is resumed
 * in the middle of a candidate's rollouts, which the log only holds once all of them are finished.
 */
import { success } from '../../core/failure.ts'
import type { ChatModel, ChatReply } from './model.ts'
import { promptDigest } from './prompt.ts'

/** Of one task. */
export interface ReplyMemory {
  recall(key: string): ChatReply | undefined
  note(key: string, reply: ChatReply): void
}

export function rememberingModel(model: ChatModel, memory: ReplyMemory): ChatModel {
  return {
    ...model,
    async complete(request) {
      const key = `${promptDigest(request.messages)} ${request.seed}`
      const known = memory.recall(key)
      if (known !== undefined) return success(known)
      const reply = await model.complete(request)
      if (reply.ok) memory.note(key, reply.value)
      return reply
    },
  }
}
