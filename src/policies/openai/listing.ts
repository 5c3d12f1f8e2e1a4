/** The list of a server's models, and the window of each where the server tells it. */
import * as v from 'valibot'
import { type Result, success } from '../../core/failure.ts'
import { wrongShape } from './completion.ts'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(500))
const entry = v.looseObject({ id: v.optional(id), name: v.optional(id), model: v.optional(id) })
const entries = v.array(entry)
const models = v.union([v.object({ data: entries }), v.object({ models: entries }), entries])

export interface ListedModel {
  readonly id: string
  readonly contextTokens: number | undefined
}

/**
 * Where servers tell a window, what is loaded before what a model could have: LM Studio, llama.cpp and llamafile, vLLM
 * and SGLang, OpenRouter, Together and Groq, and llama.cpp's older word for what the model was trained with.
 */
const WINDOWS: readonly (readonly string[])[] = [
  ['loaded_context_length'],
  ...[['n_ctx'], ['meta', 'n_ctx'], ['status', 'n_ctx'], ['max_model_len'], ['meta', 'max_model_len']],
  ...[['top_provider', 'context_length'], ['context_length'], ['context_window'], ['max_context_window']],
  ...[['max_context_length'], ['context_size'], ['max_context_len'], ['max_seq_len'], ['max_input_tokens']],
  ...[
    ['meta', 'context_length'],
    ['limits', 'max_context_length'],
    ['capabilities', 'limits', 'max_context_window_tokens'],
  ],
  ...[['meta', 'n_ctx_train'], ['n_ctx_train']],
]

export function readModels(value: unknown): Result<ListedModel[]> {
  const parsed = v.safeParse(models, value)
  if (!parsed.success) return wrongShape(parsed.issues[0])
  const list = Array.isArray(parsed.output)
    ? parsed.output
    : 'data' in parsed.output
      ? parsed.output.data
      : parsed.output.models
  return success(
    list.flatMap((model) => {
      const name = model.id ?? model.model ?? model.name
      return name === undefined ? [] : [{ id: name, contextTokens: windowIn(model) }]
    }),
  )
}

function windowIn(model: unknown): number | undefined {
  for (const path of WINDOWS) {
    let at: unknown = model
    for (const name of path)
      at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined
    const tokens = typeof at === 'string' && /^\d{1,12}$/.test(at) ? Number(at) : at
    if (typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens >= 1) return tokens
  }
  return undefined
}

/** What the server says of a model's window; of its only one whatever it calls it (llama.cpp takes any name). */
export function windowOf(name: string, listed: readonly ListedModel[]): number | undefined {
  const model = listed.find(({ id }) => id === name) ?? listed.find(({ id }) => id === `${name}:latest`)
  return (model ?? (listed.length === 1 ? listed[0] : undefined))?.contextTokens
}
