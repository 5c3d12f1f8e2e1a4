/**
 * One instance of the WASM kernel with the parameters of one model: reads conversations token by token, and finds
 * log-probabilities of texts and their gradients. Equal inputs give equal bits in every engine.
 *
 * Memory only grows. It holds the parameters, tables of the rotary positions, and then what is asked for first: a cache for
 * reading, or gradient and moments for training, each with scratch behind the last thing.
 */
import { readKernelFile } from '#transformer-kernel'
import { log, power } from '../../../core/elementary.ts'
import { type LlamaConfig, parameterCount } from '../llama.ts'
import { kernelTrouble } from '../parameters.ts'
import {
  type BranchingText,
  type CutDescent,
  type Descent,
  type DescentState,
  EPSILON,
  FIRST,
  rowsOf,
  SECOND,
  type TextEngine,
} from '../text-engine.ts'
import type { Exports } from './exports.ts'
import { fillRotary } from './rotary.ts'

/** Tokens to read, one a row. Rows of one slot stand in the order of their positions. */
export interface Rows {
  readonly tokens: ArrayLike<number>
  readonly slots: ArrayLike<number>
  /** A slot holds everything before; what it held from here on is overwritten. */
  readonly positions: ArrayLike<number>
  /** Indices of the rows after which something is to be predicted. */
  readonly wanted: ArrayLike<number>
}

const PAGE = 65536
/** Far more than a model that is read here needs; some phones refuse to promise four times as much. */
const MOST_BYTES = 1024 * 1024 * 1024

/** Compiled once. */
let code: Promise<WebAssembly.Module> | undefined

export class Kernel implements TextEngine {
  readonly config: LlamaConfig
  readonly #memory: WebAssembly.Memory
  /** All of the memory, as it is now. */
  #words: Int32Array
  readonly #exports: Exports
  readonly #count: number
  #end: number
  readonly #weights: number
  #slots = 0
  #training: { readonly gradient: number; readonly mean: number; readonly square: number } | undefined
  #logits = 0
  #room = 0
  #targets = 0
  #fed = 0

  private constructor(config: LlamaConfig, memory: WebAssembly.Memory, exports: Exports) {
    this.config = config
    this.#memory = memory
    this.#words = new Int32Array(memory.buffer)
    this.#exports = exports
    this.#count = parameterCount(config)
    this.#end = exports.__heap_base.value
    this.#weights = this.#take(this.#count)
    const half = config.headSize / 2
    const cosines = this.#take(config.context * half)
    const sines = this.#take(config.context * half)
    const size = config.context * half
    fillRotary(config, this.#floats(cosines, size), this.#floats(sines, size))
    this.#configure = (gradient) => {
      const { hidden, layers, heads, intermediate, vocabulary, context, normEpsilon } = config
      exports.configure(
        ...[hidden, layers, heads, intermediate, vocabulary, context, normEpsilon],
        ...[this.#weights, gradient, cosines, sines],
      )
    }
    this.#configure(0)
  }

  readonly #configure: (gradient: number) => void

  /** @throws on a model that the kernel does not take, where its code cannot be fetched, and where memory ends */
  static async open(config: LlamaConfig): Promise<Kernel> {
    const trouble = kernelTrouble(config)
    if (trouble !== undefined) throw new Error(`The kernel does not take this model: ${trouble}.`)
    code ??= readKernelFile().then((bytes) => WebAssembly.compile(bytes))
    const compiled = await code.catch((thrown) => {
      code = undefined
      throw thrown
    })
    const memory = new WebAssembly.Memory({ initial: 2, maximum: MOST_BYTES / PAGE })
    const instance = await WebAssembly.instantiate(compiled, { env: { memory } })
    return new Kernel(config, memory, instance.exports as unknown as Exports) // kernel.c exports these
  }

  /** Room for so many numbers of four bytes; its address, a multiple of 16. */
  #take(count: number): number {
    const at = Math.ceil(this.#end / 16) * 16
    this.#end = at + 4 * count
    this.#reach(this.#end)
    return at
  }

  #reach(end: number): void {
    const missing = end - this.#words.byteLength
    if (missing <= 0) return
    this.#memory.grow(Math.ceil(missing / PAGE))
    this.#words = new Int32Array(this.#memory.buffer)
  }

