/** The one owner of the lab worker: makes it, wraps it with comlink, and says when it has died. */
import { proxy, wrap } from 'comlink'
import type { LabApi } from '../../worker/protocol/lab-api.ts'

/** @param died called with a sentence when the worker cannot start or throws outside a call */
export function connectLab(died: (sentence: string) => void): LabApi {
  const worker = new Worker(new URL('../../worker/lab/lab.worker.ts', import.meta.url), { type: 'module', name: 'lab' })
  worker.addEventListener('error', (event) => {
    died(
      `The lab stopped working${event.message ? ` (${event.message})` : ''}. What was saved is safe: reload the page.`,
    )
  })
  // Every call of the lab gives a promise, so that from afar it is what it is there; comlink's own type hides the results'.
  const remote = wrap(worker) as unknown as LabApi
  const subscribe: LabApi['subscribe'] = (listener) => remote.subscribe(proxy(listener)) // it has to cross as a proxy
  return new Proxy(remote, { get: (_, call) => (call === 'subscribe' ? subscribe : Reflect.get(remote, call)) })
}
