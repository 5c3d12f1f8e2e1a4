/** The raw prompts of a recorded task, made again from its log. No model is asked. */
import type { ConversationForm, Message, ModelCall } from '../../core/log/conversation.ts'
import type { RunEvent, RunStarted } from '../../core/log/events.ts'
import type { Environment } from '../../environments/environment.ts'
import { type ChatPrefix, createChatHistory } from './history.ts'
import { messagesOf, promptDigest, WHOLE } from './prompt.ts'

export interface RawPrompt {
  readonly step: number
  readonly candidate: number
  /** Undefined for the call that proposed the candidate. */
  readonly rollout: number | undefined
  /** From 1, within the rollout. */
  readonly call: number
  readonly messages: readonly Message[]
  readonly reply: string
  readonly recorded: ModelCall
  /** Whether these are the messages that were sent, by their digest. */
  readonly verified: boolean
}

/**
 * Yields the calls of one task in the order of its events.
 * @param environment on the data of the run
 * @param events one task's events, from its `task-started`
 */
export function* rawPrompts<S>(
  environment: Environment<S>,
  header: RunStarted,
  events: readonly RunEvent[],
): Generator<RawPrompt, void, void> {
  const { conversation, systemPrompt } = header
  if (conversation === undefined) return
  const history = createChatHistory(environment)
  let prefix: ChatPrefix<S> | undefined
  let drawn: ChatPrefix<S>[] = []
  for (const event of events) {
    if (event.type === 'task-started') prefix = history.begin({ id: event.taskId, instruction: event.instruction })
    if (prefix === undefined) continue
    const at = 'candidate' in event ? { step: event.step, candidate: event.candidate } : { step: 0, candidate: 0 }
    if (event.type === 'step-started') drawn = []
    if (event.type === 'candidate-proposed') {
      const { text, usage } = event
      if (usage) yield { ...at, rollout: undefined, call: 1, ...asked(systemPrompt, conversation, prefix, text, usage) }
      drawn.push(history.execute(prefix, event))
    }
    if (event.type === 'rollout-finished') {
      let reached = event.candidate === 0 ? prefix : drawn[event.candidate - 1]
      for (const [i, action] of event.actions.entries()) {
        const [text, usage] = [event.texts?.[i], event.usages?.[i]]
        if (reached === undefined || text === undefined || usage === undefined) break
        const said = asked(systemPrompt, conversation, reached, text, usage)
        yield { ...at, rollout: event.rollout, call: i + 1, ...said }
        reached = history.execute(reached, { text, action, usage })
      }
    }
    if (event.type === 'step-decided') prefix = drawn[event.continued - 1]
  }
}

function asked<S>(
  systemPrompt: string,
  form: ConversationForm,
  prefix: ChatPrefix<S>,
  reply: string,
  recorded: ModelCall,
): Pick<RawPrompt, 'messages' | 'reply' | 'recorded' | 'verified'> {
  const messages = messagesOf(systemPrompt, form, prefix.episode, recorded.fit ?? WHOLE)
  return { messages, reply, recorded, verified: promptDigest(messages) === recorded.prompt }
}
