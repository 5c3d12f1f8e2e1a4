/** The agents that a form lists. */
import type { AgentInfo } from '../../worker/protocol/lab-api.ts'
import { MODEL_WORDS, SHIPPED_WORDS } from './agent-name.ts'

/**
 * The values of `model` to choose among: the shipped ones, those that are kept, and the one chosen, whatever it is.
 * @param policy which kind of agent is chosen
 */
export function agentChoices(
  model: string,
  agents: readonly AgentInfo[] = [],
  policy: AgentInfo['policy'] = 'linear',
): readonly string[] {
  const shipped = Object.keys(policy === 'linear' ? SHIPPED_WORDS : MODEL_WORDS)
  const kept = agents.filter((agent) => agent.policy === policy).map((agent) => agent.model)
  return [...new Set([...shipped, ...kept, model])]
}
