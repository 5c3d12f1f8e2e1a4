/** One line that says how far it is, how fast it goes, and how long it will take. */
import { grouped } from '../core/grouped.ts'
import type { TokenCost } from '../core/log/token-cost.ts'
import type { EndpointStats } from '../policies/openai/endpoint.ts'

export interface Counts {
  /** Finished by this process, of those it set out for. */
  readonly finished: number
  readonly of: number
  readonly elapsedMs: number
  readonly stats: EndpointStats
}

export function progressLine({ finished, of, elapsedMs, stats }: Counts): string {
  const seconds = Math.max(elapsedMs, 1) / 1000
  const perSecond = finished / seconds
  const left = finished === 0 ? '' : `, ${duration((of - finished) / perSecond)} left`
  const rate = `${(stats.requests / seconds).toFixed(1)} requests/s, ${grouped(Math.round(stats.tokens / seconds))} tokens/s`
  const again = stats.repeated > 0 ? `, ${stats.repeated} asked again` : ''
  return `${finished}/${of} tasks, ${(perSecond * 60).toFixed(1)}/min${left}; ${rate}, ${stats.inFlight} under way${again}`
}

/** What the calls cost, and what the order of the calls has to do with it. */
export function tokenLine({ calls, prompt, decoded, prefilled, interleaved, shared, uncounted }: TokenCost): string {
  const short = (tokens: number): string => Intl.NumberFormat('en', { notation: 'compact' }).format(tokens)
  const read = `a server that keeps prefixes reads ${short(shared)} of ${short(prompt)} prompt tokens`
  const one = `an engine with one conversation ${short(prefilled)} (${short(interleaved)} if rollouts took turns)`
  const rest = uncounted > 0 ? `; ${uncounted} calls were not counted by the server` : ''
  return `${grouped(calls)} calls, ${short(decoded)} tokens written; ${read}, ${one}${rest}`
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}

/** A line that is written over on a terminal, and now and then anew in a file. */
export function createProgress(stream: NodeJS.WriteStream, line: () => string): { end(): void } {
  const everyMs = stream.isTTY ? 500 : 15_000
  const show = (): void => {
    stream.write(stream.isTTY ? `\r\u001B[K${line()}` : `${line()}\n`)
  }
  const timer = setInterval(show, everyMs)
  timer.unref()
  return {
    end() {
      clearInterval(timer)
      show()
      if (stream.isTTY) stream.write('\n')
    },
  }
}
