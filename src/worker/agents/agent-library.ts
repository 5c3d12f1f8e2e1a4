/**
 * The agents that can be chosen: those that ship with the page, and those that were trained here or came as files. What
 * they are called and what came of their training stands in the file of their weights.
 */
import { type Failure, failure, quote, type Result, success } from '../../core/failure.ts'
import { LANGUAGE_MODEL_NAMES, type RunConfig } from '../../core/settings/run-config.ts'
import type { FeatureList } from '../../policies/linear/feature-lists.ts'
import { FEATURE_LISTS } from '../../policies/linear/feature-lists.ts'
import { fingerprintOf } from '../../policies/linear/fingerprint.ts'
import { type LinearWeights, parseWeights, type TrainedWords, writeWeights } from '../../policies/linear/weights.ts'
import {
  AGENT_VERSION,
  type AgentRecord,
  isLanguage,
  type LinearAgentRecord,
  parseAgentRecord,
} from '../../store/agent-record.ts'
import type { Store } from '../../store/store.ts'
import { type DataLoader, shippedModel, shippedPolicy } from '../machine/data-loader.ts'
import { parsedJson } from '../machine/parsed-json.ts'
import type { AgentInfo } from '../protocol/agents.ts'
import { cleanName } from '../runs/run-names.ts'
import { badParameters, SHIPPED_AGENT_NAMES } from '../worlds/agent-weights.ts'
import { agentRecord, recordedWeights } from '../worlds/own-agent.ts'
import { NAMELESS } from './agent-names.ts'
import { languageAgentInfo, shippedModelInfo } from './language/language-agents.ts'

export interface AgentPorts {
  readonly store: Store
  readonly loader: DataLoader
  /** Milliseconds since 1970. */
  date(): number
}

type Environment = RunConfig['environment']
export type ShippedName = keyof typeof SHIPPED_AGENT_NAMES

export const SHIPPED_NAMES = Object.keys(SHIPPED_AGENT_NAMES) as readonly ShippedName[]

/** The shipped ones first, then the newest. Those that cannot be read are told to `notice`. */
export async function listAgents(
  { store, loader }: AgentPorts,
  environment: Environment,
  notice: (problem: Failure) => void,
): Promise<readonly AgentInfo[]> {
  const infos: AgentInfo[] = []
  for (const model of SHIPPED_NAMES) {
    const read = await shippedWeights(loader, environment, model)
    if (!read.ok) notice(read.failure)
    infos.push(shippedInfo(model, environment, read.ok ? read.value.trained : {}))
  }
  for (const model of LANGUAGE_MODEL_NAMES) {
    const read = await shippedModelInfo(loader, environment, model)
    if (read.ok) infos.push(read.value)
    else notice(read.failure)
  }
  const stored = await store.smallRecords('agents').all()
  if (!stored.ok) {
    notice(stored.failure)
    return infos
  }
  const own: AgentInfo[] = []
  for (const value of stored.value) {
    const record = parseAgentRecord(value)
    if (!record.ok) notice(record.failure)
    else if (isLanguage(record.value)) own.push(languageAgentInfo(record.value, environment))
    else if (record.value.environment === environment) own.push(infoOf(record.value))
  }
  own.sort((a, b) => b.createdAtMs - a.createdAtMs || (a.model < b.model ? -1 : 1))
  return [...infos, ...own]
}

export function shippedInfo(model: ShippedName, environment: Environment, trained: TrainedWords): AgentInfo {
  return {
    policy: 'linear',
    model,
    name: SHIPPED_AGENT_NAMES[model],
    environment,
    origin: 'shipped',
    createdAtMs: 0,
    trained,
  }
}

export function infoOf(record: LinearAgentRecord): AgentInfo {
  const { model, name, environment, origin, createdAtMs } = record
  const read = recordedWeights(record)
  return { policy: 'linear', model, name, environment, origin, createdAtMs, trained: read.ok ? read.value.trained : {} }
}

/** @param environment whose list it stands in */
export async function renameAgent(
  { store }: AgentPorts,
  model: string,
  name: string,
  environment: Environment,
): Promise<Result<AgentInfo>> {
  if (isShippedName(model)) return SHIPPED
  const clean = cleanName(name)
  if (clean === undefined) return NAMELESS
  const record = await agentRecord(store, model)
  if (!record.ok) return record
  const renamed: AgentRecord = { ...record.value, name: clean }
  const put = await store.smallRecords('agents').put(model, renamed)
  if (!put.ok) return put
  return success(isLanguage(renamed) ? languageAgentInfo(renamed, environment) : infoOf(renamed))
}

/**
 * Runs that were made with it stay. Those of the embedded policy have its parameters in their headers, and can go on; those of
 * a language model can be read.
 */
export async function removeAgent({ store }: AgentPorts, model: string): Promise<Result<true>> {
  if (isShippedName(model)) return SHIPPED
  const removed = await store.smallRecords('agents').remove(model)
  return removed.ok ? store.smallRecords('models').remove(model) : removed
}

export async function shippedWeights(
  loader: DataLoader,
  environment: Environment,
  shipped: ShippedName,
): Promise<Result<LinearWeights>> {
  const text = await loader.policy(environment, shipped === '' ? undefined : shipped)
  return text.ok ? parseWeights(parsedJson(text.value), FEATURE_LISTS[environment].features) : text
}

/** Under its fingerprint, in the place of the same weights with another name. */
export async function saveAgent(
  { store, date }: AgentPorts,
  environment: Environment,
  {
    name,
    origin,
    weights,
  }: { readonly name: string; readonly origin: AgentRecord['origin']; readonly weights: LinearWeights },
): Promise<Result<AgentInfo>> {
  const list: FeatureList = FEATURE_LISTS[environment]
  const clean = cleanName(name)
  if (clean === undefined) return NAMELESS
  const bad = badParameters([...weights.weights], list.features.length)
  if (bad !== undefined) return failure('agent-weights', `The agent ${quote(clean)} ${bad} It was not saved.`)
  const model = fingerprintOf(list, weights.weights)
  const record: LinearAgentRecord = {
    ...{ version: AGENT_VERSION, model, name: clean, environment, origin, createdAtMs: date() },
    file: writeWeights(list.features, weights),
  }
  const put = await store.smallRecords('agents').put(model, record)
  return put.ok ? success(infoOf(record)) : put
}

/** Names of those that ship are no fingerprints. */
function isShippedName(model: string): boolean {
  return (shippedPolicy(model) ?? shippedModel(model)) !== undefined
}

const SHIPPED = failure('agent-shipped', 'This agent ships with the page: it can be used and exported, not changed.')
