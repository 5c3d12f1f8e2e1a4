/**
 * WebLLM's library with an engine that says given replies at once, in the worker's place: what the lab, the wire between the
 * two and the worker's side take is ours, and what an engine would take is reckoned from the tokens.
 */
import { expose } from 'comlink'
import { unwrap } from '../../../core/failure.ts'
import type { MlcChunk, MlcLibrary, MlcRecord } from '../../../policies/webllm/engine.ts'
import { createEngineHost } from '../../../policies/webllm/engine-host.ts'
import { createWebLLMModel } from '../../../policies/webllm/webllm-model.ts'
import type { WorkerMaker } from '../../../worker/machine/bound-worker.ts'
import { openModelWorker } from '../../../worker/models/model-host.ts'

const RECORD: MlcRecord = { model: 'https://example.com/m', model_id: 'm', model_lib: 'https://example.com/m.wasm' }

export interface Reply {
  readonly text: string
  /** How many; a message goes over the wire for each. */
  readonly tokens: number
}

export async function openScriptedPage(replies: readonly Reply[]) {
  const { port1, port2 } = new MessageChannel()
  const clock = { now: () => performance.now(), wait: async () => {}, onLost: () => {} }
  expose(createEngineHost(scripted(replies), clock), port1)
  function wire() {
    return Object.assign(port2, { terminate: () => port2.close() })
  }
  const { host, end } = openModelWorker(wire as unknown as WorkerMaker) // `new` gives the object that a function gives
  unwrap(await host.load(RECORD, () => {}))
  const model = createWebLLMModel(
    host,
    { id: RECORD.model_id },
    {
      now: clock.now,
      after(ms, call) {
        const timer = setTimeout(call, ms)
        return () => clearTimeout(timer)
      },
      died: ({ message }) => {
        throw new Error(message)
      },
    },
  )
  return {
    model,
    end() {
      end()
      port1.close()
    },
  }
}

function scripted(replies: readonly Reply[]): MlcLibrary {
  let calls = 0
  let message = ''
  async function* answer(): AsyncGenerator<MlcChunk> {
    const { text, tokens } = replies[calls++] ?? { text: '', tokens: 1 }
    message = text
    for (let token = 0; token < tokens; token++) {
      const content = text.slice((text.length * token) / tokens, (text.length * (token + 1)) / tokens)
      yield { choices: [{ delta: { content }, finish_reason: null }] }
    }
    yield { choices: [{ delta: {}, finish_reason: 'stop' }] }
    yield { choices: [], usage: { prompt_tokens: 1, completion_tokens: tokens } }
  }
  return {
    models: [RECORD],
    createEngine: () => ({
      chat: { completions: { create: async () => answer() } },
      reload: async () => {},
      interruptGenerate: async () => {},
      getMessage: async () => message,
      resetChat: async () => {},
    }),
    isHere: async () => true,
    cached: async () => [],
    remove: async () => {},
  }
}
