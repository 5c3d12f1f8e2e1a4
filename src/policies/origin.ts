/** Where a run is made, for its header: the data and what its environment says of itself, and the agent that acts in it. */
import type { RunOrigin } from '../core/exploration/run-plan.ts'
import type { ConversationForm } from '../core/log/conversation.ts'
import type { Environment } from '../environments/environment.ts'
import type { PolicyIdentity } from './policy.ts'

/** A language model says how it was asked. */
interface Asked {
  readonly systemPrompt?: string
  readonly conversation?: ConversationForm
}

export function originOf<S, V>(environment: Environment<S, V>, agent: PolicyIdentity & Asked): RunOrigin {
  const { data, systemPrompt, minReward, maxReward } = environment
  return {
    data: { name: data.name, fingerprint: data.fingerprint },
    agent: { name: agent.name, fingerprint: agent.fingerprint },
    systemPrompt: agent.systemPrompt ?? systemPrompt,
    minReward,
    maxReward,
    ...(agent.conversation && { conversation: agent.conversation }),
  }
}
