/** How far loading has come, out of what WebLLM reports: three passes from 0 to 1, told apart by how their texts begin. */
import type { MlcReport } from './engine.ts'

/** `start`: configuration, model library, tokenizer; nothing is reported of these. */
export const LOAD_PHASES = ['start', 'download', 'read', 'compile'] as const
export type LoadPhase = (typeof LOAD_PHASES)[number]

export interface LoadProgress {
  readonly phase: LoadPhase
  /** 0 to 1 within the phase. */
  readonly share: number
  /** Of the weights, as far as they are known. */
  readonly megabytes: number | undefined
  readonly megabytesTotal: number | undefined
  /** Of what really comes over the network; undefined until two pieces have come. */
  readonly megabytesPerSecond: number | undefined
  readonly secondsLeft: number | undefined
  /** From 1; above where a broken connection was tried again. */
  readonly attempt: number
}

const BEGINNINGS: readonly (readonly [LoadPhase, RegExp])[] = [
  ['download', /^(Start to fetch params|Fetching param cache)/],
  ['read', /^Loading model from cache/],
  ['compile', /^(Loading GPU shader modules|Finish loading)/],
]

/** Shards that are in the cache already are reported as fetched, one right after the other. */
const AT_ONCE_MS = 60
/** The rate is that of so much of the last time. */
const WINDOW_MS = 20_000

export interface ProgressMeter {
  readonly progress: LoadProgress
  take(report: MlcReport, nowMs: number): LoadProgress
  /** A further attempt begins. */
  again(): LoadProgress
}

export function createProgressMeter(): ProgressMeter {
  let progress: LoadProgress = {
    ...{ phase: 'start', share: 0, attempt: 1 },
    ...{ megabytes: undefined, megabytesTotal: undefined, megabytesPerSecond: undefined, secondsLeft: undefined },
  }
  let samples: { readonly ms: number; readonly megabytes: number }[] = []
  return {
    get progress() {
      return progress
    },
    take({ progress: given, text }, nowMs) {
      const phase = BEGINNINGS.find(([, beginning]) => beginning.test(text))?.[0]
      if (phase === undefined) return progress // it says something else
      const share = Number.isFinite(given) ? Math.min(1, Math.max(0, given)) : 0
      const said = /(\d+)MB (?:fetched|loaded)/.exec(text)
      const megabytes = said === null ? undefined : Number(said[1])
      const total = megabytes !== undefined && share > 0 ? megabytes / share : undefined
      if (phase !== progress.phase) samples = []
      if (megabytes !== undefined) {
        const last = samples.at(-1)
        if (phase === 'download' && last !== undefined && nowMs - last.ms < AT_ONCE_MS && samples.length === 1)
          samples = []
        samples.push({ ms: nowMs, megabytes })
        while (samples.length > 2 && nowMs - (samples[1]?.ms ?? nowMs) > WINDOW_MS) samples.shift()
      }
      const rate = rateOf(samples)
      const left = rate !== undefined && total !== undefined && rate > 0 ? (total * (1 - share)) / rate : undefined
      progress = {
        ...{ phase, share, attempt: progress.attempt },
        megabytes: megabytes ?? (phase === progress.phase ? progress.megabytes : undefined),
        megabytesTotal: total === undefined ? progress.megabytesTotal : Math.round(total),
        ...{ megabytesPerSecond: rate, secondsLeft: left },
      }
      return progress
    },
    again() {
      samples = []
      progress = { ...progress, phase: 'start', attempt: progress.attempt + 1 }
      return { ...progress, megabytesPerSecond: undefined, secondsLeft: undefined }
    },
  }
}

function rateOf(samples: readonly { readonly ms: number; readonly megabytes: number }[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined || last.ms <= first.ms) return undefined
  return (last.megabytes - first.megabytes) / ((last.ms - first.ms) / 1000)
}
