/** Finds out that a model spends its replies thinking, and gets to no action, before hundreds of them are paid for. */

import { failure } from '../../core/failure.ts'
import { grouped } from '../../core/grouped.ts'
import { withoutThinking } from '../thinking.ts'
import type { ChatReply } from './model.ts'

/** So many in a row, where none came to an end before. */
const AT_FIRST = 5
/** So many in a row later on: a model that thinks long now and then is let be. */
const LATER = 20
/** The code of the failure. */
export const ONLY_THINKS = 'model-only-thinks'

export interface ThinkingWatch {
  /** @returns why to stop; undefined while there is no reason to */
  heard(reply: Pick<ChatReply, 'text' | 'finish'>, maxTokens: number): ReturnType<typeof failure> | undefined
}

export function createThinkingWatch(): ThinkingWatch {
  let inARow = 0
  let anyEnded = false
  return {
    heard({ text, finish }, maxTokens) {
      if (finish !== 'length' || withoutThinking(text).trim() !== '') {
        inARow = 0
        anyEnded = true
        return undefined
      }
      if (++inARow < (anyEnded ? LATER : AT_FIRST)) return undefined
      const words = `The model spent ${inARow} replies in a row on thinking: each was cut off at ${grouped(maxTokens)} tokens without a word for others.`
      const more = 'Give replies more tokens (--max-tokens 2048; in the page “Reply, tokens at most”)'
      const off = 'or switch its thinking off (--no-thinking; in the page “Without thinking aloud”)'
      return failure(ONLY_THINKS, `${words} ${more}, ${off}.`)
    },
  }
}
