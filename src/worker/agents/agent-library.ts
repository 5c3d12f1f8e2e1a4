/**
 * The agents that can be chosen: those that ship with the page, and those that were trained here or came as files. What
 * they are called and what came of their training stands in the file of their weights, which goes in and out.
 */
import { type Failure, failure, messageOf, quote, type Result, success } from '../../core/failure.ts'
import { ENVIRONMENT_NAMES, type RunConfig } from '../../core/settings/settings.ts'
import type { FeatureList } from '../../policies/linear/feature-lists.ts'
import { FEATURE_LISTS } from '../../policies/linear/feature-lists.ts'
import { fingerprintOf } from '../../policies/linear/fingerprint.ts'
import {
  type LinearWeights,
  parseWeights,
  type TrainedWords,
  WEIGHTS_VERSION,
  writeWeights,
} from '../../policies/linear/weights.ts'
import { AGENT_VERSION, type AgentRecord, parseAgentRecord } from '../../store/agent-record.ts'
import type { Store } from '../../store/store.ts'
import { type DataLoader, shippedPolicy } from '../machine/data-loader.ts'
import { slugOf } from '../machine/file-name.ts'
import { parsedJson } from '../machine/parsed-json.ts'
import type { AgentInfo } from '../protocol/agents.ts'
import type { ExportedFile } from '../protocol/files.ts'
import { cleanName } from '../runs/run-names.ts'
import { badParameters, SHIPPED_AGENT_NAMES } from '../worlds/agent-weights.ts'
import { agentRecord, recordedWeights } from '../worlds/own-agent.ts'

export { ownAgent } from '../worlds/own-agent.ts'

export interface AgentPorts {
  readonly store: Store
  readonly loader: DataLoader
  /** Milliseconds since 1970. */
  date(): number
}

type Environment = RunConfig['environment']
type ShippedName = keyof typeof SHIPPED_AGENT_NAMES

const SHIPPED_NAMES = Object.keys(SHIPPED_AGENT_NAMES) as readonly ShippedName[]

/** Characters of a file, of which a real one has some two thousand. */
const MOST_FILE = 200_000
const MOST_FACTS = 60
const MOST_FACT = 300

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
  const stored = await store.smallRecords('agents').all()
  if (!stored.ok) {
    notice(stored.failure)
    return infos
  }
  const own: AgentInfo[] = []
  for (const value of stored.value) {
    const record = parseAgentRecord(value)
    if (!record.ok) notice(record.failure)
    else if (record.value.environment === environment) own.push(infoOf(record.value))
  }
  own.sort((a, b) => b.createdAtMs - a.createdAtMs || (a.model < b.model ? -1 : 1))
  return [...infos, ...own]
}

function shippedInfo(model: ShippedName, environment: Environment, trained: TrainedWords): AgentInfo {
  return { model, name: SHIPPED_AGENT_NAMES[model], environment, origin: 'shipped', createdAtMs: 0, trained }
}

export function infoOf(record: AgentRecord): AgentInfo {
  const { model, name, environment, origin, createdAtMs } = record
  const read = recordedWeights(record)
  return { model, name, environment, origin, createdAtMs, trained: read.ok ? read.value.trained : {} }
}

export async function renameAgent({ store }: AgentPorts, model: string, name: string): Promise<Result<AgentInfo>> {
  if (shippedPolicy(model) !== undefined) return SHIPPED
  const clean = cleanName(name)
  if (clean === undefined) return NAMELESS
  const record = await agentRecord(store, model)
  if (!record.ok) return record
  const renamed = { ...record.value, name: clean }
  const put = await store.smallRecords('agents').put(model, renamed)
  return put.ok ? success(infoOf(renamed)) : put
}

/** Runs that were made with it have its parameters in their headers: they stay whole. */
export async function removeAgent({ store }: AgentPorts, model: string): Promise<Result<true>> {
  return shippedPolicy(model) === undefined ? store.smallRecords('agents').remove(model) : SHIPPED
}

export async function exportAgent(
  { store, loader }: AgentPorts,
  model: string,
  environment: Environment,
): Promise<Result<ExportedFile>> {
  const shipped = shippedPolicy(model)
  if (shipped !== undefined) {
    const read = await shippedWeights(loader, environment, shipped)
    return read.ok ? success(fileOf(environment, SHIPPED_AGENT_NAMES[shipped], read.value)) : read
  }
  const record = await agentRecord(store, model)
  if (!record.ok) return record
  const read = recordedWeights(record.value)
  return read.ok ? success(fileOf(record.value.environment, record.value.name, read.value)) : read
}

