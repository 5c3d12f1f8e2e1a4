/**
 * WebGPU as what computes a training. The WASM kernel's parameters are those to begin with, and it is given those of every state that is
 * left, so that it can sample; what is judged and learnt in between is computed on the graphics processor, near to what the kernel finds and not
 * equal to it.
 */

import { power } from '../../../core/elementary.ts'
import { messageOf } from '../../../core/failure.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { fillRotary } from '../kernel/rotary.ts'
import type { LlamaConfig } from '../llama.ts'
import {
  type BranchingText,
  type CutDescent,
  type DescentState,
  type DeviceEngine,
  EPSILON,
  FIRST,
  SECOND,
} from '../text-engine.ts'
import { GpuTrouble, type OpenedDevice, openDevice, watch } from './device.ts'
import { GpuMemory } from './gpu-memory.ts'
import { type ModelLayout, modelLayout, PARTS, textLayout } from './layout.ts'
import { backward, forward, type Pass, spread } from './passes.ts'
import { type Call, type Pipelines, pipelinesOf } from './programs.ts'
import { textWords } from './text-words.ts'

/** Numbers of a head that the kernels keep beside them. */
const LARGEST_HEAD = 512

export class GpuEngine implements DeviceEngine {
  readonly config: LlamaConfig
  readonly opened: Pick<OpenedDevice, 'name' | 'software'>
  readonly #kernel: Kernel
  readonly #device: GPUDevice
  readonly #memory: GpuMemory
  readonly #pipelines: Pipelines
  readonly #model: ModelLayout
  /** The text that was judged last, until it was learnt from. */
  #pass: Pass | undefined

  private constructor(kernel: Kernel, opened: OpenedDevice, memory: GpuMemory, pipelines: Pipelines) {
    this.config = kernel.config
    this.opened = opened
    this.#kernel = kernel
    this.#device = opened.device
    this.#memory = memory
    this.#pipelines = pipelines
    this.#model = modelLayout(kernel.config)
    const { weights, cosines, sines } = this.#model
    memory.write(weights, new Float32Array(kernel.parameters))
    const size = (this.config.context * this.config.headSize) / 2
    const tables = [new Float32Array(size), new Float32Array(size)] as const
    fillRotary(this.config, ...tables)
    memory.write(cosines, tables[0])
    memory.write(sines, tables[1])
  }

  /** @param device to compute on; what the browser offers where it is left out @throws GpuTrouble */
  static async open(kernel: Kernel, device?: OpenedDevice): Promise<GpuEngine> {
    if (kernel.config.headSize > LARGEST_HEAD)
      throw new GpuTrouble(`WebGPU trains no heads of ${kernel.config.headSize} numbers here.`)
    const opened = device ?? (await openDevice())
    const watched = watch(opened.device)
    try {
      opened.device.pushErrorScope('out-of-memory')
      const memory = new GpuMemory(opened.device, watched, modelLayout(kernel.config).end)
      const trouble = await watched.until(opened.device.popErrorScope())
      if (trouble !== null) throw new GpuTrouble('The graphics processor has not enough memory.')
      const pipelines = await watched.until(pipelinesOf(opened.device, memory.bindings, kernel.config))
      return new GpuEngine(kernel, opened, memory, pipelines)
    } catch (thrown) {
      opened.device.destroy()
      throw thrown instanceof GpuTrouble
        ? thrown
        : new GpuTrouble(`WebGPU could not be started (${messageOf(thrown)}).`)
    }
  }

  /** Gives back what it holds on the graphics processor; it is lost from here on. */
  close(): void {
    this.#device.destroy()
  }

  begin(from?: DescentState): void {
    const { weights, gradient, mean, square, count } = this.#model
    if (from !== undefined) this.#memory.write(weights, new Float32Array(from.parameters))
    this.#memory.clear(gradient, count)
    for (const [i, at] of [mean, square].entries()) {
      const left = from?.moments[i]
      if (left === undefined) this.#memory.clear(at, count)
      else this.#memory.write(at, new Float32Array(left))
    }
    this.#pass = undefined
  }

  *judging(text: BranchingText): Generator<Promise<unknown>, Float64Array, void> {
    const m = text.targetRows.length
    const words = textWords(text, this.config)
    const layout = textLayout(this.config, this.#model.end, text.tokens.length, m)
    this.#memory.reach(layout.end, this.#model.end)
    this.#memory.writeWords(words.all)
    const pass = { config: this.config, model: this.#model, text: layout, words, prefix: text.prefix }
    this.#run(forward(pass))
    const [judged] = yield* waited(this.#memory.read([layout.judged, 2 * m]))
    this.#pass = pass
    const logs = new Float64Array(m)
    for (let i = 0; i < m; i++) logs[i] = (judged?.[2 * i] as number) - Math.log(judged?.[2 * i + 1] as number)
    return logs
  }

  addGradient(pull: ArrayLike<number>): void {
    const pass = this.#pass
    if (pass?.text.m !== pull.length) throw new Error(`${pull.length} pulls for ${pass?.text.m ?? 0} targets`)
    this.#memory.write(pass.text.pulls, Float32Array.from(pull))
    this.#run(backward(pass))
    this.#pass = undefined
  }

  step({ rate, step, decay, weight, mostNorm }: CutDescent): void {
    const { count, weights, gradient, mean, square, squares, share } = this.#model
    const root = Math.sqrt(1 - power(SECOND, step))
    const corrected = (rate * root) / (1 - power(FIRST, step))
    const numbers = {
      whole: [count, weights, gradient, mean, square, squares, share],
      others: [weight, mostNorm, corrected, FIRST, SECOND, EPSILON * root, 1 - rate * decay],
    }
    this.#run([
      { kernel: 'square_parts', ...numbers, groups: [PARTS] },
      { kernel: 'cut', ...numbers, groups: [1] },
      { kernel: 'descend', ...numbers, groups: spread(count) },
    ])
  }

  *leaving(step: number): Generator<Promise<unknown>, DescentState, void> {
    const { weights, mean, square, count } = this.#model
    const parts = [weights, mean, square].map((at) => [at, count] as const)
    const [parameters, first, second] = (yield* waited(this.#memory.read(...parts))) as Float32Array[]
    if (parameters === undefined || first === undefined || second === undefined) throw new Error('Nothing was read.')
    this.#kernel.parameters.set(parameters)
    return { step, parameters, moments: [first, second] }
  }

  /** The gradient as it is. */
  *slopes(): Generator<Promise<unknown>, Float32Array, void> {
    const [gradient] = yield* waited(this.#memory.read([this.#model.gradient, this.#model.count]))
    return gradient as Float32Array // one part was asked for
  }

  #run(calls: readonly Call[]): void {
    this.#memory.run(this.#pipelines, calls)
  }
}

/** What came of a promise that somebody else waits for. */
function* waited<T>(work: Promise<T>): Generator<Promise<unknown>, T, void> {
  let done: { readonly value: T } | undefined
  yield work.then((value) => {
    done = { value }
  })
  if (done === undefined) throw new GpuTrouble('What was to be waited for was not waited for.')
  return done.value
}
