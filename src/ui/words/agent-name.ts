/** What an agent is called in a chip or a choice. */
import type { AgentInfo } from '../../worker/protocol/lab-api.ts'

/** Of those that ship with the page, by the value of the setting `model`. */
export const SHIPPED_WORDS: Readonly<Record<string, string>> = {
  '': 'shipped',
  weak: 'weak start',
  sharp: 'sharp start',
}

/** What the one that ships is called. */
export const SMALL_MODEL_WORDS = 'small language model'

/** Of a small language model. @param agents of its environment, as far as they are known */
export function languageAgentName(model: string, agents: readonly AgentInfo[] = []): string {
  return model === '' ? SMALL_MODEL_WORDS : agentName(model, agents)
}

/** @param agents of its environment, as far as they are known */
export function agentName(model: string, agents: readonly AgentInfo[] = []): string {
  const given = SHIPPED_WORDS[model] ?? agents.find((agent) => agent.model === model)?.name
  return given ?? `${agents.length > 0 ? 'unknown ' : ''}${model.slice(0, 6)}…`
}
