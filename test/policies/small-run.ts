/** A run of a few tasks by a chat agent or by the embedded policy, and what the two must have in common. */
import type { Actor } from '../../src/core/exploration/actor.ts'
import { exploreRun } from '../../src/core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../src/core/exploration/run-plan.ts'
import type { RunEvent, RunStarted } from '../../src/core/log/events.ts'
import type { RunConfig } from '../../src/core/settings/settings.ts'
import type { Environment } from '../../src/environments/environment.ts'
import { type ChatOptions, createChatActor } from '../../src/policies/chat/chat-actor.ts'
import type { ChatModel } from '../../src/policies/chat/model.ts'
import type { LinearActor } from '../../src/policies/linear/linear-actor.ts'
import { collect, toyConfig } from '../core/toy.ts'
import { seeded } from './openai-server.ts'

async function explored<P>(
  environment: Environment,
  actor: Actor<P>,
  made: Pick<RunStarted, 'agent' | 'systemPrompt' | 'conversation'>,
  settings: Partial<RunConfig>,
): Promise<RunEvent[]> {
  const config = toyConfig({ ...settings, environment: environment.id, firstBar: 'value' })
  const { data, minReward, maxReward } = environment
  const tasks = drawTasks(config, environment.tasks('train'))
  return collect(exploreRun({ header: runHeader(config, { data, minReward, maxReward, ...made }), actor, tasks }))
}

/** Explored by a language model. */
export function throughModel(
  environment: Environment,
  model: ChatModel,
  options: ChatOptions,
  settings: Partial<RunConfig>,
): Promise<RunEvent[]> {
  const actor = createChatActor(environment, model, { contextTokens: 100_000, ...options })
  const { name, fingerprint, systemPrompt, conversation } = actor
  return explored(environment, actor, { agent: { name, fingerprint }, systemPrompt, conversation }, settings)
}

/** Explored by the embedded policy itself, with the draws that a model's calls would have. */
export function askedDirectly(
  environment: Environment,
  policy: LinearActor,
  settings: Partial<RunConfig>,
): Promise<RunEvent[]> {
  const { name, fingerprint } = policy
  const made = { agent: { name, fingerprint }, systemPrompt: environment.systemPrompt }
  return explored(environment, seeded(policy), made, settings)
}

/** Without the header and what only a language model says. */
export function plain(log: readonly RunEvent[]): unknown[] {
  return log.slice(1).map((event) => {
    const { usage: _usage, usages: _usages, ...rest } = event as { usage?: unknown; usages?: unknown }
    return rest
  })
}
