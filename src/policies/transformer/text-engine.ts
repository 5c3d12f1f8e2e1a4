/** What computes a training of a language model: the WASM kernel, which answers at once, or WebGPU, which lets one wait. */
import type { LlamaConfig } from './llama.ts'

/** A prefix with any number of branches, each of which sees the prefix and itself. */
export interface BranchingText {
  /** The prefix, then the branches one after the other. */
  readonly tokens: ArrayLike<number>
  /** Number of tokens of the prefix. */
  readonly prefix: number
  /** Number of tokens of each branch. */
  readonly branches: readonly number[]
  /** Rows at which something is predicted, and the token that comes. */
  readonly targetRows: ArrayLike<number>
  readonly targetTokens: ArrayLike<number>
}

/** AdamW's numbers. */
export interface Descent {
  readonly rate: number
  /** What gradients are multiplied by: 1 / number of texts, and whatever clips them. */
  readonly share: number
  /** From 1. */
  readonly step: number
  readonly decay: number
}

/** A step against a gradient that is a sum over so much; of the mean, what is longer than it may be is cut. */
export interface CutDescent extends Omit<Descent, 'share'> {
  readonly weight: number
  readonly mostNorm: number
}

/** All that a descent needs to go on after some steps as if it had never been left. */
export interface DescentState {
  readonly step: number
  readonly parameters: Float32Array
  /** Of Adam: means, and means of squares. */
  readonly moments: readonly [Float32Array, Float32Array]
}

/**
 * One model under training. W is what has to be waited for before a generator goes on: nothing (WASM), or a promise (WebGPU), whose
 * rejection is the engine's end.
 */
export interface TextEngine<W = never> {
  readonly config: LlamaConfig
  /** Begins a descent: the gradient is cleared, parameters and moments are those of `from`, or as they are and zero. */
  begin(from?: DescentState): void
  /** log p of each target in nats, by the parameters as they are. @throws on a text that is longer than the context */
  judging(text: BranchingText): Generator<W, Float64Array, void>
  /** Adds the gradient of sum_i pull[i] log p_i, for the targets of the last text that was judged; once for each. */
  addGradient(pull: ArrayLike<number>): void
  /** One step of AdamW against the gradient, which is cleared. */
  step(descent: CutDescent): void
  /** Copies; at the end of a step. @param step of the descent, from 1 */
  leaving(step: number): Generator<W, DescentState, void>
}

/** One on a device that may be slow, may be lost, and is to be given back. */
export interface DeviceEngine extends TextEngine<Promise<unknown>> {
  /** The device for people, and whether it is computed on the processor. */
  readonly opened: { readonly name: string; readonly software: boolean }
  close(): void
}

/** AdamW's constants, for every engine. */
export const FIRST = 0.9
export const SECOND = 0.99
export const EPSILON = 1e-8

/** Where each token of a text stands: in its conversation, and in the text, the row at which its branch begins (0 in the prefix). */
export interface TextRows {
  readonly positions: Int32Array
  readonly from: Int32Array
}

/** @throws on a text that is longer than the context, that is not as long as its parts, or that has unknown tokens */
export function rowsOf({ tokens, prefix, branches }: BranchingText, { vocabulary, context }: LlamaConfig): TextRows {
  const rows = tokens.length
  const positions = new Int32Array(rows)
  const from = new Int32Array(rows)
  for (let r = 0; r < prefix; r++) positions[r] = r
  let row = prefix
  for (const length of branches) {
    const start = row
    for (; row < start + length; row++) {
      positions[row] = prefix + row - start
      from[row] = start
    }
    if (prefix + length > context) throw new Error(`${prefix + length} tokens are more than the context of ${context}`)
  }
  if (row !== rows) throw new Error(`${rows} tokens for a prefix and branches of ${row}`)
  if (prefix > context) throw new Error(`${prefix} tokens are more than the context of ${context}`)
  for (let i = 0; i < rows; i++)
    if (!((tokens[i] as number) < vocabulary)) throw new Error(`Token ${tokens[i]} of ${vocabulary}`)
  return { positions, from }
}

/** What comes of work that has nothing to wait for. */
export function atOnce<T>(work: Generator<undefined, T, void>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}
