/** What runs in a page with WebGPU: trainings by WASM and by WebGPU side by side, and how far they are from one another. */
import { stream } from '../../src/core/random.ts'
import { Kernel } from '../../src/policies/transformer/kernel/kernel.ts'
import { type LlamaConfig, parameterCount } from '../../src/policies/transformer/llama.ts'
import { tensorPlaces } from '../../src/policies/transformer/parameters.ts'
import type { BranchingText } from '../../src/policies/transformer/text-engine.ts'
import { openDevice } from '../../src/policies/transformer/webgpu/device.ts'
import { GpuEngine } from '../../src/policies/transformer/webgpu/gpu-engine.ts'
import { optimisingTextsInSlices, TEXT_DPO } from '../../src/training/texts/text-dpo.ts'
import { fineTuningTexts, TEXT_SFT } from '../../src/training/texts/text-sft.ts'

/** Large enough that every part of the network matters. */
function weights(shape: LlamaConfig): Float32Array {
  const random = stream(shape.hidden)
  const made = Float32Array.from({ length: parameterCount(shape) }, () => (random.next() - 0.5) * 0.5)
  for (const { name, size, offset } of tensorPlaces(shape))
    if (name.includes('norm')) for (let i = 0; i < size[0]; i++) made[offset + i] = (made[offset + i] as number) + 1
  return made
}

function drawn(shape: LlamaConfig, seed: number, count: number): number[] {
  const random = stream(seed).child('tokens')
  return Array.from({ length: count }, () => random.below(shape.vocabulary))
}

/** Every token predicted by the one before; the first of each branch by the last of the prefix. */
function textOf(shape: LlamaConfig, seed: number, prefix: number, ends: readonly number[]): BranchingText {
  const tokens = drawn(shape, seed, prefix)
  const targetRows = tokens.slice(1).map((_, i) => i)
  const targetTokens = tokens.slice(1)
  for (const [i, length] of ends.entries()) {
    const end = drawn(shape, 100 * seed + i, length)
    const from = tokens.length
    for (const [at, token] of end.entries()) {
      targetRows.push(at === 0 ? prefix - 1 : from + at - 1)
      targetTokens.push(token)
    }
    tokens.push(...end.slice(0, -1))
  }
  const branches = ends.map((length) => length - 1)
  return { tokens, prefix, branches, targetRows, targetTokens }
}

async function kernelOf(shape: LlamaConfig): Promise<Kernel> {
  const kernel = await Kernel.open(shape)
  kernel.parameters.set(weights(shape))
  kernel.openTraining()
  return kernel
}

async function come<T>(work: Generator<Promise<unknown> | undefined, T, void>): Promise<T> {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
    await value
  }
}

/** The length of what lies between, as a share of the length of the first. */
function apart(a: Float32Array, b: Float32Array): number {
  let [between, own] = [0, 0]
  for (const [i, value] of a.entries()) {
    between += (value - (b[i] as number)) ** 2
    own += value ** 2
  }
  return Math.sqrt(between / own)
}

const equal = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.from(a).every((value, i) => Object.is(value, b[i]))

const TEXTS: readonly (readonly [prefix: number, ends: readonly number[]])[] = [
  [70, []],
  [21, [18, 1, 67]],
  [1, [5]],
]

async function agreement(shape: LlamaConfig) {
  const [kernel, other] = [await kernelOf(shape), await kernelOf(shape)]
  const engine = await GpuEngine.open(other)
  const found = []
  for (const [seed, [prefix, ends]] of TEXTS.entries()) {
    const text = textOf(shape, seed + 1, prefix, ends)
    const pull = text.targetTokens
    const pulls = Array.from(pull, (_, i) => Math.cos(i) + 0.3)
    kernel.gradient.fill(0)
    const logs = kernel.logProbabilities(text)
    kernel.addGradient(pulls)
    const gradient = kernel.gradient.slice()
    const runs = []
    for (let run = 0; run < 2; run++) {
      engine.begin()
      const judged = await come(engine.judging(text))
      engine.addGradient(pulls)
      runs.push({ logs: judged, gradient: await come(engine.slopes()) })
    }
    const [one, two] = runs as [(typeof runs)[number], (typeof runs)[number]]
    found.push({
      logs: Math.max(...Array.from(logs, (log, i) => Math.abs(log - (one.logs[i] as number)))),
      gradient: apart(gradient, one.gradient),
      again: equal(one.logs, two.logs) && equal(one.gradient, two.gradient),
    })
  }
  engine.close()
  return found
}

