/** One thread of pretraining: gradients of its shards of a batch, and the same step as every other thread. */
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { Kernel } from '../../../policies/transformer/kernel/kernel.ts'
import type { LlamaConfig } from '../../../policies/transformer/llama.ts'

export interface Corpus {
  /** All conversations, one after the other; Int32. */
  readonly tokens: SharedArrayBuffer
  /** 1 at every token that the agent wrote; Uint8. */
  readonly written: SharedArrayBuffer
  /** Where each conversation begins, and the end; Int32. */
  readonly starts: SharedArrayBuffer
}

export interface ThreadData {
  readonly config: LlamaConfig
  readonly parameters: Float32Array
  readonly corpus: Corpus
  /** Gradients of the shards, one after the other; Float32. */
  readonly gradients: SharedArrayBuffer
  readonly shards: number
  readonly decay: number
  /** What a token that was only read weighs beside one that was written, from 0. */
  readonly reading: number
}

export type Order =
  | { readonly kind: 'gradient'; readonly shard: number; readonly conversations: readonly number[] }
  | { readonly kind: 'judge'; readonly conversations: readonly number[] }
  | { readonly kind: 'step'; readonly step: number; readonly rate: number; readonly weight: number }
  | { readonly kind: 'parameters' }

export interface Judged {
  /** Tokens that the agent wrote, and the sum of their log-probabilities in nats. */
  readonly written: number
  readonly logs: number
  /** Weights of all tokens that were trained on. */
  readonly weight: number
}

const port = parentPort
if (port === null) throw new Error('shards.worker.ts runs in a thread of its own.')
const { config, parameters, corpus, gradients, shards, decay, reading } = workerData as ThreadData
const kernelCode = readFileSync(new URL('../../../policies/transformer/kernel/kernel.wasm', import.meta.url))
const kernel = await Kernel.open(await WebAssembly.compile(kernelCode), config)
kernel.parameters.set(parameters)
kernel.openTraining()
const tokens = new Int32Array(corpus.tokens)
const written = new Uint8Array(corpus.written)
const starts = new Int32Array(corpus.starts)
const size = parameters.length
const MOST_NORM = 1

function judge(conversation: number, learn: boolean): Judged {
  const from = starts[conversation] as number
  const to = starts[conversation + 1] as number
  const targets: number[] = []
  for (let at = from + 1; at < to; at++) if (written[at] === 1 || (learn && reading > 0)) targets.push(at)
  const logs = kernel.logProbabilities({
    tokens: tokens.subarray(from, to - 1),
    prefix: to - 1 - from,
    branches: [],
    targetRows: targets.map((at) => at - 1 - from),
    targetTokens: targets.map((at) => tokens[at] as number),
  })
  const weights = targets.map((at) => (written[at] === 1 ? 1 : reading))
  if (learn) kernel.addGradient(weights.map((weight) => -weight))
  const judged = { written: 0, logs: 0, weight: 0 }
  for (const [i, at] of targets.entries()) {
    judged.weight += weights[i] as number
    if (written[at] !== 1) continue
    judged.written++
    judged.logs += logs[i] as number
  }
  return judged
}

function all(conversations: readonly number[], learn: boolean): Judged {
  const judged = { written: 0, logs: 0, weight: 0 }
  for (const conversation of conversations) {
    const { written: count, logs, weight } = judge(conversation, learn)
    judged.written += count
    judged.logs += logs
    judged.weight += weight
  }
  return judged
}

port.on('message', (order: Order) => {
  switch (order.kind) {
    case 'gradient': {
      const judged = all(order.conversations, true)
      new Float32Array(gradients, 4 * size * order.shard, size).set(kernel.gradient)
      kernel.gradient.fill(0)
      port.postMessage(judged)
      return
    }
    case 'judge':
      port.postMessage(all(order.conversations, false))
      return
    case 'step': {
      const sum = kernel.gradient
      for (let shard = 0; shard < shards; shard++) {
        const part = new Float32Array(gradients, 4 * size * shard, size)
        for (let i = 0; i < size; i++) sum[i] = (sum[i] as number) + (part[i] as number)
      }
      const norm = kernel.gradientNorm() / order.weight
      const share = Math.min(1, MOST_NORM / norm) / order.weight
      kernel.descend({ rate: order.rate, share, step: order.step, decay })
      port.postMessage(norm)
      return
    }
    case 'parameters':
      port.postMessage(kernel.parameters.slice())
  }
})
