/**
 * One call of WebLLM's engine, streamed for its heartbeat. What it said is asked for at the end: the pieces of a stream
 * contain the beginning of a stop text that the reply does not, and the engine goes on only where it is given back its
 * own words to the letter.
 */
import { success } from '../../core/failure.ts'
import type { ChatEngine, EngineReply, MlcEngine } from './engine.ts'
import { callTrouble } from './troubles.ts'

export function conversationEngine(engine: MlcEngine): ChatEngine {
  return {
    async chat(call, token) {
      const { messages, temperature, seed, stop, maxTokens, grammar, thinking } = call
      let [streamed, read, written] = [0, 0, 0]
      let finish: EngineReply['finish'] = 'stop'
      try {
        const pieces = await engine.chat.completions.create({
          ...{ messages: [...messages], temperature, seed, max_tokens: maxTokens },
          stop: stop.length > 0 ? [...stop] : null,
          stream: true,
          stream_options: { include_usage: true },
          ...(grammar !== undefined && { response_format: { type: 'grammar', grammar } }),
          ...(thinking !== undefined && { extra_body: { enable_thinking: thinking } }),
        })
        for await (const { choices, usage } of pieces) {
          token()
          streamed += choices[0]?.delta.content?.length ?? 0
          const reason = choices[0]?.finish_reason
          if (reason === 'length' || reason === 'abort') finish = reason
          read += usage?.prompt_tokens ?? 0
          written += usage?.completion_tokens ?? 0
        }
      } catch (thrown) {
        // The question stands in its conversation without an answer.
        await engine.resetChat().catch(() => {})
        return { ok: false, failure: callTrouble(thrown) }
      }
      const text = await engine.getMessage()
      // What it holds after a stop text has that text in it, which the conversation has not: it reads anew.
      const ranIntoStop = streamed > text.length
      if (ranIntoStop) await engine.resetChat()
      return success({ text, read, written, finish, held: finish === 'stop' && !ranIntoStop })
    },
    async interrupt() {
      await engine.interruptGenerate()
    },
  }
}
