/**
 * What goes wrong in and around the engine, as a code and a sentence with a way on. The engine rejects with errors,
 * strings and the browser's own objects; all of them end here.
 */
import { type Failure, failure, messageOf, quote } from '../../core/failure.ts'
import { CONTEXT_FULL } from '../chat/model.ts'

const SAVED = 'Everything up to here is kept.'

/** Problems after which the same engine answers no more: it has to be loaded again. */
const FATAL: readonly string[] = ['model-gpu-lost', 'model-memory', 'model-hangs', 'model-gone', 'model-disposed']

export function isFatal({ code }: Failure): boolean {
  return FATAL.includes(code)
}

/** The code of an engine that has thrown its model away. */
export const DISPOSED = 'model-disposed'

/** What calls reject with whose worker was ended. */
export const WORKER_ENDED = 'The worker of the model was ended.'

/** @param thrown whatever a call of the engine rejected with */
export function callTrouble(thrown: unknown): Failure {
  const { name, text } = saidBy(thrown)
  if (/ContextWindowSizeExceeded/.test(name) || /exceed context window/i.test(text))
    return failure(CONTEXT_FULL, 'The conversation is longer than the context window of the model.').failure
  if (text === WORKER_ENDED) return gone()
  if (isMemory(name, text)) return outOfMemory(SAVED)
  if (/\bdisposed\b/i.test(text)) return disposed()
  if (isLost(name, text)) return gpuLost()
  if (/ModelNotLoaded|EngineNotLoaded/.test(name) || /not loaded/i.test(text)) return gpuLost()
  if (/GrammarMatcher|InvalidResponseFormat/.test(name) || /invalid token id|grammar|matcher/i.test(text))
    return failure(GRAMMAR_BROKE, `The engine could not keep to the form of an action (${shown(text)}).`).failure
  return failure('model-error', `The model in the page failed: ${shown(text)}. ${SAVED} Go on to ask it again.`).failure
}

/** The code of a constrained call that the engine breaks off; it is asked again. */
export const GRAMMAR_BROKE = 'model-grammar'

/**
 * @param thrown whatever loading rejected with
 * @param hosts the weights and the library come from
 */
export function loadTrouble(thrown: unknown, hosts: readonly string[]): Failure {
  const { name, text } = saidBy(thrown)
  const from = hosts.join(' and ')
  const kept = 'What has come is kept; download again to go on from there.'
  if (/Quota/.test(name) || /quota/i.test(text)) return quotaFull()
  if (/WebGPUNot/.test(name) || /WebGPU in the env|compatible GPU/i.test(text)) return noGpu()
  if (/ShaderF16/.test(name) || /shader-f16/.test(text)) return noF16()
  if (isMemory(name, text)) return outOfMemory('')
  if (isLost(name, text)) return outOfMemory('')
  if (isNetwork(name, text)) {
    const words = `The model could not be fetched from ${from}: a host cannot be reached, does not have it, or a firewall is in between.`
    return failure(UNREACHABLE, `${words} Check the connection, and the addresses of a custom model. ${kept}`).failure
  }
  if (/GPUPipeline|Pipeline/.test(name) || /pipeline|shader|WGSL/i.test(text)) {
    const words = `This graphics driver cannot build the model's shaders (${shown(text)}).`
    return failure('model-shaders', `${words} Update the browser, or choose another model.`).failure
  }
  if (isBroken(name, text)) {
    const words = `What was downloaded of the model is broken (${shown(text)}).`
    return failure('model-broken', `${words} Delete it here and download it again.`).failure
  }
  return failure('model-load', `The model could not be loaded: ${shown(text)}. ${kept}`).failure
}

/** The code of a download that may work a moment later. */
export const UNREACHABLE = 'model-unreachable'

export function noGpu(): Failure {
  const words = 'This browser gives pages no access to a graphics processor (WebGPU).'
  const ways = 'Use a current Chrome, Edge, Firefox or Safari with graphics acceleration switched on, or an endpoint'
  return failure('model-no-webgpu', `${words} ${ways}: another tab of this dialog.`).failure
}

export function noF16(): Failure {
  const words = 'This model computes in 16-bit numbers, which this graphics processor does not offer (shader-f16).'
  return failure('model-no-f16', `${words} Choose one with f32 in its name.`).failure
}

export function quotaFull(): Failure {
  const words = 'The browser gives this site no more room on the disk.'
  const ways = 'Delete a model or some runs, free some disk, or choose a smaller model'
  return failure('model-quota', `${words} ${ways}. What has come is kept.`).failure
}

export function outOfMemory(saved: string): Failure {
  const words = 'The graphics processor ran out of memory, or was reset.'
  const ways = 'Load the model again, or a smaller one, with other pages closed.'
  return failure('model-memory', [words, saved, ways].filter(Boolean).join(' ')).failure
}

export function gpuLost(): Failure {
  const words = 'The connection to the graphics processor was lost: the driver was reset, or memory ran out.'
  return failure('model-gpu-lost', `${words} ${SAVED} Load the model again, then go on.`).failure
}

/** @param seconds without a sign of life */
export function hangs(seconds: number): Failure {
  const words = `The model has not written a word for ${seconds} s.`
  return failure('model-hangs', `${words} ${SAVED} Load it again, then go on.`).failure
}

function disposed(): Failure {
  const words = 'The engine has thrown the model away (it is already disposed).'
  return failure(DISPOSED, `${words} ${SAVED} It is loaded again; then go on.`).failure
}

export function gone(): Failure {
  return failure('model-gone', `The model was unloaded. ${SAVED} Load it again, then go on.`).failure
}

function saidBy(thrown: unknown): { readonly name: string; readonly text: string } {
  if (typeof thrown === 'string') return { name: '', text: thrown }
  if (typeof thrown !== 'object' || thrown === null) return { name: '', text: messageOf(thrown) }
  const { name, message } = thrown as { name?: unknown; message?: unknown }
  const kind = Object.getPrototypeOf(thrown)?.constructor?.name
  const text = typeof message === 'string' && message !== '' ? message : messageOf(thrown)
  return { name: `${typeof name === 'string' ? name : ''} ${typeof kind === 'string' ? kind : ''}`, text }
}

function isMemory(name: string, text: string): boolean {
  return /OutOfMemory/.test(name) || /out of memory|allocation failed|insufficient memory|memory access/i.test(text)
}

function isLost(name: string, text: string): boolean {
  return /DeviceLost/.test(name) || /device (was|is) lost|device lost|instance reference no longer exists/i.test(text)
}

function isNetwork(name: string, text: string): boolean {
  if (/NetworkError/.test(name)) return true
  return /failed to fetch|networkerror|network error|load failed|request failed|unable to fetch|status \d{3}|cannot fetch|err_/i.test(
    text,
  )
}

function isBroken(name: string, text: string): boolean {
  if (/SyntaxError|CompileError|LinkError|RangeError|Integrity/.test(name)) return true
  return /JSON|integrity|magic|range \[|unexpected end|out of bounds|bytes, but|record/i.test(text)
}

function shown(text: string): string {
  return quote(text.replace(/\s+/g, ' ').trim().replace(/\.$/, ''), 160)
}
