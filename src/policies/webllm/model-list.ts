/**
 * The models that can run in the page: the library's own list, read at run time, small ones first, and models that
 * somebody hosts. A model's id is the setting `model` of its runs.
 */
import * as v from 'valibot'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { MlcRecord } from './engine.ts'

export interface ModelChoice {
  readonly id: string
  readonly custom: boolean
  /** Of graphics memory, as its list says; the download is somewhat smaller. Undefined for a custom model. */
  readonly megabytes: number | undefined
  readonly contextTokens: number
  /** That something is fetched from. */
  readonly hosts: readonly string[]
  /** What the weights may be used under, as far as the family of the model tells. */
  readonly licence: string
  /** Where its makers describe it; shown, never fetched. */
  readonly about: string
  /** The base model of the paper (Gemma-2 2B). */
  readonly paper: boolean
  /** Whether it thinks aloud before it acts and cannot be told not to. */
  readonly thinks: boolean
  readonly features: readonly string[]
  readonly storageBufferBytes: number | undefined
}

const DEFAULT_CONTEXT = 4096

/** Language models of the list: no embeddings, no pictures. Small ones first. */
export function modelChoices(records: readonly MlcRecord[], customs: readonly CustomModel[] = []): ModelChoice[] {
  const listed = records
    .filter(({ model_type, model_id }) => (model_type ?? 0) === 0 && !/vision|embed|-base-|omni/i.test(model_id))
    .map((record) => choiceOf(record, false))
    .sort((a, b) => (a.megabytes ?? Infinity) - (b.megabytes ?? Infinity) || (a.id < b.id ? -1 : 1))
  return [...customs.map((custom) => choiceOf(recordOf(custom), true)), ...listed]
}

function choiceOf(record: MlcRecord, custom: boolean): ModelChoice {
  const id = record.model_id
  return {
    ...{ id, custom },
    megabytes: record.vram_required_MB,
    contextTokens: record.overrides?.context_window_size ?? DEFAULT_CONTEXT,
    hosts: hostsOf(record),
    licence: custom ? 'whatever its makers say' : licenceOf(id),
    about: record.model,
    paper: /^gemma-2-2b-it/i.test(id),
    thinks: /deepseek-r1|qwq|-thinking/i.test(id),
    features: record.required_features ?? [],
    storageBufferBytes: record.buffer_size_required_bytes,
  }
}

export function hostsOf({ model, model_lib }: Pick<MlcRecord, 'model' | 'model_lib'>): string[] {
  return [...new Set([model, model_lib].flatMap((address) => (URL.canParse(address) ? new URL(address).host : [])))]
}

/** Where a model's host sends browsers on to, by the host. */
const SENT_ON: Readonly<Record<string, readonly string[]>> = {
  'huggingface.co': ['https://*.huggingface.co', 'https://*.hf.co'],
}

/** What a worker must be let reach to fetch it, as in `connect-src`. */
export function originsOf({ model, model_lib }: Pick<MlcRecord, 'model' | 'model_lib'>): string[] {
  const urls = [model, model_lib].flatMap((address) => (URL.canParse(address) ? new URL(address) : []))
  return [...new Set(urls.flatMap(({ origin, host }) => [origin, ...(SENT_ON[host] ?? [])]))]
}

/** By family; the first that fits. */
const LICENCES: readonly (readonly [RegExp, string])[] = [
  [/deepseek-r1/i, 'MIT, and the licence of the model that it was distilled into'],
  [/hermes.*llama|llama-?[23]|codellama/i, 'Llama Community License'],
  [/gemma/i, 'Gemma Terms of Use'],
  [/qwen2\.5-(coder-)?3b/i, 'Qwen Research License'],
  [/qwen/i, 'Apache 2.0'],
  [/smollm|tinyllama|mistral|ministral|redpajama|olmo|hermes|wizardmath/i, 'Apache 2.0'],
  [/phi/i, 'MIT'],
  [/stablelm/i, 'Stability AI’s own licence'],
]

function licenceOf(id: string): string {
  return LICENCES.find(([family]) => family.test(id))?.[1] ?? 'see the model’s page'
}

/** Qwen3 thinks unless it is told not to. */
export function thinkingOf(id: string): boolean | undefined {
  return /qwen3/i.test(id) ? false : undefined
}

export interface CustomModel {
  readonly name: string
  /** Folder of weights in MLC's format. */
  readonly weights: string
  /** The .wasm that goes with them. */
  readonly library: string
  readonly contextTokens: number
}

const CUSTOM = 'custom/'

export function customId(name: string): string {
  return `${CUSTOM}${name}`
}

export function recordOf({ name, weights, library, contextTokens }: CustomModel): MlcRecord {
  const overrides = { context_window_size: contextTokens }
  return { model: weights, model_id: customId(name), model_lib: library, overrides }
}

const custom = v.object({
  name: v.pipe(v.string(), v.trim(), v.regex(/^[\w.-]{1,80}$/)),
  weights: v.pipe(v.string(), v.trim(), v.maxLength(1000)),
  library: v.pipe(v.string(), v.trim(), v.maxLength(1000)),
  contextTokens: v.pipe(v.number(), v.integer(), v.minValue(512), v.maxValue(262_144)),
})

const FIELDS: Readonly<Record<string, string>> = {
  name: 'The name has letters, digits, dots, dashes and underscores only, at most 80.',
  weights: 'The address of the weights is missing.',
  library: 'The address of the model library is missing.',
  contextTokens: 'The context window is a whole number of tokens from 512 to 262,144.',
}

/** @param given a form's values, or a stored record */
export function parseCustomModel(given: unknown): Result<CustomModel> {
  const parsed = v.safeParse(custom, given)
  if (!parsed.success) {
    const field = v.getDotPath(parsed.issues[0])
    return failure('model-custom', FIELDS[field ?? ''] ?? 'This is not the description of a model.')
  }
  const { weights, library } = parsed.output
  for (const [what, address] of [
    ['weights', weights],
    ['model library', library],
  ] as const) {
    const trouble = addressTrouble(what, address)
    if (trouble !== undefined) return failure('model-custom', trouble)
  }
  if (!new URL(library).pathname.endsWith('.wasm'))
    return failure('model-custom', `A model library is a file that ends in .wasm; this is ${quote(library)}.`)
  return success(parsed.output)
}

/** https, or this very machine. */
function addressTrouble(what: string, address: string): string | undefined {
  if (!URL.canParse(address))
    return `The address of the ${what} is not an address: ${quote(address)}. Begin with https://.`
  const { protocol, hostname, username, password } = new URL(address)
  if (username !== '' || password !== '') return `The address of the ${what} has a password in it; addresses are shown.`
  if (protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))) return
  return `The address of the ${what} begins with ${quote(protocol)}; browsers fetch models by https only.`
}
