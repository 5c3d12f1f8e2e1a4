/**
 * The raw prompt of a call: instructions, the worked example, the task so far. A pure function of what the log holds, so
 * that prompts need not be written down. What does not fit into the context window is left out from the oldest on: first
 * the text of old observations, then old turns, at last the end of the newest observation, and each time the prompt says so.
 */

import { Digest } from '../../core/digest.ts'
import type { ConversationForm, Message, PromptFit } from '../../core/log/conversation.ts'

export interface Turn {
  /** The model's reply, as it came. */
  readonly reply: string
  /** What the reply led to. */
  readonly observation: string
}

/** A task so far, as its agent has seen it. */
export interface Episode {
  readonly first: string
  readonly turns: readonly Turn[]
}

export const WHOLE: PromptFit = { shortened: 0, dropped: 0, cut: null }

/** Characters that stay of a shortened observation. */
const STAYS = 120
/** Characters that stay at least of the newest observation. */
const LEAST_CUT = 200
/** What a fit aims at, so that the next turns fit without leaving out more: a prompt that changes is read anew. */
const ROOM = 0.75
/** Tokens of a message beside its text: role, delimiters. */
const PER_MESSAGE = 8

interface Round {
  readonly user: string
  readonly assistant: string
}

/**
 * The messages of the next call. Empty texts are named: many templates refuse an empty turn.
 * @param fit what is left out; it means the same rounds as long as the task only grows
 */
export function messagesOf(systemPrompt: string, form: ConversationForm, episode: Episode, fit: PromptFit): Message[] {
  const { example, rounds, last } = parts(form, episode)
  const kept: Round[] = []
  let shortened = 0
  let dropped = 0
  const short = (round: Round): Round => {
    if (shortened === fit.shortened) return round
    shortened++
    return { ...round, user: shortObservation(round.user) }
  }
  const shownExample = example.map(short)
  const exampleGone = shownExample.length > 0 && fit.dropped > 0
  if (exampleGone) dropped = 1
  else kept.push(...shownExample)
  let gone = 0
  rounds.forEach((round, i) => {
    // The first observation holds the task itself.
    const shown = i === 0 ? round : short(round)
    if (i > 0 && dropped < fit.dropped) {
      dropped++
      gone++
      return
    }
    kept.push(gone > 0 && i === gone + 1 ? { ...shown, user: missing(gone) + shown.user } : shown)
  })
  const cut = fit.cut === null ? last : cutObservation(last, fit.cut)
  const newest = gone > 0 && gone === rounds.length - 1 ? missing(gone) + cut : cut
  const messages = kept.flatMap(({ user, assistant }): Message[] => [
    { role: 'user', content: said(user) },
    { role: 'assistant', content: said(assistant) },
  ])
  messages.push({ role: 'user', content: said(newest) })
  const [head, ...rest] = messages
  if (head === undefined) throw new Error('A prompt has at least one message.')
  const opening = exampleGone ? { ...head, content: `${NO_EXAMPLE}${head.content}` } : head
  if (form.system === 'own-message') return [{ role: 'system', content: systemPrompt }, opening, ...rest]
  return [{ role: 'user', content: `${systemPrompt}\n\n${opening.content}` }, ...rest]
}

/**
 * The least that has to be left out, on top of `from`, for the prompt and a whole reply to fit.
 * @param budget tokens of the prompt
 * @returns undefined where even the instructions, the task and a piece of the newest observation do not fit
 */
export function fitted(
  systemPrompt: string,
  form: ConversationForm,
  episode: Episode,
  from: PromptFit,
  budget: number,
): PromptFit | undefined {
  const tokens = (fit: PromptFit): number => promptTokens(messagesOf(systemPrompt, form, episode, fit))
  if (tokens(from) <= budget) return from
  const { example, rounds, last } = parts(form, episode)
  const old = Math.max(0, rounds.length - 1)
  let fit = from
  for (const [name, most] of [
    ['shortened', example.length + old],
    ['dropped', (example.length > 0 ? 1 : 0) + old],
  ] as const) {
    while (fit[name] < most) {
      fit = { ...fit, [name]: fit[name] + 1 }
      if (tokens(fit) <= budget * ROOM) return fit
    }
    if (tokens(fit) <= budget) return fit
  }
  const over = tokens(fit) - budget
  for (let cut = last.length - over; cut >= LEAST_CUT; cut -= Math.max(100, over)) {
    const small = { ...fit, cut }
    if (tokens(small) <= budget) return small
  }
  return undefined
}

/** What is logged of a prompt. */
export function promptDigest(messages: readonly Message[]): string {
  return new Digest().list(messages.flatMap(({ role, content }) => [role, content])).hex()
}

/**
 * An upper estimate, for models whose tokenizer is not at hand: English text has four characters a token and more, code
 * and numbers about three; other scripts up to one and a half tokens a character.
 */
export function estimateTokens(text: string): number {
  let other = 0
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) other++
  return Math.ceil((text.length - other) / 3 + other * 1.5)
}

function promptTokens(messages: readonly Message[]): number {
  return messages.reduce((sum, { content }) => sum + PER_MESSAGE + estimateTokens(content), 0)
}

/** The example and the task as pairs of observation and reply, and the observation that is to be answered. */
function parts(form: ConversationForm, { first, turns }: Episode) {
  const example: Round[] = []
  for (let i = 0; i + 1 < form.example.length; i += 2)
    example.push({ user: form.example[i]?.content ?? '', assistant: form.example[i + 1]?.content ?? '' })
  const rounds = turns.map(({ reply }, i): Round => {
    return { user: i === 0 ? first : (turns[i - 1]?.observation ?? ''), assistant: reply }
  })
  return { example, rounds, last: turns.at(-1)?.observation ?? first }
}

function shortObservation(text: string): string {
  return text.length <= 2 * STAYS ? text : cutObservation(text, STAYS)
}

function cutObservation(text: string, characters: number): string {
  if (text.length <= characters) return text
  return `${text.slice(0, characters)} [... ${text.length - characters} more characters were left out here]`
}

function missing(turns: number): string {
  return `[${turns === 1 ? '1 earlier turn was' : `${turns} earlier turns were`} left out here]\n\n`
}

const NO_EXAMPLE = '[The example was left out here]\n\n'

function said(text: string): string {
  return text.trim() === '' ? '(nothing)' : text
}
