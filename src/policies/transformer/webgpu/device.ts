/** A graphics processor to compute on, and what may happen to it. */
import { messageOf } from '../../../core/failure.ts'

/** Why WebGPU does not compute, or not any more: a sentence for people. What was trained before it stays. */
export class GpuTrouble extends Error {}

export interface OpenedDevice {
  readonly device: GPUDevice
  /** For people, as far as the browser tells. */
  readonly name: string
  /** Computed on the processor. */
  readonly software: boolean
}

/** Of memory in one piece: what is asked for where the adapter has it. */
const MOST_BYTES = 2 ** 30

/** Milliseconds without an answer after which a graphics process has hung, as some do. */
const SILENCE_MS = 60_000

/** Rejects with GpuTrouble where nothing comes of it for too long. */
async function heard<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    const trouble = new GpuTrouble('The graphics processor has not answered for a minute.')
    timer = setTimeout(() => reject(trouble), SILENCE_MS)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}

/** @throws GpuTrouble */
export async function openDevice(): Promise<OpenedDevice> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu
  if (gpu === undefined) throw new GpuTrouble('This browser gives pages no access to a graphics processor (WebGPU).')
  try {
    const adapter = await heard(gpu.requestAdapter({ powerPreference: 'high-performance' }))
    if (adapter === null) throw new GpuTrouble('The browser offers no graphics processor (WebGPU) on this computer.')
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits
    const requiredLimits = {
      maxBufferSize: Math.min(maxBufferSize, MOST_BYTES),
      maxStorageBufferBindingSize: Math.min(maxStorageBufferBindingSize, MOST_BYTES),
    }
    const device = await heard(adapter.requestDevice({ requiredLimits }))
    // Not every browser tells all of it, and some tell it elsewhere.
    const { info, isFallbackAdapter } = adapter as Partial<GPUAdapter> & { readonly isFallbackAdapter?: boolean }
    const { vendor = '', architecture = '', description = '' } = info ?? {}
    const name = [description || vendor, architecture].filter((part) => part !== '').join(', ')
    const software = (info?.isFallbackAdapter ?? isFallbackAdapter) === true
    return { device, name: name === '' ? 'a graphics processor' : name.slice(0, 120), software }
  } catch (thrown) {
    throw thrown instanceof GpuTrouble ? thrown : new GpuTrouble(`WebGPU could not be started (${messageOf(thrown)}).`)
  }
}

/** What was waited for, unless the device is lost before, falls silent, or has complained of anything. */
export interface Watch {
  until<T>(work: Promise<T>): Promise<T>
}

export function watch(device: GPUDevice): Watch {
  let complaint: string | undefined
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault()
    complaint ??= event.error.message
  })
  const lost = device.lost.then(({ message, reason }) => {
    throw new GpuTrouble(`The graphics processor was lost (${message || reason}).`)
  })
  lost.catch(() => {}) // whoever waits hears of it
  return {
    async until(work) {
      let done: Awaited<typeof work>
      try {
        done = await heard(Promise.race([work, lost]))
      } catch (thrown) {
        if (thrown instanceof GpuTrouble) throw thrown
        // What fails because the device is lost does so a moment before.
        await heard(Promise.race([lost, device.queue.onSubmittedWorkDone().catch(() => {})]))
        throw new GpuTrouble(`The graphics processor failed (${messageOf(thrown)}).`)
      }
      if (complaint !== undefined) throw new GpuTrouble(`The graphics processor failed (${complaint.slice(0, 300)}).`)
      return done
    },
  }
}
