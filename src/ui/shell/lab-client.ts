/** The one owner of the lab worker: makes it, speaks to it with comlink, says when it has died, and puts another in its place. */
import { proxy, type Remote, wrap } from 'comlink'
import { BoundWorker as Worker } from '../../worker/machine/bound-worker.ts'
import type { LabApi, LabUpdate } from '../../worker/protocol/lab-api.ts'
import { LabEnded } from '../state/notices.ts'

type Listener = ((update: LabUpdate) => void) | undefined

export class LabClient {
  #worker: Worker | undefined
  #remote: LabApi | undefined
  #listener: Listener
  #died: (sentence: string) => void = () => {}
  /** What ends the calls that wait for an answer. */
  readonly #waiting = new Set<(why: LabEnded) => void>()

  /** @param died called with a sentence when the worker cannot start or throws outside a call */
  readonly connect = (died: (sentence: string) => void): LabApi => {
    this.#died = died
    this.#begin()
    return new Proxy({} as LabApi, {
      get:
        (_, call: keyof LabApi) =>
        (...given: unknown[]) =>
          call === 'subscribe' ? this.#subscribe(given[0] as Listener) : this.#ask(call, given),
    })
  }

  /** Resolves when the worker's event loop has had its turn. */
  answers(): Promise<unknown> {
    return this.#ask('answers', [])
  }

  /** Ends the worker, however it is, and all that waits for it. Another one hears what this one was to be heard by. */
  restart(): void {
    this.#worker?.terminate()
    for (const end of this.#waiting) end(new LabEnded())
    this.#begin()
    void this.#subscribe(this.#listener)
  }

  #begin(): void {
    const worker = new Worker(new URL('../../worker/lab/lab.worker.ts', import.meta.url), {
      type: 'module',
      name: 'lab',
    })
    worker.addEventListener('error', (event) => {
      this.#died(`The lab stopped working${event.message ? ` (${event.message})` : ''}. What was saved is safe.`)
    })
    this.#worker = worker
    // Every call of the lab gives a promise, so that from afar it is what it is there; comlink's own type hides the results'.
    this.#remote = wrap(worker) as unknown as LabApi
  }

  async #subscribe(listener: Listener): Promise<void> {
    this.#listener = listener
    if (listener !== undefined) await this.#remote?.subscribe(proxy(listener)) // it has to cross as a proxy
  }

  #ask(call: keyof LabApi, given: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const remote = this.#remote as unknown as Remote<Record<string, (...given: readonly unknown[]) => unknown>>
      this.#waiting.add(reject)
      remote[call]?.(...given)
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject))
    })
  }
}
