/**
 * A chat model that runs in the page. One call at a time, in the order in which they come: the engine keeps one
 * conversation, and a call that continues exactly this one reads only what is new. A watchdog listens for words; its
 * seconds are counted only while the page is awake, so that a closed lid is no failure.
 */

import { type Failure, type Result, success } from '../../core/failure.ts'
import type { Message } from '../../core/log/conversation.ts'
import { stream } from '../../core/random.ts'
import { type ChatModel, type ChatReply, type ChatRequest, cancelled } from '../chat/model.ts'
import { LARGEST_SEED } from '../chat/seed.ts'
import { createGate, inTurn } from '../openai/gate.ts'
import type { ChatEngine, EngineReply } from './engine.ts'
import { callTrouble, GRAMMAR_BROKE, hangs, isFatal } from './troubles.ts'

export interface WebLLMOptions {
  /** Of the model, as in the library's list. */
  readonly id: string
  /** EBNF that every reply keeps to. */
  readonly grammar?: string
  /** Whether a reply is one; a constrained reply that is none (cut off) is asked for again with another seed. */
  readonly valid?: (reply: string) => boolean
  /** Told to models that think unless they are told not to. */
  readonly thinking?: boolean
}

export interface WebLLMPorts {
  /** Milliseconds from any origin. */
  now(): number
  /** @returns what cancels it */
  after(ms: number, call: () => void): () => void
  /** The engine answers no more and has to be loaded again. */
  died(reason: Failure): void
}

/** Seconds without a word after which an engine counts as hung. Reading a long prompt is silent. */
const SILENCE_TICKS = 60
const TICK_MS = 3_000
/** The engine hears an interruption only between two words, and not before the first: it is told so often. */
const NUDGE_MS = 200
const MOST_ATTEMPTS = 3

export function createWebLLMModel(engine: ChatEngine, options: WebLLMOptions, ports: WebLLMPorts): ChatModel {
  const gate = createGate(1)
  const { id, grammar, thinking } = options
  let dead: Failure | undefined
  /** The conversation that the engine holds, and its tokens. */
  let held: { readonly key: string; readonly tokens: number } | undefined

  /** Ends with the reply, the failure, or the silence. */
  function asked(request: ChatRequest, seed: number): Promise<Result<EngineReply>> {
    return new Promise((resolve) => {
      let over = false
      let silent = 0
      let cancelTick = () => {}
      let cancelNudge = () => {}
      const end = (result: Result<EngineReply>): void => {
        if (over) return
        over = true
        cancelTick()
        cancelNudge()
        request.signal?.removeEventListener('abort', nudge)
        resolve(result)
      }
      function tick(): void {
        if (over) return
        if (++silent >= SILENCE_TICKS) end({ ok: false, failure: hangs((SILENCE_TICKS * TICK_MS) / 1000) })
        else cancelTick = ports.after(TICK_MS, tick)
      }
      function nudge(): void {
        if (over) return
        engine.interrupt().catch(() => {})
        cancelNudge = ports.after(NUDGE_MS, nudge)
      }
      cancelTick = ports.after(TICK_MS, tick)
      request.signal?.addEventListener('abort', nudge, { once: true })
      const { messages, temperature, stop, maxTokens } = request
      const call = {
        ...{ messages, temperature, seed, stop, maxTokens },
        ...(grammar !== undefined && { grammar }),
        ...(thinking !== undefined && { thinking }),
      }
      engine
        .chat(call, () => {
          silent = 0
        })
        .then(end, (thrown) => end({ ok: false, failure: callTrouble(thrown) }))
    })
  }

  function counted(messages: readonly Message[], reply: EngineReply): { prompt: number; total: number } {
    const goesOn = held !== undefined && held.key === conversationKey(messages.slice(0, -1))
    // No token is shorter than a byte: an engine that read more than the last message began anew.
    const last = messages.at(-1)?.content ?? ''
    const onlyNew = goesOn && reply.read <= new TextEncoder().encode(last).length + TEMPLATE_TOKENS
    const prompt = reply.read + (onlyNew ? (held?.tokens ?? 0) : 0)
    return { prompt, total: prompt + reply.written }
  }

  async function complete(request: ChatRequest): Promise<Result<ChatReply>> {
    const startMs = ports.now()
    const aborted = (): boolean => request.signal?.aborted === true
    for (let attempt = 1; ; attempt++) {
      if (aborted()) return cancelled()
      if (dead !== undefined) return { ok: false, failure: dead }
      const reply = await asked(request, seedOf(request.seed, attempt))
      const again = attempt < MOST_ATTEMPTS
      if (!reply.ok) {
        held = undefined
        if (isFatal(reply.failure)) {
          dead = reply.failure
          ports.died(reply.failure)
        }
        if (aborted()) return cancelled()
        if (reply.failure.code === GRAMMAR_BROKE && again) continue
        return reply
      }
      const { text, finish, written } = reply.value
      const { messages } = request
      const { prompt, total } = counted(messages, reply.value)
      held = reply.value.held
        ? { key: conversationKey([...messages, { role: 'assistant', content: text }]), tokens: total }
        : undefined
      if (aborted() || finish === 'abort') return cancelled()
      if (grammar !== undefined && options.valid?.(text) === false && again) continue
      return success({
        ...{ text, promptTokens: prompt, completionTokens: written, elapsedMs: ports.now() - startMs },
        // Nothing can go on after a reply that ran into a stop text: `other` says so to whoever counts tokens.
        finish: finish === 'length' ? 'length' : reply.value.held ? 'stop' : 'other',
      })
    }
  }

  return {
    name: grammar === undefined ? id : `${id}, replies kept to a form`,
    variant: JSON.stringify({ engine: 'web-llm', ...(grammar !== undefined && { grammar }) }),
    async complete(request) {
      if (!Number.isInteger(request.seed) || request.seed < 1 || request.seed > LARGEST_SEED)
        throw new Error(`A seed of ${request.seed} is outside of [1, ${LARGEST_SEED}].`)
      return (await inTurn(gate, request.signal, () => complete(request))) ?? cancelled()
    },
  }
}

/** Of a message's template, at most. */
const TEMPLATE_TOKENS = 64

function conversationKey(messages: readonly Message[]): string {
  return JSON.stringify(messages.map(({ role, content }) => [role, content]))
}

/** A further attempt draws from a stream of its own. */
function seedOf(seed: number, attempt: number): number {
  return attempt === 1 ? seed : 1 + stream(seed).child('attempt', attempt).below(LARGEST_SEED)
}
