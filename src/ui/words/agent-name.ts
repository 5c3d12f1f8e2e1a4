/** What an agent is called in a chip or a choice. */
import type { AgentInfo } from '../../worker/protocol/lab-api.ts'

/** Of those that ship with the page, by the value of the setting `model`. */
export const SHIPPED_WORDS: Readonly<Record<string, string>> = {
  '': 'shipped',
  weak: 'weak start',
  sharp: 'sharp start',
}

/** What our language models that ship are called. */
export const MODEL_WORDS: Readonly<Record<string, string>> = {
  '': 'small language model',
  tiny: 'tiny language model',
}

/** Of a small language model. @param agents of its environment, as far as they are known */
export function languageAgentName(model: string, agents: readonly AgentInfo[] = []): string {
  return MODEL_WORDS[model] ?? agentName(model, agents)
}

/** @param agents of its environment, as far as they are known */
export function agentName(model: string, agents: readonly AgentInfo[] = []): string {
  const given = SHIPPED_WORDS[model] ?? agents.find((agent) => agent.model === model)?.name
  return given ?? `${agents.length > 0 ? 'unknown ' : ''}${model.slice(0, 6)}…`
}
