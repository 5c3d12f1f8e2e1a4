/** The agents that a form lists. */
import type { AgentInfo } from '../../worker/protocol/lab-api.ts'
import { SHIPPED_WORDS } from './agent-name.ts'

/** The values of `model` to choose among: the shipped ones, those that are kept, and the one chosen, whatever it is. */
export function agentChoices(model: string, agents: readonly AgentInfo[] = []): readonly string[] {
  return [...new Set([...Object.keys(SHIPPED_WORDS), ...agents.map((agent) => agent.model), model])]
}
