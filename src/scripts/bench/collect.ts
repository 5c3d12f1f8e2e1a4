/**
 * `collect` at full speed against a server in a process of its own that takes a second for an answer: requests a second, and
 * what each takes of the processor in the process that asks. Beside it the same by Node's `fetch`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CollectOptions, readArguments } from '../../collect/arguments.ts'
import { collectRun } from '../../collect/collect-run.ts'
import { createHttpFetch } from '../../collect/http-fetch.ts'
import { unwrap } from '../../core/failure.ts'
import type { EndpointStats } from '../../policies/openai/endpoint.ts'
import type { Fetch } from '../../policies/openai/ports.ts'
import { rounded } from './measure.ts'

const IN_FLIGHT = 1_000
/** So that a thousand in flight are a thousand a second, where nothing else holds them up. */
const ANSWER_MS = 900
/** How often it is looked whether the last request is sent. */
const LOOK_MS = 50

export async function benchCollect(requests = 15_000) {
  const byHttp = await collecting(requests, createHttpFetch())
  const byFetch = await collecting(requests, globalThis.fetch)
  return { inFlight: IN_FLIGHT, requests, byHttp, byFetch, cpuRatio: rounded(byHttp.cpuMs / byFetch.cpuMs) }
}

/** From the first request to the last: what comes before (loading) and after (files) does not count. */
async function collecting(requests: number, fetch: Fetch) {
  const server = fork(fileURLToPath(new URL('./fake-server.ts', import.meta.url)), [String(ANSWER_MS)])
  const out = await mkdtemp(join(tmpdir(), 'rro-bench-'))
  let stats: (() => EndpointStats) | undefined
  let begun = { ms: 0, cpu: process.cpuUsage() }
  let ended: typeof begun | undefined
  const looking = setInterval(() => {
    if (ended !== undefined || stats === undefined || stats().requests < requests) return
    ended = { ms: performance.now() - begun.ms, cpu: process.cpuUsage(begun.cpu) }
  }, LOOK_MS)
  try {
    const [port] = await once(server, 'message')
    const ports = {
      ...{ fetch, key: undefined, now: () => performance.now(), date: Date.now, jitter: () => 0.5 },
      after(ms: number, call: () => void) {
        const timer = setTimeout(call, ms)
        return () => clearTimeout(timer)
      },
      say: (words: string) => console.error(words),
      onStart(_: number, counted: () => EndpointStats) {
        stats = counted
        begun = { ms: performance.now(), cpu: process.cpuUsage() }
      },
      onFinished: () => {},
    }
    unwrap(await collectRun(optionsFor(port, out, requests), ports, new AbortController().signal))
  } finally {
    clearInterval(looking)
    server.disconnect()
    await rm(out, { recursive: true, force: true })
  }
  if (ended === undefined) throw new Error('The collection ended before its requests were sent.')
  const { ms, cpu } = ended
  return {
    mostInFlight: stats?.().peak,
    requestsPerSecond: rounded((1000 * requests) / ms),
    cpuMs: rounded((cpu.user + cpu.system) / 1000 / requests),
  }
}

function optionsFor(port: unknown, out: string, requests: number): CollectOptions {
  const words = `--endpoint http://127.0.0.1:${port}/v1 --model fake --tasks 0-999 --rollouts 5 --concurrency ${IN_FLIGHT}`
  const command = unwrap(readArguments([...words.split(' '), '--budget-requests', `${requests}`, '--out', out]))
  if (command.do !== 'collect') throw new Error('The command line of the benchmark is no longer understood.')
  return command.options
}
