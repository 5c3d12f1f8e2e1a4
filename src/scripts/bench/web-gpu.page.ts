/** In a page: texts trained on by WebAssembly and by WebGPU, in turns, as a training in the lab has them. */
import { Kernel } from '../../policies/transformer/kernel/kernel.ts'
import { type LlamaConfig, parameterCount } from '../../policies/transformer/llama.ts'
import type { BranchingText, TextEngine } from '../../policies/transformer/text-engine.ts'
import { GpuEngine } from '../../policies/transformer/webgpu/gpu-engine.ts'

/** Texts of a step. */
const BATCH = 4
const STEPS = 3

/** @returns undefined where the browser offers no graphics processor; tokens a second of each step */
async function bench(config: LlamaConfig, text: BranchingText) {
  if ((await navigator.gpu?.requestAdapter()) === null || navigator.gpu === undefined) return undefined
  const kernel = await Kernel.open(config)
  // As far as speed goes, any weights do.
  const { parameters } = kernel
  for (let i = 0; i < parameterCount(config); i++) parameters[i] = (((i * 7919) % 1000) - 500) / 10_000
  kernel.openTraining()
  const engine = await GpuEngine.open(kernel)
  const { software, name } = engine.opened
  const found = { software, name, wasm: [] as number[], webgpu: [] as number[] }
  for (let step = 0; step <= STEPS; step++)
    for (const by of ['wasm', 'webgpu'] as const) {
      const speed = await stepped(by === 'wasm' ? kernel : engine, text, step + 1)
      // The first one compiles.
      if (step > 0) found[by].push(speed)
    }
  engine.close()
  return found
}

async function stepped(engine: TextEngine<Promise<unknown>>, text: BranchingText, step: number): Promise<number> {
  const since = performance.now()
  for (let i = 0; i < BATCH; i++) {
    await come(engine.judging(text))
    engine.addGradient(Array.from(text.targetTokens, () => 1))
  }
  engine.step({ rate: 1e-5, step, decay: 0, weight: BATCH, mostNorm: 1 })
  await come(engine.leaving(step))
  return (1000 * BATCH * text.tokens.length) / (performance.now() - since)
}

async function come<T>(work: Generator<Promise<unknown>, T, void>): Promise<T> {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
    await value
  }
}

export type Bench = typeof bench
Object.assign(globalThis, { bench })
