/** One thread of pretraining: gradients of its shards of a batch, and the same step as every other thread. */
import { parentPort, workerData } from 'node:worker_threads'
import { Kernel } from '../../../policies/transformer/kernel/kernel.ts'
import { type Judged, type Order, SLIP, type ThreadData, WRITTEN } from './shards.ts'

const port = parentPort
if (port === null) throw new Error('shards.worker.ts runs in a thread of its own.')
const { config, parameters, corpus, gradients, shards, decay, reading } = workerData as ThreadData
const kernel = await Kernel.open(config)
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
  for (let at = from + 1; at < to; at++)
    if (written[at] === WRITTEN || (learn && reading > 0 && written[at] !== SLIP)) targets.push(at)
  const logs = kernel.logProbabilities({
    tokens: tokens.subarray(from, to - 1),
    prefix: to - 1 - from,
    branches: [],
    targetRows: targets.map((at) => at - 1 - from),
    targetTokens: targets.map((at) => tokens[at] as number),
  })
  const weights = targets.map((at) => (written[at] === WRITTEN ? 1 : reading))
  if (learn) kernel.addGradient(weights.map((weight) => -weight))
  const judged = { written: 0, logs: 0, weight: 0 }
  for (const [i, at] of targets.entries()) {
    judged.weight += weights[i] as number
    if (written[at] !== WRITTEN) continue
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
