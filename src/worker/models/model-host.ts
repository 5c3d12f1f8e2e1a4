/** Opens the worker of a language model. Its calls reject when it dies or is ended; nothing of it is left then. */
import { proxy, wrap } from 'comlink'
import type { EngineHost } from '../../policies/webllm/engine-host.ts'
import { WORKER_ENDED } from '../../policies/webllm/troubles.ts'
import type { WorkerMaker } from '../machine/bound-worker.ts'

export interface OpenedHost {
  readonly host: EngineHost
  /** At once, with all of its memory. */
  end(): void
}

/** @param Worker makes it, behind a door to where its model comes from */
export function openModelWorker(Worker: WorkerMaker): OpenedHost {
  const worker = new Worker(new URL('./model.worker.ts', import.meta.url), { type: 'module', name: 'model' })
  const remote = wrap<EngineHost>(worker)
  let stop: (why: Error) => void = () => {}
  const stopped = new Promise<never>((_, reject) => {
    stop = reject
  })
  stopped.catch(() => {}) // whoever waits is told by the race
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    worker.terminate()
    stop(new Error(event.message || 'The worker of the model could not be started.'))
  })
  const alive = <T>(answer: T): Promise<Awaited<T>> => Promise.race([answer, stopped])
  return {
    // Each call by name: comlink's own type hides the results' types, and callbacks have to cross as proxies.
    host: {
      records: () => alive(remote.records()),
      presences: (records) => alive(remote.presences(records)),
      load: (record, told) => alive(remote.load(record, proxy(told))),
      remove: (record) => alive(remote.remove(record)),
      chat: (call, token) => alive(remote.chat(call, proxy(token))),
      interrupt: () => alive(remote.interrupt()),
    },
    end() {
      worker.terminate()
      stop(new Error(WORKER_ENDED))
    },
  }
}
