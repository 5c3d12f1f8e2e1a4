/**
 * Worlds whose agent ships with the page or was trained there: the embedded policy, one world for each set of weights on what
 * they share of an environment, or our own language model; with an expert or the visitor beside it, where the run has one.
 */

import { failure, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import { EXPERT_METHODS, type RunConfig } from '../../core/settings/run-config.ts'
import type { Environment } from '../../environments/environment.ts'
import type { ActionSpace } from '../../policies/linear/action-space.ts'
import { createLinearActor, type LinearActor } from '../../policies/linear/linear-actor.ts'
import type { CompactView } from '../../policies/transformer/compact-view.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type { WorldView } from '../protocol/data.ts'
import { weightsOf } from './agent-weights.ts'
import type { LoadedEnvironment } from './loaded-environment.ts'
import { joined, type OwnAgent, type OwnModel, type World } from './world.ts'

export type LinearWorlds = (config: RunConfig, own?: OwnAgent | OwnModel) => Promise<Result<World>>

/** What was made stays, also without the network: actors are small, and what they read of the data is shared. */
export function linearWorlds<S, M>(
  loader: DataLoader,
  loaded: LoadedEnvironment,
  environment: Environment<S, WorldView>,
  space: ActionSpace<S, M>,
  view: () => Promise<CompactView<S, unknown>>,
): LinearWorlds {
  const kept = new Map<string, World>()
  const embedded = async (config: RunConfig, own?: OwnAgent): Promise<Result<World>> => {
    const key = JSON.stringify([config.model, own])
    const known = kept.get(key)
    if (known !== undefined) return success(known)
    const agent = await weightsOf(loader, config, own)
    if (!agent.ok) return agent
    const { name, weights, parameters } = agent.value
    const actor = createLinearActor(environment, space, weights, name)
    const world = joined(loaded, environment, actor)
    const made = { ...world.made, agent: { ...world.made.agent, ...(parameters && { parameters }) } }
    // Its prefixes come from itself and go nowhere else.
    const whole: World = { ...world, made, policy: actor as unknown as LinearActor }
    kept.set(key, whole)
    return success(whole)
  }
  const transformer = async ({ model }: RunConfig, own?: OwnModel): Promise<Result<World>> => {
    const code = await fetched(async () => ({ ...(await import('./transformer-world.ts')), view: await view() }))
    return code.ok ? code.value.transformerWorld({ loader, model, own }, loaded, environment, code.value.view) : code
  }
  return async (config, own) => {
    const model = own !== undefined && 'zip' in own ? own : undefined
    const weights = own !== undefined && 'zip' in own ? undefined : own
    if (config.policy === 'transformer') return completed(loader, config, await transformer(config, model))
    return notEmbedded(config) ?? completed(loader, config, await embedded(config, weights))
  }
}

/** With the expert, where the method needs one; with the visitor, where one acts. */
async function completed(
  loader: DataLoader,
  { method, policy }: RunConfig,
  world: Result<World>,
): Promise<Result<World>> {
  if (!world.ok) return world
  if (policy === 'human') {
    const code = await fetched(() => import('./human-world.ts'))
    return code.ok ? success(code.value.humanWorld(world.value)) : code
  }
  if (!EXPERT_METHODS.includes(method)) return world
  const code = await fetched(() => import('./experts.ts'))
  return code.ok ? code.value.withExpert(loader, world) : code
}

function notEmbedded({ policy }: RunConfig): ReturnType<typeof failure> | undefined {
  if (policy === 'linear' || policy === 'human') return undefined
  const words = 'The agent of this run is a language model: go on with npm run collect, or take the embedded agent.'
  return failure('agent-elsewhere', words)
}