function fileOf(environment: Environment, name: string, weights: LinearWeights): ExportedFile {
  const text = writeWeights(FEATURE_LISTS[environment].features, weights, name)
  const file = new Blob([text], { type: 'application/json' })
  return { file, name: `${slugOf(name, 'agent')}.agent.json`, lines: text.split('\n').length - 1 }
}

async function shippedWeights(
  loader: DataLoader,
  environment: Environment,
  shipped: ShippedName,
): Promise<Result<LinearWeights>> {
  const text = await loader.policy(environment, shipped === '' ? undefined : shipped)
  return text.ok ? parseWeights(parsedJson(text.value), FEATURE_LISTS[environment].features) : text
}

/** @returns the agent, under the name it has here where it is known already */
export async function importAgent(ports: AgentPorts, file: File): Promise<Result<AgentInfo>> {
  const read = await readAgentFile(file)
  if (!read.ok) return read
  const { environment, weights, name } = read.value
  const model = fingerprintOf(FEATURE_LISTS[environment], weights.weights)
  for (const shipped of SHIPPED_NAMES) {
    const same = await shippedWeights(ports.loader, environment, shipped)
    if (same.ok && fingerprintOf(FEATURE_LISTS[environment], same.value.weights) === model)
      return success(shippedInfo(shipped, environment, same.value.trained))
  }
  const known = await agentRecord(ports.store, model)
  if (known.ok) return success(infoOf(known.value))
  return saveAgent(ports, environment, { name, origin: 'imported', weights })
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
  const record: AgentRecord = {
    ...{ version: AGENT_VERSION, model, name: clean, environment, origin, createdAtMs: date() },
    file: writeWeights(list.features, weights),
  }
  const put = await store.smallRecords('agents').put(model, record)
  return put.ok ? success(infoOf(record)) : put
}

interface AgentFile {
  readonly name: string
  readonly environment: Environment
  readonly weights: LinearWeights
}

const REMEDY = 'Nothing was imported. An agent’s file is what “Export” in the list of agents writes.'

async function readAgentFile(file: File): Promise<Result<AgentFile>> {
  const bad = (code: string, what: string) => failure(code, `${quote(file.name)} ${what} ${REMEDY}`)
  if (file.size > MOST_FILE) return bad('agent-file-size', `is too large for an agent (${file.size} bytes).`)
  let text: string
  try {
    text = await file.text()
  } catch (thrown) {
    return bad('agent-file-unreadable', `could not be read (${messageOf(thrown)}).`)
  }
  const value = parsedJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return bad('agent-file-shape', 'is not an agent’s file.')
  const { version, features, name } = value as { version?: unknown; features?: unknown; name?: unknown }
  if (version === undefined || !Array.isArray(features)) return bad('agent-file-shape', 'is not an agent’s file.')
  if (version !== WEIGHTS_VERSION)
    return bad('agent-file-version', `has the version ${quote(version)}; this page reads ${WEIGHTS_VERSION}.`)
  const environment = ENVIRONMENT_NAMES.find((known) => sameFeatures(FEATURE_LISTS[known], features))
  if (environment === undefined) {
    const known = ENVIRONMENT_NAMES.map((at) => `${FEATURE_LISTS[at].features.length} of ${at}`).join(', ')
    const words = `has ${features.length} features, which are those of no environment here (${known}).`
    return bad('agent-file-features', `${words} It may be of another version of RRO Lab.`)
  }
  const weights = parseWeights(value, FEATURE_LISTS[environment].features, REMEDY)
  if (!weights.ok) return weights
  const facts = Object.entries(weights.value.trained)
  if (facts.length > MOST_FACTS || facts.some((fact) => fact.some((part) => String(part).length > MOST_FACT)))
    return bad('agent-file-facts', 'says more of its training than a list can hold.')
  const fallback = file.name.replace(/(\.agent)?\.json$/i, '')
  return success({
    name: cleanName(name) ?? cleanName(fallback) ?? 'Imported agent',
    environment,
    weights: weights.value,
  })
}

function sameFeatures({ features }: FeatureList, names: readonly unknown[]): boolean {
  const given = new Set(names)
  return given.size === features.length && features.every(({ name }) => given.has(name))
}

const SHIPPED = failure('agent-shipped', 'This agent ships with the page: it can be used and exported, not changed.')
export const NAMELESS = failure('name-empty', 'An agent needs a name.')
