/** The agent of a run that does not ship with the page: out of the run's header, or out of the store. */

import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { RunStarted } from '../../core/log/events.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { FEATURE_LISTS } from '../../policies/linear/feature-lists.ts'
import { type LinearWeights, parseWeights } from '../../policies/linear/weights.ts'
import { type AgentRecord, isLanguage, type LinearAgentRecord, parseAgentRecord } from '../../store/agent-record.ts'
import { parseModelRecord } from '../../store/model-record.ts'
import type { Store } from '../../store/store.ts'
import { shippedModel, shippedPolicy } from '../machine/data-loader.ts'
import { parsedJson } from '../machine/parsed-json.ts'
import { agentUnknown } from './agent-weights.ts'
import type { OwnAgent, OwnModel } from './world.ts'

const OTHER = 'Choose it, or another one, under “Agent”.'
const REMEDY = 'Delete the agent, and import its file again.'

/**
 * Undefined for an agent that ships.
 * @param header of the run, where there is one: the parameters that stand in it come first
 */
export async function ownAgent(
  store: Pick<Store, 'smallRecords'>,
  { environment, model }: Pick<RunConfig, 'environment' | 'model'>,
  header?: RunStarted,
): Promise<Result<OwnAgent | undefined>> {
  if (shippedPolicy(model) !== undefined) return success(undefined)
  if (header?.agent.parameters !== undefined && header.config.model === model)
    return success({ name: header.agent.name, parameters: header.agent.parameters })
  const record = await agentRecord(store, model)
  if (!record.ok) return record
  const { name } = record.value
  if (isLanguage(record.value))
    return failure('agent-policy', `The agent ${quote(name)} is a small language model. ${OTHER}`)
  if (record.value.environment !== environment) {
    const words = `The agent ${quote(name)} was made for another environment (${record.value.environment}).`
    return failure('agent-environment', `${words} Choose one for ${environment}.`)
  }
  const read = recordedWeights(record.value)
  return read.ok ? success({ name, parameters: [...read.value.weights] }) : read
}

/** The language model that the setting `model` names; undefined for one that ships. */
export async function ownModel(
  store: Pick<Store, 'smallRecords'>,
  { model }: Pick<RunConfig, 'model'>,
): Promise<Result<OwnModel | undefined>> {
  if (shippedModel(model) !== undefined) return success(undefined)
  const record = await agentRecord(store, model)
  if (!record.ok) return record
  const { name } = record.value
  if (!isLanguage(record.value))
    return failure('agent-policy', `The agent ${quote(name)} is no language model. ${OTHER}`)
  const stored = await store.smallRecords('models').get(model)
  if (!stored.ok) return stored
  const read = parseModelRecord(stored.value)
  return read.ok ? success({ name, zip: read.value.zip }) : read
}

export async function agentRecord(store: Pick<Store, 'smallRecords'>, model: string): Promise<Result<AgentRecord>> {
  const stored = await store.smallRecords('agents').get(model)
  if (!stored.ok) return stored
  return stored.value === undefined ? agentUnknown(model) : parseAgentRecord(stored.value)
}

export function recordedWeights({ environment, file }: LinearAgentRecord): Result<LinearWeights> {
  return parseWeights(parsedJson(file), FEATURE_LISTS[environment].features, REMEDY)
}
