/** Why a run cannot go on with the data and the agent at hand, in a sentence. */
import type { Result } from '../../core/failure.ts'
import type { RunStarted } from '../../core/log/events.ts'
import type { World } from '../worlds/world.ts'

/** Undefined if it can. */
export function blockedIn(world: Result<World>, header: RunStarted): string | undefined {
  if (!world.ok) {
    const { code, message } = world.failure
    return `This run cannot go on without its ${code.startsWith('agent-') ? 'agent' : 'data'}. ${message}`
  }
  const { made } = world.value
  const { data, agent } = header
  if (made.data.fingerprint !== data.fingerprint) {
    return `This run was made with other data (${data.name}; loaded is ${made.data.name}). It can be read and exported; load its data to go on.`
  }
  if (made.agent.fingerprint !== agent.fingerprint) {
    return `This run was made with another version of its agent (${agent.name}). It can be read and exported, but not continued.${sameModel(header)}`
  }
  return undefined
}

/** What has to be the same for a language model to go on, beside its name; empty for other agents. */
function sameModel({ conversation }: RunStarted): string {
  if (conversation === undefined) return ''
  const { contextTokens, maxTokens } = conversation
  return ` It can go on with the same model, a context window of ${contextTokens} tokens, replies of at most ${maxTokens}, and replies kept to a form or free as they were.`
}
