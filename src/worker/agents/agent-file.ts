/** An agent's file: the weights of its policy, with its name and what came of its training. */
import { failure, messageOf, quote, type Result, success } from '../../core/failure.ts'
import { ENVIRONMENT_NAMES, type RunConfig } from '../../core/settings/settings.ts'
import { FEATURE_LISTS, type FeatureList } from '../../policies/linear/feature-lists.ts'
import { fingerprintOf } from '../../policies/linear/fingerprint.ts'
import { type LinearWeights, parseWeights, WEIGHTS_VERSION, writeWeights } from '../../policies/linear/weights.ts'
import { isLanguage } from '../../store/agent-record.ts'
import { shippedPolicy } from '../machine/data-loader.ts'
import { slugOf } from '../machine/file-name.ts'
import { parsedJson } from '../machine/parsed-json.ts'
import type { AgentInfo } from '../protocol/agents.ts'
import type { ExportedFile } from '../protocol/files.ts'
import { cleanName } from '../runs/run-names.ts'
import { SHIPPED_AGENT_NAMES } from '../worlds/agent-weights.ts'
import { agentRecord, recordedWeights } from '../worlds/own-agent.ts'
import { type AgentPorts, infoOf, SHIPPED_NAMES, saveAgent, shippedInfo, shippedWeights } from './agent-library.ts'
import { linesOf } from './json-lines.ts'
import { exportLanguageAgent } from './language/language-agents.ts'

type Environment = RunConfig['environment']

/** Characters of a file, of which a real one has some two thousand. */
const MOST_FILE = 200_000
/** Brackets in brackets: a real one has lists and facts. */
const MOST_DEPTH = 8
const MOST_FACTS = 60
const MOST_FACT = 300

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
  if (isLanguage(record.value)) return exportLanguageAgent({ store, loader }, model)
  const read = recordedWeights(record.value)
  return read.ok ? success(fileOf(record.value.environment, record.value.name, read.value)) : read
}

function fileOf(environment: Environment, name: string, weights: LinearWeights): ExportedFile {
  const text = writeWeights(FEATURE_LISTS[environment].features, weights, name)
  const file = new Blob([text], { type: 'application/json' })
  return { file, name: `${slugOf(name, 'agent')}.agent.json`, lines: text.split('\n').length - 1 }
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
  if (known.ok && !isLanguage(known.value)) return success(infoOf(known.value))
  return saveAgent(ports, environment, { name, origin: 'imported', weights })
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
  const { fault, lineOf } = linesOf(text, MOST_DEPTH)
  if (fault !== undefined) return bad('agent-file-json', `is not an agent’s file: ${fault}.`)
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
  const weights = parseWeights(value, FEATURE_LISTS[environment].features, REMEDY, lineOf)
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
