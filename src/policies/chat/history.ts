/** A task so far, as a chat agent keeps it: the environment's state and the conversation. Nothing here asks a model. */
import type { Proposal, TaskWords } from '../../core/exploration/actor.ts'
import type { PromptFit } from '../../core/log/conversation.ts'
import type { Environment } from '../../environments/environment.ts'
import { type Episode, WHOLE } from './prompt.ts'
import { STYLES } from './styles.ts'

export interface ChatPrefix<S> {
  readonly state: S
  readonly episode: Episode
  /** What the last prompt left out; the next one leaves out no less. */
  readonly fit: PromptFit
  /** Outcome reward when the episode is over. */
  readonly reward: number | undefined
}

export interface ChatHistory<S> {
  begin(task: TaskWords): ChatPrefix<S>
  execute(prefix: ChatPrefix<S>, proposal: Proposal): ChatPrefix<S>
  observe(prefix: ChatPrefix<S>): string
}

export function createChatHistory<S>(environment: Environment<S>): ChatHistory<S> {
  const { noAction } = STYLES[environment.id]
  return {
    begin({ id }) {
      const task = environment.task(id)
      if (task === undefined) throw new Error(`The data has no task ${id}.`)
      const state = environment.reset(task)
      return { state, episode: { first: environment.observe(state), turns: [] }, fit: WHOLE, reward: undefined }
    },
    execute(prefix, { text, action, usage }) {
      if (prefix.reward !== undefined) return prefix
      const { state, reward, done } = environment.step(prefix.state, action)
      const observation = action === '' && noAction !== undefined ? noAction : environment.observe(state)
      return {
        state,
        episode: { first: prefix.episode.first, turns: [...prefix.episode.turns, { reply: text, observation }] },
        fit: { ...(usage?.fit ?? prefix.fit), cut: null }, // that was about the observation now answered
        reward: done ? reward : undefined,
      }
    },
    observe: ({ episode }) => episode.turns.at(-1)?.observation ?? episode.first,
  }
}
