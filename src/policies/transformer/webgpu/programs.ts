/** The kernels' WGSL as pipelines for one model, and the calls of them that make up a submission. */
import type { LlamaConfig } from '../llama.ts'
import attention from './attention.wgsl?raw'
import descent from './descent.wgsl?raw'
import memory from './memory.wgsl?raw'
import norm from './norm.wgsl?raw'
import product from './product.wgsl?raw'
import rotary from './rotary.wgsl?raw'
import swiglu from './swiglu.wgsl?raw'
import tokens from './tokens.wgsl?raw'

const SOURCES = {
  ...{ product, norm, rotary, attention, swiglu, tokens, descent },
}

/** Each kernel, and the file that it stands in. */
const KERNELS = {
  product: 'product',
  ...{ normalise: 'norm', normalise_back: 'norm', normalise_weight_back: 'norm' },
  rotate: 'rotary',
  ...{ attend: 'attention', mean_pulls: 'attention', queries_back: 'attention', keys_back: 'attention' },
  ...{ gated: 'swiglu', gated_back: 'swiglu' },
  ...{ gather: 'tokens', collect: 'tokens', collect_into: 'tokens', judge: 'tokens', pull_logits: 'tokens' },
  ...{ square_parts: 'descent', cut: 'descent', descend: 'descent' },
} as const satisfies Record<string, keyof typeof SOURCES>

export type KernelName = keyof typeof KERNELS
export type Pipelines = Readonly<Record<KernelName, GPUComputePipeline>>

/** One call of a kernel. */
export interface Call {
  readonly kernel: KernelName
  /** The members of its `Call` in their order: whole numbers, then others. */
  readonly whole: readonly number[]
  readonly others?: readonly number[]
  /** Workgroups. */
  readonly groups: readonly [number, number?]
}

/** Of bytes from one call's numbers to the next one's: what every device allows. */
export const CALL_BYTES = 256

/** As `GPUShaderStage.COMPUTE`, which is there only where WebGPU is. */
const COMPUTE = 4

export function bindingsOf(device: GPUDevice): GPUBindGroupLayout {
  return device.createBindGroupLayout({
    entries: [
      { binding: 0, visibility: COMPUTE, buffer: { type: 'storage' } },
      { binding: 1, visibility: COMPUTE, buffer: { type: 'read-only-storage' } },
      { binding: 2, visibility: COMPUTE, buffer: { type: 'uniform', hasDynamicOffset: true } },
    ],
  })
}

/** Rejects where the device does not take one. */
export async function pipelinesOf(
  device: GPUDevice,
  layout: GPUBindGroupLayout,
  { hidden, heads, headSize, intermediate, vocabulary, normEpsilon }: LlamaConfig,
): Promise<Pipelines> {
  const numbers = { WIDTH: hidden, HEADS: heads, HEAD: headSize, INNER: intermediate, VOCABULARY: vocabulary }
  // OWN: numbers of a head that one of the 64 invocations of a workgroup sums up.
  const whole = Object.entries({ ...numbers, OWN: Math.ceil(headSize / 64) })
  const others = Object.entries({ EPSILON: normEpsilon, SCALE: 1 / Math.sqrt(headSize) })
  const shape = [
    ...whole.map(([name, value]) => `const ${name} = ${value}u;`),
    ...others.map(([name, value]) => `const ${name} = ${value.toExponential()}f;`),
  ].join('\n')
  const modules = new Map(
    Object.entries(SOURCES).map(([name, code]) => [
      name,
      device.createShaderModule({ label: name, code: `${shape}\n${code}\n${memory}` }),
    ]),
  )
  const pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [layout] })
  const made = await Promise.all(
    Object.entries(KERNELS).map(async ([entryPoint, file]) => {
      const module = modules.get(file) as GPUShaderModule // one for each file
      const compute = { module, entryPoint }
      return [entryPoint, await device.createComputePipelineAsync({ layout: pipelineLayout, compute })] as const
    }),
  )
  return Object.fromEntries(made) as unknown as Pipelines // one for each kernel
}

/** The numbers of calls, each in a place of its own. */
export function callBytes(calls: readonly Call[]): ArrayBuffer {
  const bytes = new ArrayBuffer(calls.length * CALL_BYTES)
  for (const [i, { whole, others = [] }] of calls.entries()) {
    new Uint32Array(bytes, i * CALL_BYTES, whole.length).set(whole)
    new Float32Array(bytes, i * CALL_BYTES + 4 * whole.length, others.length).set(others)
  }
  return bytes
}
