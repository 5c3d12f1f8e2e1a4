/**
 * WebLLM's library with an engine over any text: it keeps one conversation by the same rules (what continues it reads
 * only the last message; a reply cut off is read anew), streams, stops, and breaks in the ways that the real one does.
 */
import type { Message } from '../../../src/core/log/conversation.ts'
import type { MlcChunk, MlcEngine, MlcLibrary, MlcRecord, MlcRequest } from '../../../src/policies/webllm/engine.ts'

export const CALL_FAULTS = ['disposed', 'lost', 'hang', 'memory', 'string', 'context', 'grammar', 'not-loaded'] as const
export type CallFault = (typeof CALL_FAULTS)[number]

export interface FakeBehaviour {
  say(request: MlcRequest): string
  /** What goes wrong with the n-th call of all engines, from 1. */
  fault?(call: number, request: MlcRequest): CallFault | undefined
  /** What the n-th attempt to load rejects with; `hang` never ends, `lost` loses the device. */
  loadFault?(attempt: number): unknown
  /** Words of a reply after which the engine waits to be interrupted. */
  pauseAfter?: number
}

export interface FakeLibrary extends MlcLibrary {
  readonly requests: readonly MlcRequest[]
  /** Prompt tokens that were really read, by all calls. */
  readonly read: number
  readonly resets: number
  behaviour: FakeBehaviour
  /** Names of models whose weights are on the disk, and of those that lack some. */
  readonly disk: Set<string>
  readonly begun: Set<string>
  onLost(call: () => void): void
}

export const SMALL: MlcRecord = {
  model: 'https://huggingface.co/mlc-ai/SmallTalk-135M-Instruct-q0f32-MLC',
  model_id: 'SmallTalk-135M-Instruct-q0f32-MLC',
  model_lib: 'https://raw.githubusercontent.com/mlc-ai/binary/main/SmallTalk-135M-Instruct-q0f32-webgpu.wasm',
  vram_required_MB: 720,
  overrides: { context_window_size: 65_536 },
}
export const GEMMA: MlcRecord = {
  model: 'https://huggingface.co/mlc-ai/gemma-2-2b-it-q4f16_1-MLC',
  model_id: 'gemma-2-2b-it-q4f16_1-MLC',
  model_lib: 'https://raw.githubusercontent.com/mlc-ai/binary/main/gemma-2-2b-it-q4f16_1-webgpu.wasm',
  vram_required_MB: 1895,
  required_features: ['shader-f16'],
  overrides: { context_window_size: 4096 },
}

const wordsOf = (text: string): string[] => text.match(/\s*\S+|\s+$/g) ?? []

/** Whether a text is read or written makes no difference; what stands around it belongs to the question. */
function tokensOf({ role, content }: Message): number {
  return wordsOf(content).length + (role === 'assistant' ? 0 : 4)
}

