/**
 * Whether this machine can run a model, found out before anything is downloaded. WebLLM itself finds out afterwards:
 * more than half of its f16 models do not declare that they need `shader-f16`. The limits are those its runtime asks for.
 */

import { type Failure, failure } from '../../core/failure.ts'
import { grouped } from '../../core/grouped.ts'
import { noF16, noGpu } from './troubles.ts'

/** What is used of WebGPU's adapter. */
export interface AdapterPort {
  readonly features: { has(name: string): boolean }
  readonly limits: {
    readonly maxBufferSize: number
    readonly maxStorageBufferBindingSize: number
    readonly maxComputeWorkgroupStorageSize: number
    readonly maxStorageBuffersPerShaderStage: number
  }
  readonly info?: {
    readonly vendor?: string
    readonly architecture?: string
    readonly description?: string
    readonly isFallbackAdapter?: boolean
  }
  readonly isFallbackAdapter?: boolean
}

export interface GpuPort {
  requestAdapter(options?: { powerPreference?: 'high-performance' }): Promise<AdapterPort | null>
}

export interface DeviceFacts {
  /** As the browser calls it; empty where it does not tell. */
  readonly name: string
  /** Computed on the processor: right, and far too slow. */
  readonly software: boolean
  readonly f16: boolean
  readonly maxBufferBytes: number
  readonly maxStorageBufferBytes: number
  readonly workgroupBytes: number
  readonly storageBuffers: number
}

/** What WebLLM's runtime asks of every device. */
const LEAST = { buffer: 2 ** 28, storageBuffer: 2 ** 27, workgroup: 32 * 1024, storageBuffers: 10 } as const

/** A failure where there is no graphics processor for pages. */
export async function readDevice(gpu: GpuPort | undefined): Promise<DeviceFacts | Failure> {
  if (gpu === undefined) return noGpu()
  let adapter: AdapterPort | null
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  } catch {
    return noGpu()
  }
  if (adapter === null) return noGpu()
  const { features, limits, info } = adapter
  const name = [info?.description, info?.vendor, info?.architecture].filter((part) => part !== undefined && part !== '')
  return {
    name: (info?.description || name.join(' ')).slice(0, 120),
    software:
      (adapter.isFallbackAdapter ?? info?.isFallbackAdapter) === true ||
      name.some((part) => /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(part ?? '')),
    f16: features.has('shader-f16'),
    maxBufferBytes: limits.maxBufferSize,
    maxStorageBufferBytes: limits.maxStorageBufferBindingSize,
    workgroupBytes: limits.maxComputeWorkgroupStorageSize,
    storageBuffers: limits.maxStorageBuffersPerShaderStage,
  }
}

/** Why no model at all runs on it; undefined where some may. */
export function deviceTrouble(device: DeviceFacts): Failure | undefined {
  const short = [
    device.maxBufferBytes < LEAST.buffer && `buffers of ${megabytes(device.maxBufferBytes)}, needed are 256 MB`,
    device.maxStorageBufferBytes < LEAST.storageBuffer &&
      `storage buffers of ${megabytes(device.maxStorageBufferBytes)}, needed are 128 MB`,
    device.workgroupBytes < LEAST.workgroup &&
      `workgroups of ${Math.floor(device.workgroupBytes / 1024)} KiB, needed are 32 KiB`,
    device.storageBuffers < LEAST.storageBuffers && `${device.storageBuffers} storage buffers at once, needed are 10`,
  ].filter((words) => words !== false)
  if (short.length === 0) return undefined
  const words = `This graphics processor is too small for a language model: it offers ${short.join('; ')}.`
  return failure('model-device', `${words} Update the browser and the driver, or use an endpoint.`).failure
}

export interface ModelNeeds {
  readonly id: string
  /** Of graphics memory, with its cache: more than the download. */
  readonly megabytes: number | undefined
  readonly features: readonly string[]
  readonly storageBufferBytes: number | undefined
}

/** Why this model does not run here; undefined where nothing speaks against it. */
export function modelTrouble(device: DeviceFacts, needs: ModelNeeds): Failure | undefined {
  const trouble = deviceTrouble(device)
  if (trouble !== undefined) return trouble
  if (needsF16(needs) && !device.f16) return noF16()
  const bytes = needs.storageBufferBytes
  if (bytes !== undefined && bytes > device.maxStorageBufferBytes) {
    const words = `This model needs storage buffers of ${megabytes(bytes)}; this graphics processor offers ${megabytes(device.maxStorageBufferBytes)}.`
    return failure('model-device', `${words} Choose a smaller model.`).failure
  }
  return undefined
}

/** By its name, too: `q4f16_1` computes in 16 bits whether it says so or not. */
export function needsF16({ id, features }: Pick<ModelNeeds, 'id' | 'features'>): boolean {
  return features.includes('shader-f16') || /q\d+f16/i.test(id)
}

/**
 * Free disk against what a model takes at most; undefined where it fits for certain.
 * @param freeBytes undefined where the browser does not tell
 */
export function roomTrouble(freeBytes: number | undefined, needed: number | undefined): Failure | undefined {
  if (freeBytes === undefined || needed === undefined || freeBytes >= needed * 1e6) return undefined
  const words = `The browser offers this site ${megabytes(freeBytes)} of disk; this model takes up to ${Math.round(needed)} MB.`
  return failure('model-quota', `${words} Delete a model or some runs, or choose a smaller model.`).failure
}

function megabytes(bytes: number): string {
  return `${grouped(Math.round(bytes / 1e6))} MB`
}
