/** What language models need of the browser: a worker, the graphics processor, the disk, the network. */
import { wrap } from 'comlink'
import type { GpuPort } from '../../policies/webllm/device.ts'
import type { WorkerMaker } from '../machine/bound-worker.ts'
import { Doors } from './doors.ts'
import { type Fetcher, farFetch } from './fetcher.ts'
import { openModelWorker } from './model-host.ts'
import type { MachinePorts } from './model-ports.ts'

export function modelsHere(): MachinePorts {
  // Typed by the parts of it that are used, as tests bring them; not there in Node and without WebGPU.
  const { gpu, storage } = navigator as Partial<Navigator> & { readonly gpu?: GpuPort }
  const origin = typeof self === 'undefined' ? undefined : self.location.origin
  const doors = new Doors()
  const fetchers = new Map<string, Fetcher>()
  const ask = farFetch((to) => {
    const fetcher = fetchers.get(to) ?? openFetcher(doors.to([to]))
    fetchers.set(to, fetcher)
    return fetcher
  })
  return {
    takeDoors: (desk) => doors.take(desk),
    openHost: (origins) => openModelWorker(doors.to(origins)),
    gpu,
    async freeBytes() {
      const { quota, usage } = (await storage?.estimate().catch(() => undefined)) ?? {}
      return quota === undefined ? undefined : Math.max(0, quota - (usage ?? 0))
    },
    endpoint: {
      fetch: origin === undefined ? fetch : ask,
      now: () => performance.now(),
      date: () => Date.now(),
      after(ms, call) {
        const timer = setTimeout(call, ms)
        return () => clearTimeout(timer)
      },
      jitter: () => Math.random(),
      ...(origin !== undefined && { origin }),
    },
  }
}

function openFetcher(Worker: WorkerMaker): Fetcher {
  const worker = new Worker(new URL('./fetch.worker.ts', import.meta.url), { type: 'module', name: 'fetch' })
  return wrap<Fetcher>(worker) as unknown as Fetcher // every call of it gives a promise
}
