/** What the dialog of language models says: sizes, progress, verdicts. Pure, so that it can be read in a test. */
import type {
  DeviceReport,
  EndpointState,
  LoadProgress,
  PageModel,
  RawPrompt,
  TokenCost,
} from '../../worker/protocol/lab-api.ts'
import { countText, durationText, plural, rateText } from '../words/format.ts'
import { bytesText } from '../words/sizes-and-times.ts'

export function deviceWords({ name, software, f16, freeBytes }: DeviceReport): string {
  if (name === undefined) return ''
  const kind = software
    ? ', computed on the processor: it works, but one word takes many seconds'
    : f16
      ? ', with 16-bit numbers'
      : ', without 16-bit numbers (models with f32 in their name)'
  const room = freeBytes === undefined ? '' : ` Free for this site: ${bytesText(freeBytes)}.`
  return `Graphics: ${name}${kind}.${room}`
}

/** `SmolLM2-360M-Instruct-q4f16_1-MLC` without what all names have. */
export function shortName(id: string): string {
  return id.replace(/-MLC(?=-|$)/, '').replace(/^custom\//, '')
}

export function optionWords({ id, megabytes, presence, paper }: PageModel): string {
  const size = megabytes === undefined ? 'size unknown' : `${countText(Math.round(megabytes))} MB`
  const here = { none: '', partly: ', begun', whole: ', on this disk' }[presence]
  return `${shortName(id)} (${size}${here}${paper ? ', the paper’s base model' : ''})`
}

/** What a press will do, with the hosts that it reaches out to. */
export function loadWords({ presence, megabytes, hosts }: PageModel): string {
  if (presence === 'whole') return 'Load it from this disk'
  const size = megabytes === undefined ? '' : ` ${countText(Math.round(megabytes))} MB at most`
  const from = ` from ${hosts.join(' and ')}`
  return presence === 'partly' ? `Go on downloading${from}` : `Download${size}${from}`
}

const PHASES = {
  start: 'Fetching the model’s configuration and program',
  download: 'Downloading',
  read: 'Reading from this disk',
  compile: 'Preparing the graphics processor',
} as const

export function progressWords(progress: LoadProgress | undefined): string {
  if (progress === undefined) return 'Starting'
  const { phase, megabytes, megabytesTotal, megabytesPerSecond, secondsLeft, attempt, share } = progress
  const amount =
    megabytes === undefined || phase === 'compile' || phase === 'start'
      ? phase === 'compile'
        ? `: ${Math.round(share * 100)} %`
        : ''
      : `: ${countText(megabytes)} of ${megabytesTotal === undefined ? 'unknown' : countText(megabytesTotal)} MB`
  const rate = megabytesPerSecond === undefined ? '' : `, ${rateText(megabytesPerSecond)} MB/s`
  const left = secondsLeft === undefined ? '' : `, ${durationText(secondsLeft)} left`
  const again = attempt > 1 ? ` (the connection broke off; attempt ${attempt} of 4)` : ''
  return `${PHASES[phase]}${amount}${rate}${left}${again}`
}

export function endpointWords({ address, model, stats, notices = [] }: EndpointState): string {
  const now = stats.inFlight + stats.waiting > 0 ? `, ${countText(stats.inFlight)} under way` : ''
  const again = stats.repeated > 0 ? ` (${countText(stats.repeated)} sent again)` : ''
  return `Connected to ${address} for ${model}: ${plural(stats.requests, 'request')}${again}, ${plural(stats.tokens, 'token')}${now}.${notices.map((words) => ` ${words}`).join('')}`
}

/**
 * Prefilled and decoded tokens, and what other orders of the calls would have read.
 * @param copies whether the sessions of the model are copied where conversations part, as those of the browser's own are
 */
export function costWords(cost: TokenCost, copies = false): string {
  if (cost.calls === 0) return 'No model was asked yet.'
  if (cost.uncounted === cost.calls) return `${plural(cost.calls, 'call')}; the server does not count tokens.`
  if (copies)
    return `${plural(cost.calls, 'call')}: prompts of ${countText(cost.prompt)} tokens, ${countText(cost.decoded)} written, as the browser counts them. Sessions are copied where conversations part; the dialog “Language model” says what that saves.`
  const saved = cost.prompt === 0 ? 0 : Math.round((1 - cost.prefilled / cost.prompt) * 100)
  const numbers = `${plural(cost.calls, 'call')}: ${countText(cost.prefilled)} tokens read (prefilled), ${countText(cost.decoded)} written (decoded).`
  const others = `The prompts have ${countText(cost.prompt)}; finishing each rollout before the next saves ${saved} % of them. Rollouts in turn would have read ${countText(cost.interleaved)}; a server that keeps every beginning reads ${countText(cost.shared)}.`
  return `${numbers} ${others}`
}

/** Which call of a candidate it was. */
export function placeWords({ rollout, call }: Pick<RawPrompt, 'rollout' | 'call'>): string {
  return rollout === undefined ? 'the proposal' : `rollout ${rollout}, action ${call}`
}

const FINISH_WORDS = {
  stop: 'ended by itself',
  length: 'cut off at the limit',
  other: 'ended at a stop text, or by a filter',
} as const

/** Tokens and time of one call, and what its prompt left out. */
export function callWords({ promptTokens, completionTokens, finish, elapsedMs, fit }: RawPrompt['recorded']): string {
  const tokens =
    promptTokens === null || completionTokens === null
      ? 'Tokens were not counted'
      : `Prompt ${plural(promptTokens, 'token')}, reply ${countText(completionTokens)}`
  const time = elapsedMs === undefined ? '' : `, ${rateText(elapsedMs / 1000)} s`
  const left = [
    fit !== undefined && fit.shortened > 0 && `${plural(fit.shortened, 'old observation')} shortened`,
    fit !== undefined && fit.dropped > 0 && `${plural(fit.dropped, 'old turn')} left out`,
    fit !== undefined && fit.cut !== null && 'the newest observation cut',
  ].filter((words) => words !== false)
  return `${tokens}${time}; ${FINISH_WORDS[finish]}.${left.length > 0 ? ` To fit into the context window: ${left.join(', ')}.` : ''}`
}
