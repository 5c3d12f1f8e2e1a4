/**
 * A language model as the agent: ReAct (arXiv 2210.03629) as IPR and ETO use it. Each action is one call with the whole
 * conversation. Rollouts go depth first, one to its end before the next, because an engine keeps one conversation and
 * goes on in it for nothing; a server may get all of them at once. Seeds come from named streams, so the order of the
 * replies does not matter.
 *
 * What is no action is an observation; a model that does not answer is an `Interruption`.
 */

import { Digest } from '../../core/digest.ts'
import type { Actor, Proposal, Rollout } from '../../core/exploration/actor.ts'
import { type Failure, failure, Interruption } from '../../core/failure.ts'
import type { ConversationForm, Message, ModelCall, PromptFit, SystemPlace } from '../../core/log/conversation.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Environment } from '../../environments/environment.ts'
import type { PolicyActor } from '../policy.ts'
import { type ChatPrefix, createChatHistory } from './history.ts'
import { BUDGET_SPENT, type ChatModel, type ChatReply, CONTEXT_FULL, type Shared } from './model.ts'
import { fitted, messagesOf, promptDigest } from './prompt.ts'
import { callSeed } from './seed.ts'
import { type ChatStyle, EXAMPLE_WORDS, exampleMessages, type Reading } from './style.ts'
import { STYLES } from './styles.ts'

/** Changes whenever the same model would be asked, or understood, in another way. */
const VERSION = 'chat-2'

export interface ChatOptions {
  /** Tokens that a prompt and its reply may have together (default 4096). */
  readonly contextTokens?: number
  /** Tokens that one reply may have (default 256). */
  readonly maxTokens?: number
  /** At most four (default: where the model begins to make up an observation). */
  readonly stop?: readonly string[]
  /** Default: a message of its own. */
  readonly system?: SystemPlace
  /** Whether a worked example stands before every task (default true). */
  readonly example?: boolean
  /** How replies are read (default `tolerant`). */
  readonly reading?: Reading
  /** Rollouts of one candidate that are under way at once (default 1, for an engine that keeps one conversation). */
  readonly concurrency?: number
  /** Whether the log tells how long calls took (default true); without, equal replies give equal logs. */
  readonly timings?: boolean
}

/** Further candidates are drawn before it, rollouts go on after it. */
const PROPOSAL: Shared = { before: true, after: true }

export const CHAT_DEFAULTS = { contextTokens: 4096, maxTokens: 256, stop: ['\nObservation:'] } as const

export interface ChatActor<S> extends PolicyActor<ChatPrefix<S>> {
  readonly systemPrompt: string
  readonly conversation: ConversationForm
  /** The messages by which the next action would be asked for after a prefix. */
  prompt(prefix: ChatPrefix<S>, fit?: PromptFit): Message[]
  propose(prefix: ChatPrefix<S>, temperature: number, random: RandomStream, signal?: AbortSignal): Promise<Proposal>
  rollouts(
    prefix: ChatPrefix<S>,
    limit: number,
    temperature: number,
    streams: readonly RandomStream[],
    signal?: AbortSignal,
  ): Promise<readonly Rollout[]>
}

