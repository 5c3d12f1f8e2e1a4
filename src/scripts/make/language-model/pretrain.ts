/**
 * Pretraining of our language model on demonstrations: AdamW on the log-probabilities of what the agent wrote, spread over
 * threads. A batch is cut into a fixed number of shards, whose gradients are summed in a fixed order: the number of threads
 * changes nothing.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { stream } from '../../../core/random.ts'
import type { WrittenConversation } from '../../../policies/transformer/conversation.ts'
import { type LlamaConfig, parameterCount } from '../../../policies/transformer/llama.ts'
import { type Corpus, type Judged, type Order, SLIP, type ThreadData, WRITTEN } from './shards.ts'

export interface Pretraining {
  readonly seed: number
  readonly steps: number
  /** Conversations a step. */
  readonly batch: number
  readonly rate: number
  readonly decay: number
  /** What a token that is only read weighs beside one that is written: to foresee what is seen teaches to look back. */
  readonly reading: number
  /** Steps over which the rate rises; then it falls in a line to a twentieth. */
  readonly warmUp: number
  /** The last conversations, which are not trained on. */
  readonly heldOut: number
  /** Steps between two looks at them. */
  readonly every: number
  /** As many as there are processors where it is not said; they change nothing but the time. */
  readonly threads?: number
}

export interface Look {
  readonly step: number
  /** Tokens read so far, and of these what the agent wrote. */
  readonly tokens: number
  /** Mean nats a written token: of the batches since the last look, and held out. */
  readonly loss: number
  readonly heldOut: number
  readonly seconds: number
}

const SHARDS = 4

export function corpusOf(conversations: readonly WrittenConversation[]): Corpus {
  const size = conversations.reduce((sum, { tokens }) => sum + tokens.length, 0)
  const tokens = new SharedArrayBuffer(4 * size)
  const written = new SharedArrayBuffer(size)
  const starts = new SharedArrayBuffer(4 * (conversations.length + 1))
  let at = 0
  for (const [i, { tokens: all, actions, slips }] of conversations.entries()) {
    new Int32Array(starts)[i] = at
    new Int32Array(tokens).set(all, at)
    for (const [from, to] of actions) new Uint8Array(written).fill(WRITTEN, at + from, at + to)
    for (const [from, to] of slips) new Uint8Array(written).fill(SLIP, at + from, at + to)
    at += all.length
  }
  new Int32Array(starts)[conversations.length] = at
  return { tokens, written, starts }
}

/** Trains `parameters` further; `look` gets them as they are at each look. */
export async function pretrain(
  config: LlamaConfig,
  parameters: Float32Array,
  corpus: Corpus,
  options: Pretraining,
  look: (look: Look, parameters: Float32Array) => void,
): Promise<Float32Array> {
  const { seed, steps, batch, rate, decay, reading, warmUp, heldOut, every } = options
  const gradients = new SharedArrayBuffer(4 * parameterCount(config) * SHARDS)
  const workerData: ThreadData = { config, parameters, corpus, gradients, shards: SHARDS, decay, reading }
  const threads = Array.from({ length: Math.min(SHARDS, options.threads ?? availableParallelism()) }, () =>
    thread(workerData),
  )
  const first = threads[0] as Thread // there is one
  const starts = new Int32Array(corpus.starts)
  const count = starts.length - 1 - heldOut
  const held = Array.from({ length: heldOut }, (_, i) => count + i)
  const random = stream(seed)
  let [tokens, sum, since] = [0, 0, 0]
  let order: readonly number[] = []
  let epoch = 0
  const begun = performance.now()
  for (let step = 1; step <= steps; step++) {
    if (order.length < batch) {
      const all = Array.from({ length: count }, (_, i) => i)
      order = [...order, ...random.child('epoch', epoch++).shuffled(all)]
    }
    const now = order.slice(0, batch)
    order = order.slice(batch)
    for (const i of now) tokens += (starts[i + 1] as number) - (starts[i] as number)
    const shards = Array.from({ length: SHARDS }, (_, shard) => now.filter((_, i) => i % SHARDS === shard))
    const judged = await Promise.all(
      shards.map((conversations, shard) =>
        (threads[shard % threads.length] as Thread)<Judged>({ kind: 'gradient', shard, conversations }),
      ),
    )
    const written = judged.reduce((total, one) => total + one.written, 0)
    sum -= judged.reduce((total, one) => total + one.logs, 0)
    const weight = judged.reduce((total, one) => total + one.weight, 0)
    since += written
    const at = rate * (step <= warmUp ? step / warmUp : 1 - (0.95 * (step - warmUp)) / (steps - warmUp))
    await Promise.all(threads.map((one) => one({ kind: 'step', step, rate: at, weight })))
    if (step % every !== 0 && step !== steps) continue
    const { written: all, logs } = await first<Judged>({ kind: 'judge', conversations: held })
    const seconds = (performance.now() - begun) / 1000
    look({ step, tokens, loss: sum / since, heldOut: -logs / all, seconds }, await first({ kind: 'parameters' }))
    ;[sum, since] = [0, 0]
  }
  const trained = await first<Float32Array>({ kind: 'parameters' })
  for (const one of threads) one.end()
  return trained
}

interface Thread {
  <T>(order: Order): Promise<T>
  end(): void
}

/** Orders are answered in their order. */
function thread(workerData: ThreadData): Thread {
  // A thread knows TypeScript only once it was taught.
  const code = JSON.stringify(new URL('./shards.worker.ts', import.meta.url).href)
  const teacher = JSON.stringify(import.meta.resolve('tsx/esm/api'))
  const worker = new Worker(`import(${teacher}).then(({ register }) => (register(), import(${code})))`, {
    eval: true,
    workerData,
  })
  const waiting: { resolve(answer: unknown): void; reject(error: unknown): void }[] = []
  worker.on('message', (answer) => waiting.shift()?.resolve(answer))
  worker.on('error', (error) => {
    for (const { reject } of waiting.splice(0)) reject(error)
  })
  const ask = <T>(order: Order): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ resolve: resolve as (answer: unknown) => void, reject })
      worker.postMessage(order)
    })
  return Object.assign(ask, { end: () => void worker.terminate() })
}
