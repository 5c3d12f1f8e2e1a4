/** The collection in a thread of its own: whatever computes too long there does not keep the terminal from being heard. */
import { parentPort, workerData } from 'node:worker_threads'
import type { EndpointStats } from '../policies/openai/endpoint.ts'
import type { CollectOptions } from './arguments.ts'
import { collectRun } from './collect-run.ts'
import { createHttpFetch } from './http-fetch.ts'
import type { ThreadMessage } from './supervise.ts'

/** A sign of life this often, with how far it is. */
const BEAT_MS = 500

const { options, key } = workerData as { readonly options: CollectOptions; readonly key: string | undefined }
const stop = new AbortController()
parentPort?.once('message', () => stop.abort())

let of = 0
let finished = 0
let stats: (() => EndpointStats) | undefined
const tell = (message: ThreadMessage): void => parentPort?.postMessage(message)
const beat = (): void => tell({ type: 'beat', counts: stats && { finished, of, stats: { ...stats() } } })
const beating = setInterval(beat, BEAT_MS)

const collected = await collectRun(
  options,
  {
    fetch: createHttpFetch(),
    now: () => performance.now(),
    date: () => Date.now(),
    after(ms, call) {
      const timer = setTimeout(call, ms)
      return () => clearTimeout(timer)
    },
    jitter: () => Math.random(),
    key,
    say: (words) => tell({ type: 'say', words }),
    onStart(count, counted) {
      of = count
      stats = counted
    },
    onFinished: () => finished++,
  },
  stop.signal,
)
clearInterval(beating)
beat()
tell({ type: 'end', collected })