export function createChatActor<S>(
  environment: Environment<S>,
  model: ChatModel,
  options: ChatOptions = {},
): ChatActor<S> {
  const style: ChatStyle = STYLES[environment.id]
  const withExample = options.example ?? true
  const reading = options.reading ?? 'tolerant'
  const systemPrompt = withExample ? `${environment.systemPrompt}\n\n${EXAMPLE_WORDS}` : environment.systemPrompt
  const conversation: ConversationForm = {
    system: options.system ?? 'own-message',
    example: withExample ? exampleMessages(style.example) : [],
    contextTokens: options.contextTokens ?? CHAT_DEFAULTS.contextTokens,
    maxTokens: options.maxTokens ?? CHAT_DEFAULTS.maxTokens,
    stop: options.stop ?? CHAT_DEFAULTS.stop,
  }
  const budget = conversation.contextTokens - conversation.maxTokens
  const read = style.read[reading]
  const history = createChatHistory(environment)

  async function act(
    prefix: ChatPrefix<S>,
    temperature: number,
    seed: number,
    shared: Shared,
    signal?: AbortSignal,
  ): Promise<Proposal> {
    let fit: PromptFit = prefix.fit
    let refusal: Failure | undefined
    // Where our estimate of the tokens was too low, the server says so, and more is left out.
    for (let room = budget; ; room = Math.floor(room * 0.7)) {
      const next = fitted(systemPrompt, conversation, prefix.episode, fit, room)
      if (next === undefined) throw new Interruption(refusal ?? tooSmall(conversation).failure)
      fit = next
      const messages = messagesOf(systemPrompt, conversation, prefix.episode, fit)
      const { stop, maxTokens } = conversation
      const asked = { messages, temperature, seed, stop, maxTokens, shared }
      const reply = await model.complete({ ...asked, ...(signal && { signal }) })
      if (reply.ok) return proposal(reply.value, prefix.state, messages, fit)
      refusal = reply.failure
      if (refusal.code !== CONTEXT_FULL) throw new Interruption(refusal)
    }
  }

  function proposal(reply: ChatReply, state: S, messages: readonly Message[], fit: PromptFit): Proposal {
    const { text, promptTokens, completionTokens, finish, elapsedMs } = reply
    const left = fit.shortened > 0 || fit.dropped > 0 || fit.cut !== null
    const action = read(text, (tried) => environment.idle(state, tried)?.startsWith('no such') !== true)
    const usage: ModelCall = {
      ...{ prompt: promptDigest(messages), promptTokens, completionTokens, finish },
      ...(action === '' && { nothing: true as const }),
      ...(left && { fit }),
      ...(options.timings !== false && elapsedMs !== undefined && { elapsedMs: Math.round(elapsedMs) }),
    }
    return { text, action, usage }
  }

  async function rollout(
    start: ChatPrefix<S>,
    limit: number,
    temperature: number,
    random: RandomStream,
    signal: AbortSignal,
  ): Promise<Rollout> {
    const said: Proposal[] = []
    let prefix = start
    while (prefix.reward === undefined && said.length < limit) {
      signal.throwIfAborted()
      const shared = { before: said.length === 0, after: false }
      const next = await act(prefix, temperature, callSeed(random, said.length + 1), shared, signal)
      said.push(next)
      prefix = history.execute(prefix, next)
    }
    return {
      actions: said.map(({ action }) => action),
      reward: prefix.reward ?? 0,
      texts: said.map(({ text }) => text),
      usages: said.map(({ usage }) => usage as ModelCall), // `act` gives one with every reply
    }
  }

  const actor: Actor<ChatPrefix<S>> & Pick<ChatActor<S>, 'propose' | 'rollouts'> = {
    ...history,
    propose: (prefix, temperature, random, signal) => act(prefix, temperature, callSeed(random, 1), PROPOSAL, signal),
    outcome: ({ reward }) => (reward === undefined ? undefined : { reward }),
    rollouts: (prefix, limit, temperature, streams, signal) =>
      together(streams, options.concurrency ?? 1, signal, (random, stop) =>
        rollout(prefix, limit, temperature, random, stop),
      ),
  }
  return {
    ...actor,
    name: model.name,
    fingerprint: new Digest()
      .add(VERSION, model.name, model.variant ?? '', reading, systemPrompt, JSON.stringify(conversation))
      .hex(),
    systemPrompt,
    conversation,
    prompt: ({ episode, fit: before }, fit = before) => messagesOf(systemPrompt, conversation, episode, fit),
  }
}

/** Runs `work` for every item, `width` at once. The first failure stops the others; nothing is under way afterwards. */
async function together<T, R>(
  items: readonly T[],
  width: number,
  signal: AbortSignal | undefined,
  work: (item: T, stop: AbortSignal) => Promise<R>,
): Promise<R[]> {
  // One for each item: a signal that hundreds listen to is one that Node warns of.
  const stops = items.map(() => new AbortController())
  const abort = (): void => {
    for (const stop of stops) stop.abort(signal?.reason)
  }
  if (signal?.aborted === true) abort()
  signal?.addEventListener('abort', abort, { once: true })
  const results = new Array<R>(items.length)
  const errors: unknown[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < items.length && errors.length === 0) {
      const index = next++
      try {
        results[index] = await work(items[index] as T, (stops[index] as AbortController).signal) // below the length
      } catch (thrown) {
        errors.push(thrown)
        // What is paid for is waited for; the next call of each fails like this one.
        if (!(thrown instanceof Interruption && thrown.failure.code === BUDGET_SPENT)) abort()
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(width, items.length)) }, lane))
  signal?.removeEventListener('abort', abort)
  if (errors.length > 0) throw errors[0]
  return results
}

function tooSmall({ contextTokens, maxTokens }: ConversationForm): ReturnType<typeof failure> {
  const words = `The instructions and the task do not fit into a context window of ${contextTokens} tokens, of which ${maxTokens} are kept for the reply.`
  return failure('chat-window', `${words} Take a larger window, shorter replies, or no example.`)
}
