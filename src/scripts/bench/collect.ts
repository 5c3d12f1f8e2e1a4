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
import { readArguments } from '../../collect/arguments.ts'
import { type Collected, type CollectPorts, collectRun } from '../../collect/collect-run.ts'
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
  let stats: (() => EndpointStats) | undefined
  let begun = { ms: 0, cpu: process.cpuUsage() }
  let ended: typeof begun | undefined
  const looking = setInterval(() => {
    if (ended !== undefined || stats === undefined || stats().requests < requests) return
    ended = { ms: performance.now() - begun.ms, cpu: process.cpuUsage(begun.cpu) }
  }, LOOK_MS)
  const onStart = (_: number, counted: () => EndpointStats): void => {
    stats = counted
    begun = { ms: performance.now(), cpu: process.cpuUsage() }
  }
  const sizes = `--tasks 0-999 --rollouts 5 --concurrency ${IN_FLIGHT} --budget-requests ${requests}`
  try {
    await collected(sizes, ANSWER_MS, fetch, onStart)
  } finally {
    clearInterval(looking)
  }
  if (ended === undefined) throw new Error('The collection ended before its requests were sent.')
  const { ms, cpu } = ended
  return {
    mostInFlight: stats?.().peak,
    requestsPerSecond: rounded((1000 * requests) / ms),
    cpuMs: rounded((cpu.user + cpu.system) / 1000 / requests),
  }
}

/**
 * All of `collect` but its command, asking a server in a process of its own that answers after so long.
 * @param words of the command line, beside the server and the folder
 * @param onStart told when requests begin
 */
export async function collected(
  words: string,
  answerMs: number,
  fetch: Fetch,
  onStart: CollectPorts['onStart'],
): Promise<Collected> {
  const server = fork(fileURLToPath(new URL('./fake-server.ts', import.meta.url)), [String(answerMs)])
  const out = await mkdtemp(join(tmpdir(), 'rro-bench-'))
  try {
    const [port] = await once(server, 'message')
    const address = `--endpoint http://127.0.0.1:${port}/v1 --model fake`
    const command = unwrap(readArguments([...`${address} ${words}`.split(' '), '--out', out]))
    if (command.do !== 'collect') throw new Error('The command line of the benchmark is no longer understood.')
    const ports: CollectPorts = {
      ...{ fetch, key: undefined, now: () => performance.now(), date: Date.now, jitter: () => 0.5, onStart },
      after(ms: number, call: () => void) {
        const timer = setTimeout(call, ms)
        return () => clearTimeout(timer)
      },
      say: (sentence: string) => console.error(sentence),
      onFinished: () => {},
    }
    return unwrap(await collectRun(command.options, ports, new AbortController().signal))
  } finally {
    server.disconnect()
    await rm(out, { recursive: true, force: true })
  }
}
