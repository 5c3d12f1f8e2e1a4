/** The worker of a language model in the page: WebLLM's engine with the browser's graphics processor, behind comlink. */
import * as Comlink from 'comlink'
import { createEngineHost, type EngineHost } from '../../policies/webllm/engine-host.ts'
import { openMlcLibrary } from '../../policies/webllm/mlc-library.ts'
import { watchDevices } from './watch-devices.ts'

let host: Promise<EngineHost> | undefined

function made(): Promise<EngineHost> {
  host ??= openMlcLibrary().then((library) =>
    createEngineHost(library, {
      now: () => performance.now(),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onLost(lost) {
        if (typeof GPUAdapter !== 'undefined') watchDevices(GPUAdapter, lost)
      },
    }),
  )
  return host
}

const exposed: EngineHost = {
  records: async () => (await made()).records(),
  presences: async (records) => (await made()).presences(records),
  load: async (record, told) => (await made()).load(record, told),
  remove: async (record) => (await made()).remove(record),
  chat: async (call, token) => (await made()).chat(call, token),
  interrupt: async () => (await made()).interrupt(),
}

Comlink.expose(exposed)