/** Ten steps each. @param again whether WebGPU does them a second time */
async function losses(shape: LlamaConfig, kind: 'sft' | 'dpo', again: boolean) {
  const conversations = Array.from({ length: 4 }, (_, i) => ({
    ...{ tokens: drawn(shape, i, 24), actions: [[4, 8] as const, [15, 24] as const], slips: [[10, 12] as const] },
  }))
  const said = (seed: number, before: number, count: number) => ({
    ...{ prefix: drawn(shape, before, 12 + (before % 3)), written: drawn(shape, seed, count) },
  })
  const preferences = Array.from({ length: 4 }, (_, i) => ({
    ...{ chosen: [said(20 + i, i, 3)], rejected: [said(40 + i, i % 2 === 0 ? i : i + 50, 4)], weight: 1 + (i % 2) },
  }))
  const descent = (engine: Kernel | GpuEngine) =>
    kind === 'sft'
      ? fineTuningTexts<Promise<unknown>>(engine, conversations, stream(1), { ...TEXT_SFT, epochs: 5, batchSize: 2 })
      : optimisingTextsInSlices<Promise<unknown>>(engine, preferences, stream(1), {
          ...{ ...TEXT_DPO, loss: kind, epochs: 5, batchSize: 2, learningRate: 1e-3 },
        })
  const kernel = await kernelOf(shape)
  const engine = await GpuEngine.open(await kernelOf(shape))
  const runs: { losses: number[]; parameters: Float32Array }[] = []
  for (const by of [kernel, engine, ...(again ? [engine] : [])]) {
    const found: number[] = []
    for (const step of descent(by)) {
      if (step instanceof Promise) await step
      else if (step !== undefined) found.push(step.loss)
    }
    const { parameters } = await come(by.leaving(10))
    runs.push({ losses: found, parameters })
    // The second one by WebGPU begins where the first one did.
    if (by === engine) engine.begin({ step: 0, parameters: weights(shape), moments: zeros(shape) })
  }
  engine.close()
  return {
    ...{ wasm: runs[0]?.losses ?? [], webgpu: runs[1]?.losses ?? [] },
    parameters: apart(runs[0]?.parameters as Float32Array, runs[1]?.parameters as Float32Array),
    again: runs[2] && equal(runs[1]?.parameters as Float32Array, runs[2].parameters),
  }
}

function zeros(shape: LlamaConfig): readonly [Float32Array, Float32Array] {
  return [new Float32Array(parameterCount(shape)), new Float32Array(parameterCount(shape))]
}

/** What judging says on a device that was lost in between. */
async function lost(shape: LlamaConfig): Promise<string> {
  const opened = await openDevice()
  const engine = await GpuEngine.open(await kernelOf(shape), opened)
  engine.begin()
  await come(engine.judging(textOf(shape, 1, 9, [])))
  opened.device.destroy()
  return come(engine.judging(textOf(shape, 2, 9, []))).then(
    () => 'It was judged.',
    (thrown) => String(thrown.message),
  )
}

async function adapter() {
  const found = await navigator.gpu?.requestAdapter()
  return found === null || found === undefined ? undefined : { software: found.info.isFallbackAdapter }
}

const probe = { adapter, agreement, losses, lost }
export type Probe = typeof probe
Object.assign(globalThis, { probe })
