/**
 * A small language model of our own behind the face of a chat model: it is asked as a model in the page or behind a server is, with the
 * very prompts, and what it writes is read by the very parser. It was pretrained on the short texts of its compact views and knows no
 * prompts: this is for holding that way to a real language model, token by token, not for acting well.
 *
 * A conversation is `<|begin|>` user `<|act|>` assistant `<|end|>` user `<|act|>`, as its chat template has it (hugging-face/tokenizer-config.ts).
 */
import { exp } from '../../core/elementary.ts'
import { failure, type Result, success } from '../../core/failure.ts'
import type { Message } from '../../core/log/conversation.ts'
import { stream } from '../../core/random.ts'
import { type ChatModel, type ChatReply, type ChatRequest, CONTEXT_FULL, cancelled } from '../chat/model.ts'
import { Kernel } from './kernel/kernel.ts'
import type { LanguageModel } from './language-model.ts'
import type { Tokenizer } from './tokenizer/tokenizer.ts'

/** What a reply may look like, told token by token. */
export interface ReplyForm {
  /** For people, and for the model's fingerprint. */
  readonly name: string
  /** Whether a reply of this form may begin so. */
  begins(text: string): boolean
  /** Whether it may end here. */
  whole(text: string): boolean
}

export interface TransformerChatOptions {
  readonly name: string
  /** Tokens of a prompt and its reply; rotary positions go on beyond those that were trained. */
  readonly contextTokens: number
  readonly form?: ReplyForm
}

export interface TransformerChat extends ChatModel {
  /** Tokens that went through the model, and those that it held from the call before. */
  readonly counts: { readonly read: number; readonly saved: number }
}

/** @throws where the kernel cannot be started */
export async function createTransformerChat(
  { config, parameters, tokenizer, fingerprint }: LanguageModel,
  { name, contextTokens, form }: TransformerChatOptions,
): Promise<TransformerChat> {
  const kernel = await Kernel.open({ ...config, context: contextTokens })
  kernel.parameters.set(parameters)
  kernel.openCache(1)
  const counts = { read: 0, saved: 0 }
  /** What the one slot holds. */
  const held: number[] = []

  /** Reads what is new of a conversation; the logits of what comes then stand in the kernel. */
  function read(tokens: readonly number[]): void {
    let common = 0
    while (common < Math.min(held.length, tokens.length - 1) && held[common] === tokens[common]) common++
    const rows = tokens.slice(common)
    const positions = rows.map((_, i) => common + i)
    kernel.read({ tokens: rows, slots: rows.map(() => 0), positions, wanted: [rows.length - 1] })
    held.splice(common, held.length, ...rows)
    counts.read += rows.length
    counts.saved += common
  }

  function answer({ messages, temperature, seed, stop, maxTokens, signal }: ChatRequest): Result<ChatReply> {
    const prompt = promptTokens(tokenizer, messages)
    if (prompt.length + maxTokens > contextTokens) return full(prompt.length, maxTokens, contextTokens)
    const random = stream(seed).child('reply')
    const tokens = [...prompt]
    let text = ''
    const reply = (finish: ChatReply['finish']): Result<ChatReply> =>
      success({ text, promptTokens: prompt.length, completionTokens: tokens.length - prompt.length, finish })
    while (tokens.length - prompt.length < maxTokens) {
      if (signal?.aborted === true) return cancelled()
      read(tokens)
      const uniform = temperature === 0 ? 0 : random.next()
      const token =
        form === undefined ? kernel.sample(0, temperature, uniform) : within(form, text, temperature, uniform)
      tokens.push(token)
      if (token === tokenizer.special.end) return reply('stop')
      text = tokenizer.decode(tokens.slice(prompt.length))
      const end = stop.reduce((first, words) => Math.min(first, positionOf(text, words)), text.length)
      if (end === text.length) continue
      text = text.slice(0, end)
      return reply('stop')
    }
    return reply('length')
  }

  let pieces: readonly string[] | undefined
  /** What each token says by itself. */
  const said = (): readonly string[] =>
    (pieces ??= Array.from({ length: config.vocabulary }, (_, token) => tokenizer.decode([token])))

  /** A token drawn among those with which the reply keeps to its form; the end where there is none. */
  function within(form: ReplyForm, text: string, temperature: number, uniform: number): number {
    const { end } = tokenizer.special
    const logits = kernel.logits(0)
    const may = (token: number): boolean => {
      if (token === end) return form.whole(text)
      const piece = said()[token] as string // of its vocabulary
      return piece !== '' && !piece.includes('\uFFFD') && form.begins(text + piece)
    }
    const tokens = Array.from(logits, (_, token) => token).filter(may)
    if (tokens.length === 0) return end
    const most = Math.max(...tokens.map((token) => logits[token] as number)) // of its vocabulary
    if (temperature === 0) return tokens.find((token) => logits[token] === most) ?? end
    const weights = tokens.map((token) => exp(((logits[token] as number) - most) / temperature))
    let left = uniform * weights.reduce((sum, weight) => sum + weight, 0)
    for (const [i, weight] of weights.entries()) {
      left -= weight
      if (left < 0) return tokens[i] ?? end
    }
    return tokens.at(-1) ?? end
  }

  return {
    name: form === undefined ? name : `${name}, replies kept to a form`,
    variant: JSON.stringify({ engine: 'transformer', fingerprint, contextTokens, ...(form && { form: form.name }) }),
    counts,
    complete: async (request) => answer(request),
  }
}

/** System and user are both read; a system message stands before what the user says first. */
function promptTokens({ encode, special }: Tokenizer, messages: readonly Message[]): number[] {
  const tokens = [special.begin]
  let open = ''
  for (const { role, content } of messages) {
    if (role !== 'assistant') {
      open += open === '' ? content : `\n\n${content}`
      continue
    }
    tokens.push(...encode(open), special.act, ...encode(content), special.end)
    open = ''
  }
  return [...tokens, ...encode(open), special.act]
}

function positionOf(text: string, words: string): number {
  const at = words === '' ? -1 : text.indexOf(words)
  return at < 0 ? text.length : at
}

function full(prompt: number, reply: number, context: number): ReturnType<typeof failure> {
  const words = `A prompt of ${prompt} tokens and a reply of ${reply} do not fit into ${context}.`
  return failure(CONTEXT_FULL, words)
}