/** @param disk shared by the workers of a browser */
export function createFakeLibrary(behaviour: FakeBehaviour, disk: Set<string> = new Set()): FakeLibrary {
  const requests: MlcRequest[] = []
  const begun = new Set<string>()
  const listeners: (() => void)[] = []
  const state = { behaviour, read: 0, resets: 0, loads: 0 }
  const lose = (): void => {
    for (const call of listeners) call()
  }

  function createEngine(models: readonly MlcRecord[], report: Parameters<MlcLibrary['createEngine']>[1]): MlcEngine {
    let held: readonly Message[] | undefined
    let interrupted = false
    let message = ''
    let resume: (() => void) | undefined
    return {
      async reload(id) {
        if (!models.some(({ model_id }) => model_id === id)) throw new Error(`Cannot find model record for ${id}`)
        const fault = state.behaviour.loadFault?.(++state.loads)
        report({ progress: 0, text: 'Start to fetch params' })
        report({ progress: 0.5, text: 'Fetching param cache[1/2]: 100MB fetched. 50% completed, 1 secs elapsed.' })
        if (fault === 'lost') lose()
        if (fault === 'lost' || fault === 'hang') await new Promise(() => {})
        if (fault !== undefined) throw fault
        for (const [text, last] of [
          ['Fetching param cache[2/2]: 200MB fetched. 100% completed, 2 secs elapsed.', 1],
          ['Loading model from cache[2/2]: 200MB loaded. 100% completed, 3 secs elapsed.', 1],
          ['Loading GPU shader modules[9/9]: 100% completed, 4 secs elapsed.', 1],
          ['Finish loading on WebGPU - fake', 1],
        ] as const)
          report({ progress: last, text })
        disk.add(id)
      },
      async interruptGenerate() {
        interrupted = true
        resume?.()
      },
      getMessage: async () => message,
      async resetChat() {
        state.resets++
        held = undefined
      },
      chat: {
        completions: {
          async create(request) {
            requests.push(request)
            const fault = state.behaviour.fault?.(requests.length, request)
            if (fault === 'lost') lose()
            if (fault === 'lost' || fault === 'hang') return new Promise(() => {})
            if (fault === 'memory') throw new Error('Out of memory: cannot allocate 52428800 bytes')
            if (fault === 'disposed') throw new Error('Object has already been disposed')
            if (fault === 'string') throw 'a text, as some of its rejections are'
            if (fault === 'grammar') throw new Error('Invalid token id: 32011')
            if (fault === 'not-loaded')
              throw Object.assign(new Error('Model not loaded'), { name: 'ModelNotLoadedError' })
            if (fault === 'context')
              throw Object.assign(new Error('Prompt tokens exceed context window size'), {
                name: 'ContextWindowSizeExceededError',
              })
            interrupted = false
            return answer(request)
          },
        },
      },
    }

    async function* answer(request: MlcRequest): AsyncGenerator<MlcChunk> {
      const { messages } = request
      const goesOn = held !== undefined && JSON.stringify(held) === JSON.stringify(messages.slice(0, -1))
      const fresh = goesOn ? messages.slice(-1) : messages
      const prompt = fresh.reduce((sum, message) => sum + tokensOf(message), 0)
      state.read += prompt
      const whole = state.behaviour.say(request)
      const words = wordsOf(whole)
      let [sent, decoded, finish] = ['', 0, 'stop' as string]
      message = ''
      for (const word of words) {
        if (state.behaviour.pauseAfter === decoded && !interrupted)
          await new Promise<void>((resolve) => {
            resume = resolve
          })
        if (interrupted) {
          finish = 'abort'
          break
        }
        message += word
        decoded++
        const stop = request.stop?.find((text) => message.includes(text))
        if (stop !== undefined) message = message.slice(0, message.indexOf(stop))
        // Like the real one: what was streamed before the stop text was whole is not taken back.
        const delta = message.slice(sent.length)
        sent += delta
        yield { choices: [{ delta: { content: delta }, finish_reason: null }] }
        if (stop !== undefined) break
        if (decoded === request.max_tokens) {
          finish = 'length'
          break
        }
      }
      held = finish === 'stop' ? [...messages, { role: 'assistant', content: message }] : undefined
      yield { choices: [{ delta: {}, finish_reason: finish }] }
      yield { choices: [], usage: { prompt_tokens: prompt, completion_tokens: decoded } }
    }
  }

  return {
    models: [GEMMA, SMALL],
    createEngine,
    isHere: async (record) => disk.has(record.model_id),
    cached: async () =>
      [...disk, ...begun].map((id) => `https://huggingface.co/mlc-ai/${id}/resolve/main/tensor-cache.json`),
    async remove(record) {
      disk.delete(record.model_id)
    },
    requests,
    get read() {
      return state.read
    },
    get resets() {
      return state.resets
    },
    get behaviour() {
      return state.behaviour
    },
    set behaviour(next) {
      state.behaviour = next
    },
    disk,
    begun,
    onLost: (call) => void listeners.push(call),
  }
}
