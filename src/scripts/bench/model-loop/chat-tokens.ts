/** How many tokens of a run's prompts an engine has to read, by what it keeps and in which order it is asked. */
import { success } from '../../../core/failure.ts'
import { type TokenCost, tokenCost } from '../../../core/log/token-cost.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import type { ChatModel } from '../../../policies/chat/model.ts'
import { chatWorld } from '../../../worker/models/chat-world.ts'
import { rounded } from '../measure.ts'
import { chatRun, explored, tokenCounter } from './said.ts'

/** Larger than any prompt, so that nothing is left out of one. */
export const CONTEXT = { contextTokens: 100_000 } as const

/** Of a run by a chat model that says what the embedded policy would, its real prompts in tokens of our own tokenizer. */
export async function chatTokens(settings: Partial<RunConfig>): Promise<TokenCost> {
  const { config, loaded, said } = await chatRun(settings)
  const count = await tokenCounter()
  let calls = 0
  const model: ChatModel = {
    name: 'what the embedded policy says',
    async complete({ messages }) {
      const text = said[calls++] ?? ''
      const counted = { promptTokens: count.prompt(messages), completionTokens: count.reply(text) }
      return success({ text, ...counted, finish: 'stop' })
    },
  }
  const cost = tokenCost(await explored(config, chatWorld(loaded, model, CONTEXT)))
  if (cost.calls !== said.length) throw new Error(`${cost.calls} calls for ${said.length} replies`)
  return cost
}

/** Beside the numbers, what is saved of reading each prompt whole, in per cent. */
export function savings({ calls, prompt, interleaved, prefilled, shared, decoded }: TokenCost) {
  const saved = (read: number): number => rounded(100 * (1 - read / prompt))
  return {
    ...{ calls, prompt, decoded },
    oneConversation: { read: prefilled, savedPercent: saved(prefilled) },
    oneConversationInTurns: { read: interleaved, savedPercent: saved(interleaved) },
    everyPrefix: { read: shared, savedPercent: saved(shared) },
  }
}
