/**
 * The weights that the setting `model` names: those of a policy that ships with the page, or those that came with the run
 * (in its header) or with a stored agent. They are believed only if the model's fingerprint is theirs.
 */
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { FEATURE_LISTS } from '../../policies/linear/feature-lists.ts'
import { fingerprintOf } from '../../policies/linear/fingerprint.ts'
import { LINEAR_POLICY_NAME } from '../../policies/linear/linear-actor.ts'
import { parseWeights } from '../../policies/linear/weights.ts'
import { type DataLoader, shippedPolicy } from '../machine/data-loader.ts'
import { parsedJson } from '../machine/parsed-json.ts'
import type { OwnAgent } from './world.ts'

/** Beyond, scores would overflow. Trained weights are below 10. */
const LARGEST_WEIGHT = 1e6

export const SHIPPED_AGENT_NAMES = {
  '': LINEAR_POLICY_NAME,
  weak: `${LINEAR_POLICY_NAME}, weak start`,
  sharp: `${LINEAR_POLICY_NAME}, sharp start`,
} as const

export interface AgentWeights {
  /** Of the agent, for people. */
  readonly name: string
  /** In the order of the environment's features. */
  readonly weights: Float64Array
  /** What a run's header must hold of it; undefined for a policy that ships. */
  readonly parameters: readonly number[] | undefined
}

/** @param own of a model that does not ship */
export async function weightsOf(
  loader: DataLoader,
  { environment, model }: Pick<RunConfig, 'environment' | 'model'>,
  own?: OwnAgent,
): Promise<Result<AgentWeights>> {
  const list = FEATURE_LISTS[environment]
  const shipped = shippedPolicy(model)
  if (shipped !== undefined) {
    const text = await loader.policy(environment, shipped === '' ? undefined : shipped)
    if (!text.ok) return text
    const read = parseWeights(parsedJson(text.value), list.features)
    if (!read.ok) return read
    return success({ name: SHIPPED_AGENT_NAMES[shipped], weights: read.value.weights, parameters: undefined })
  }
  if (own === undefined) return agentUnknown(model)
  const bad = badParameters(own.parameters, list.features.length)
  if (bad !== undefined) return failure('agent-weights', `The agent ${quote(own.name)} ${bad} ${CHOOSE}`)
  const weights = Float64Array.from(own.parameters)
  if (fingerprintOf(list, weights) !== model) {
    const words = `The weights of the agent ${quote(own.name)} are not those that the run names (${quote(model)}):`
    const why = 'they were changed after it was trained, or belong to another version of RRO Lab.'
    return failure('agent-fingerprint', `${words} ${why} ${CHOOSE}`)
  }
  return success({ name: own.name, weights, parameters: [...own.parameters] })
}

const CHOOSE = 'Choose another agent for the next run, or import the file of this one again.'

/** The end of a sentence; undefined where nothing is wrong. */
export function badParameters(parameters: readonly number[], width: number): string | undefined {
  if (parameters.length !== width) {
    const reason = 'it belongs to another environment, or to another version of RRO Lab.'
    return `has ${parameters.length} weights where ${width} are needed: ${reason}`
  }
  const wrong = parameters.find((value) => !(Math.abs(value) <= LARGEST_WEIGHT))
  return wrong === undefined ? undefined : `has the weight ${wrong}, which nothing trained has.`
}

export function agentUnknown(model: string): ReturnType<typeof failure> {
  const words = `The agent ${quote(model)} is not kept in this browser.`
  return failure(
    'agent-unknown',
    `${words} Import its file (under “Agent”: Import), or choose another agent there, and start again.`,
  )
}
