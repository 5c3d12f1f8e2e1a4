/** A reply as the servers give it: text, parts, a call of a tool; or why there is none. */

import * as v from 'valibot'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import { grouped } from '../../core/grouped.ts'
import type { ChatReply } from '../chat/model.ts'
import { toolAction } from './tool-action.ts'
import { brokenOff, type Place, type Trouble, withheld } from './troubles.ts'

/** Characters of a reply; an honest one is bounded by its tokens. */
const MOST_REPLY = 200_000

const tokens = v.fallback(v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), null)
const part = v.union([v.string(), v.looseObject({ type: v.optional(v.string()), text: v.optional(v.unknown()) })])
const content = v.union([v.string(), v.array(part), part])

const message = v.object({
  /** Null from a model that only thought or called tools. */
  content: v.nullish(content),
  refusal: v.fallback(v.nullish(v.string()), undefined),
  tool_calls: v.optional(v.unknown()),
  function_call: v.optional(v.unknown()),
})

const completion = v.object({
  choices: v.pipe(
    v.array(
      v.object({
        message: v.optional(message),
        /** Of the older API, which some servers answer with. */
        text: v.optional(v.string()),
        finish_reason: v.nullish(v.string()),
      }),
    ),
    v.minLength(1),
  ),
  usage: v.fallback(
    v.nullish(v.object({ prompt_tokens: v.optional(tokens), completion_tokens: v.optional(tokens) })),
    undefined,
  ),
})

export type Completion = Omit<ChatReply, 'elapsedMs'> & {
  /** Worth saying once: what the reply was instead of text. */
  readonly notice?: string
}

const LENGTH = /^(length|max_?tokens|model_length|max_length)$/i
const WITHHELD =
  /filter|safety|refus|recitation|blocklist|prohibited|spii|sensitive|moderat|policy|guardrail|blocked|risk/i
const BROKEN = /error|abort|cancel|insufficient_system|overload|unavailable|timeout/i

export function readCompletion(value: unknown, place: Place): Result<Completion> | Trouble {
  const parsed = v.safeParse(completion, value)
  if (!parsed.success) return wrongShape(parsed.issues[0])
  const [choice] = parsed.output.choices
  if (choice?.message === undefined && choice?.text === undefined)
    return failure('endpoint-shape', 'a bad choices.0.message: expected an object')
  const reason = choice.finish_reason ?? ''
  const { content: given, refusal, tool_calls: calls, function_call: call } = choice.message ?? {}
  if (WITHHELD.test(reason)) return withheld(place, reason.slice(0, 60))
  if (BROKEN.test(reason)) return brokenOff(place, reason.slice(0, 60))
  const { said, others } = textOf(given ?? choice.text)
  if (said.trim() === '' && typeof refusal === 'string' && refusal !== '')
    return withheld(place, `it refuses: ${quote(refusal, 120)}`)
  const { text, notice } = toolAction(said, calls ?? (call == null ? undefined : [{ function: call }]))
  if (text.trim() === '' && others.length > 0)
    return failure('endpoint-shape', `a reply without text (${others.slice(0, 5).join(', ').slice(0, 100)})`)
  if (text.length > MOST_REPLY) {
    const words = `a reply of ${grouped(text.length)} characters, above ${grouped(MOST_REPLY)}`
    return failure('endpoint-too-large', words)
  }
  const { usage } = parsed.output
  return success({
    text,
    promptTokens: usage?.prompt_tokens ?? null,
    completionTokens: usage?.completion_tokens ?? null,
    finish: LENGTH.test(reason) ? 'length' : reason === 'stop' || reason === '' ? 'stop' : 'other',
    ...(notice !== undefined && { notice }),
  })
}

const THOUGHT = /think|reason|thought|redacted/i

/** Text of whatever kind of part has some; what a model thought is none, and what is no text is named. */
function textOf(given: v.InferOutput<typeof content> | undefined): { said: string; others: string[] } {
  const others: string[] = []
  const parts = Array.isArray(given) ? given : [given ?? '']
  const said = parts.map((one) => {
    if (typeof one === 'string') return one
    const type = one.type ?? 'text'
    if (THOUGHT.test(type)) return ''
    const { text } = one
    if (typeof text === 'string') return text
    if (typeof text === 'object' && text !== null && 'value' in text && typeof text.value === 'string')
      return text.value
    if (type !== 'text') others.push(type)
    return ''
  })
  return { said: said.join(''), others }
}

export function wrongShape(issue: v.BaseIssue<unknown>): ReturnType<typeof failure> {
  const at = v.getDotPath(issue)
  return failure('endpoint-shape', `a bad ${at === null ? 'answer' : at}: expected ${issue.expected ?? issue.type}`)
}
