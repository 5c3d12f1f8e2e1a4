/** The prompt that a reply answered, as the log tells it: what a small window left out is left out. */
import type { Message, ModelCall, PromptFit, SystemPlace } from '../core/log/conversation.ts'
import type { RunStarted } from '../core/log/events.ts'
import type { TaskState } from '../core/log/fold-task.ts'
import { type Episode, messagesOf, promptDigest, type Turn, WHOLE } from '../policies/chat/prompt.ts'
import { EXAMPLE_WORDS } from '../policies/chat/style.ts'

export interface AskedPrompt {
  /** The instructions apart: where they stand is the trainer's choice. Empty where there are none. */
  readonly system: string
  /** User and assistant in turn; the last is the user's. */
  readonly messages: readonly Message[]
  /** How many of them, the first ones, are the worked example that stood before the task. */
  readonly example: number
  /** What did not fit into the model's window. */
  readonly fit: PromptFit
  /** As the model's server counted them; undefined where nobody did. */
  readonly tokens: number | undefined
  /** Whether this is to the letter what was sent, by its digest; undefined where no language model was asked. */
  readonly verified: boolean | undefined
}

/** Where instructions can stand in a row: some chat templates take no system message, some trainers bring their own. */
export const ROW_SYSTEM_PLACES = ['own-message', 'first-user-message', 'none'] as const
export type RowSystemPlace = (typeof ROW_SYSTEM_PLACES)[number]

/**
 * @param turns of the task before the reply
 * @param call that answered the prompt; undefined where the reply came from elsewhere (an expert, the visitor, the embedded policy)
 * @param fit where no call tells it: what the last prompt of the task left out
 */
export function askedPrompt(
  { systemPrompt, conversation: form }: RunStarted,
  { observation }: Pick<TaskState, 'observation'>,
  turns: readonly Turn[],
  call: ModelCall | undefined,
  fit: PromptFit = WHOLE,
): AskedPrompt {
  const episode: Episode = { first: observation, turns }
  const left = call === undefined ? fit : (call.fit ?? WHOLE)
  const plain = { system: 'own-message', example: [], contextTokens: 0, maxTokens: 0, stop: [] } as const
  const [, ...messages] = messagesOf(systemPrompt, { ...(form ?? plain), system: 'own-message' }, episode, left)
  const sent = call === undefined || form === undefined ? undefined : messagesOf(systemPrompt, form, episode, left)
  return {
    ...{ system: systemPrompt, messages, fit: left, tokens: call?.promptTokens ?? undefined },
    example: left.dropped > 0 ? 0 : (form?.example.length ?? 0),
    verified: sent && promptDigest(sent) === call?.prompt,
  }
}

/** The place that the run used, or that any template takes. */
export function usualPlace({ conversation }: RunStarted): SystemPlace {
  return conversation?.system ?? 'own-message'
}

/** The same without its worked example, which every row would repeat, and without the words that announce it. */
export function withoutExample(asked: AskedPrompt): AskedPrompt {
  const system = asked.system.endsWith(EXAMPLE_WORDS)
    ? asked.system.slice(0, -EXAMPLE_WORDS.length).trimEnd()
    : asked.system
  return { ...asked, system, messages: asked.messages.slice(asked.example), example: 0 }
}

export function placed(
  { system, messages }: Pick<AskedPrompt, 'system' | 'messages'>,
  place: RowSystemPlace,
): Message[] {
  const [first, ...rest] = messages
  if (first === undefined || system.trim() === '' || place === 'none') return [...messages]
  if (place === 'own-message') return [{ role: 'system', content: system }, ...messages]
  return [{ ...first, content: `${system}\n\n${first.content}` }, ...rest]
}

/** In words; empty where nothing was. */
export function leftOutWords({ shortened, dropped, cut }: PromptFit): string {
  const count = (number: number, one: string, more: string): string[] =>
    number === 0 ? [] : [`${number} ${number === 1 ? one : more}`]
  return [
    ...count(shortened, 'old observation shortened', 'old observations shortened'),
    ...count(dropped, 'old turn dropped', 'old turns dropped'),
    ...(cut === null ? [] : [`newest observation cut to ${cut} characters`]),
  ].join(', ')
}
