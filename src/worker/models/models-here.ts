/** What language models need of the browser: a worker, the graphics processor, the disk, the network. */
import type { GpuPort } from '../../policies/webllm/device.ts'
import { openModelWorker } from './model-host.ts'
import type { MachinePorts } from './model-ports.ts'

export function modelsHere(): MachinePorts {
  // Typed by the parts of it that are used, as tests bring them; not there in Node and without WebGPU.
  const { gpu, storage } = navigator as Partial<Navigator> & { readonly gpu?: GpuPort }
  const origin = typeof self === 'undefined' ? undefined : self.location.origin
  return {
    openHost: openModelWorker,
    gpu,
    async freeBytes() {
      const { quota, usage } = (await storage?.estimate().catch(() => undefined)) ?? {}
      return quota === undefined ? undefined : Math.max(0, quota - (usage ?? 0))
    },
    endpoint: {
      fetch: (input, init) => fetch(input, init),
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
