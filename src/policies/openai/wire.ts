/** What goes over the wire: the part of OpenAI's chat API that vLLM, SGLang, llama.cpp, Ollama and LM Studio share. */
import * as v from 'valibot'
import { failure, type Result, success } from '../../core/failure.ts'
import type { ChatReply, ChatRequest } from '../chat/model.ts'

/** Characters of a reply; an honest one is bounded by its tokens. */
const MOST_REPLY = 200_000

const tokens = v.fallback(v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), null)
const content = v.union([v.string(), v.array(v.object({ type: v.string(), text: v.optional(v.string()) }))])

const completion = v.object({
  choices: v.pipe(
    v.array(
      v.object({
        /** Null from a model that only thought or called tools. */
        message: v.object({ content: v.nullish(content) }),
        finish_reason: v.nullish(v.string()),
      }),
    ),
    v.minLength(1),
  ),
  usage: v.nullish(v.object({ prompt_tokens: v.optional(tokens), completion_tokens: v.optional(tokens) })),
})

const models = v.object({
  data: v.array(
    v.object({
      id: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
      /** vLLM and SGLang tell the context window. */
      max_model_len: v.fallback(v.nullish(v.pipe(v.number(), v.safeInteger(), v.minValue(1))), undefined),
    }),
  ),
})

/** Newer models of OpenAI itself know only the second name. */
export type TokenLimitName = 'max_tokens' | 'max_completion_tokens'

export function requestBody(
  model: string,
  { messages, temperature, seed, stop, maxTokens }: ChatRequest,
  limit: TokenLimitName,
  extra: Readonly<Record<string, unknown>> = {},
): string {
  const stops = stop.length > 0 ? { stop } : {}
  return JSON.stringify({ ...extra, model, messages, temperature, seed, ...stops, [limit]: maxTokens, stream: false })
}

export type Completion = Omit<ChatReply, 'elapsedMs'>

export function readCompletion(value: unknown): Result<Completion> {
  const parsed = v.safeParse(completion, value)
  if (!parsed.success) return wrongShape(parsed.issues[0])
  const [choice] = parsed.output.choices
  const text = textOf(choice?.message.content)
  if (text.length > MOST_REPLY) {
    const words = `a reply of ${text.length.toLocaleString('en')} characters, above ${MOST_REPLY.toLocaleString('en')}`
    return failure('endpoint-too-large', words)
  }
  const { usage } = parsed.output
  const reason = choice?.finish_reason
  return success({
    text,
    promptTokens: usage?.prompt_tokens ?? null,
    completionTokens: usage?.completion_tokens ?? null,
    finish: reason === 'length' ? 'length' : reason === 'stop' || reason == null ? 'stop' : 'other',
  })
}

export interface ListedModel {
  readonly id: string
  readonly contextTokens: number | undefined
}

export function readModels(value: unknown): Result<ListedModel[]> {
  const parsed = v.safeParse(models, value)
  if (!parsed.success) return wrongShape(parsed.issues[0])
  return success(parsed.output.data.map((model) => ({ id: model.id, contextTokens: model.max_model_len ?? undefined })))
}

const trouble = v.union([
  v.object({ error: v.object({ message: v.string(), code: v.optional(v.unknown()) }) }),
  v.object({ error: v.string() }),
  v.object({ message: v.string() }),
  v.object({ detail: v.string() }),
])

/** What a server says of an error, in the places where such servers say it; empty where it says nothing readable. */
export function errorText(body: string): string {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return ''
  }
  const parsed = v.safeParse(trouble, value)
  if (!parsed.success) return ''
  const said = parsed.output
  if ('error' in said) return typeof said.error === 'string' ? said.error : said.error.message
  return 'message' in said ? said.message : said.detail
}

function textOf(given: v.InferOutput<typeof content> | null | undefined): string {
  if (typeof given === 'string') return given
  return (given ?? []).map(({ type, text }) => (type === 'text' ? (text ?? '') : '')).join('')
}

function wrongShape(issue: v.BaseIssue<unknown>): ReturnType<typeof failure> {
  const at = v.getDotPath(issue)
  return failure('endpoint-shape', `a bad ${at === null ? 'answer' : at}: expected ${issue.expected ?? issue.type}`)
}