  #floats(at: number, count: number): Float32Array {
    return new Float32Array(this.#words.buffer, at, count)
  }

  #put(at: number, words: ArrayLike<number>, count = words.length): number {
    const [to, all] = [at / 4, this.#words]
    for (let i = 0; i < count; i++) all[to + i] = words[i] as number // below its length
    return at + 4 * count
  }

  /** Everything that training changes; a view that the next call may end. */
  get parameters(): Float32Array {
    return this.#floats(this.#weights, this.#count)
  }

  /** Tokens that have gone through the model, each as often as it did: read, or judged. The way back of a gradient is not counted. */
  get fed(): number {
    return this.#fed
  }

  /** Bytes that this instance holds. */
  get bytes(): number {
    return this.#words.byteLength
  }

  /** Makes room to read so many conversations at once; what slots held is gone. */
  openCache(slots: number): void {
    const { layers, context, hidden } = this.config
    const size = layers * slots * context * hidden
    const keys = this.#take(size)
    const values = this.#take(size)
    this.#slots = slots
    this.#exports.open_cache(slots, keys, values)
  }

  /** Copies the first `length` tokens of a slot to another one. */
  copyPrefix(from: number, to: number, length: number): void {
    if (from !== to) this.#exports.branch(from, to, length)
  }

  /** Reads tokens, the first `rows` of them; `logits` and `sample` then speak of the first `wants` wanted rows, in their order. */
  read({ tokens, slots, positions, wanted }: Rows, rows: number = tokens.length, wants: number = wanted.length): void {
    const { hidden, intermediate, vocabulary, context } = this.config
    for (let i = 0; i < rows; i++) {
      if (!((slots[i] as number) < this.#slots)) throw new Error(`Slot ${slots[i]} of ${this.#slots}`)
      if (!((positions[i] as number) < context)) throw new Error(`Position ${positions[i]} of ${context}`)
      if (!((tokens[i] as number) < vocabulary)) throw new Error(`Token ${tokens[i]} of ${vocabulary}`)
    }
    const words = Math.ceil(this.#end / 16) * 16
    const logits = Math.ceil((words + 4 * (3 * rows + wants)) / 16) * 16
    const room = logits + 4 * wants * vocabulary
    this.#reach(room + 4 * (rows * (7 * hidden + 3 * intermediate) + wants * hidden + context + 4 + vocabulary))
    const token = words
    const slot = this.#put(token, tokens, rows)
    const position = this.#put(slot, slots, rows)
    const want = this.#put(position, positions, rows)
    this.#put(want, wanted, wants)
    this.#exports.read(token, slot, position, rows, want, wants, logits, room)
    this.#fed += rows
    this.#logits = logits
    this.#room = room
  }

  /** Logits after the `i`th wanted row of the last `read`; a view that the next call may end. */
  logits(i: number): Float32Array {
    const { vocabulary } = this.config
    return this.#floats(this.#logits + 4 * i * vocabulary, vocabulary)
  }

  /** A token drawn from softmax(logits / temperature) after the `i`th wanted row; the likeliest at temperature 0. */
  sample(i: number, temperature: number, uniform: number): number {
    return this.#exports.sample(this.#logits + 4 * i * this.config.vocabulary, temperature, uniform, this.#room)
  }

  /**
   * log p of each target in nats, under the parameters as they are.
   * @throws on a text that is longer than the context
   */
  logProbabilities(text: BranchingText): Float64Array {
    const { tokens, prefix, targetRows, targetTokens } = text
    const rows = tokens.length
    const { positions, from } = rowsOf(text, this.config)
    const targets = targetRows.length
    const words = Math.ceil(this.#end / 16) * 16
    const into = words + 4 * (3 * rows + 2 * targets)
    const at = Math.ceil((into + 4 * 2 * targets) / 16) * 16
    this.#reach(this.#exports.measure(rows, targets, at))
    const token = words
    const position = this.#put(token, tokens)
    const branch = this.#put(position, positions)
    const targetRow = this.#put(branch, from)
    const targetToken = this.#put(targetRow, targetRows)
    this.#put(targetToken, targetTokens)
    this.#exports.look(token, position, branch, rows, prefix, targetRow, targetToken, targets, at, into)
    this.#fed += rows
    this.#targets = targets
    this.#room = into
    const found = this.#floats(into, 2 * targets)
    const logs = new Float64Array(targets)
    for (let i = 0; i < targets; i++) logs[i] = (found[2 * i] as number) - log(found[2 * i + 1] as number)
    return logs
  }

  // biome-ignore lint/correctness/useYield: it answers at once
  *judging(text: BranchingText): Generator<never, Float64Array, void> {
    return this.logProbabilities(text)
  }

  /** Makes room for a gradient and its moments, once. Comes before the text that is to be learnt from. */
  openTraining(): void {
    if (this.#training !== undefined) return
    const [gradient, mean, square] = [this.#take(this.#count), this.#take(this.#count), this.#take(this.#count)]
    this.#training = { gradient, mean, square }
    this.#configure(gradient)
  }

  #trained() {
    if (this.#training === undefined) throw new Error('Training was not opened.')
    return this.#training
  }

  /** A view that the next call may end. */
  get gradient(): Float32Array {
    return this.#floats(this.#trained().gradient, this.#count)
  }

  /** The moments of Adam: means, then means of squares. Views that the next call may end. */
  get moments(): readonly [Float32Array, Float32Array] {
    const { mean, square } = this.#trained()
    return [this.#floats(mean, this.#count), this.#floats(square, this.#count)]
  }

  /** Adds the gradient of sum_i pull[i] log p_i, for the targets of the last `logProbabilities`; once for each. */
  addGradient(pull: ArrayLike<number>): void {
    this.#trained()
    if (pull.length !== this.#targets) throw new Error(`${pull.length} pulls for ${this.#targets} targets`)
    this.#floats(this.#room, this.#targets).set(pull)
    this.#exports.learn(this.#room)
    this.#targets = 0
  }

  /** Length of the gradient. */
  gradientNorm(): number {
    return Math.sqrt(this.#exports.squares(this.#trained().gradient, this.#count))
  }

  /** One step of AdamW against the gradient, which is cleared. */
  descend({ rate, share, step, decay }: Descent): void {
    const { gradient, mean, square } = this.#trained()
    const root = Math.sqrt(1 - power(SECOND, step))
    const corrected = (rate * root) / (1 - power(FIRST, step))
    const numbers = [share, corrected, FIRST, SECOND, EPSILON * root, rate * decay]
    this.#exports.adam(this.#weights, gradient, mean, square, this.#count, ...numbers)
    this.gradient.fill(0)
  }

  begin(from?: DescentState): void {
    this.openTraining()
    this.gradient.fill(0)
    for (const [i, moment] of this.moments.entries()) {
      const left = from?.moments[i]
      if (left === undefined) moment.fill(0)
      else moment.set(left)
    }
    if (from !== undefined) this.parameters.set(from.parameters)
  }

  step({ weight, mostNorm, ...descent }: CutDescent): void {
    const norm = this.gradientNorm() / weight
    this.descend({ ...descent, share: Math.min(1, mostNorm / Math.max(norm, 1e-12)) / weight })
  }

  // biome-ignore lint/correctness/useYield: it answers at once
  *leaving(step: number): Generator<never, DescentState, void> {
    const [mean, square] = this.moments
    return { step, parameters: this.parameters.slice(), moments: [mean.slice(), square.slice()] }
  }
}
