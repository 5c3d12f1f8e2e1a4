/** The file of a trained log-linear policy (`public/data/webshop/policy.json`), read with suspicion. */
import * as v from 'valibot'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { Feature } from './action-space.ts'

export const WEIGHTS_VERSION = 1

const Trained = v.record(v.string(), v.union([v.string(), v.number()]))

const WeightsFile = v.object({
  version: v.literal(WEIGHTS_VERSION),
  features: v.array(v.string()),
  weights: v.array(v.pipe(v.number(), v.finite())),
  trained: v.optional(Trained, {}),
})

/** How a policy was trained: seed, number of demonstrations, rewards reached. For people. */
export type TrainedWords = Readonly<Record<string, string | number>>

export interface LinearWeights {
  /** In the order of the features asked for. */
  readonly weights: Float64Array
  readonly trained: TrainedWords
}

const REMEDY = 'Make the file anew with `npx tsx src/scripts/make/webshop-policy.ts`.'

/**
 * @param file the parsed JSON of a weights file
 * @param remedy what to do about a bad one, in a sentence
 * @param lineOf the line in which a value stands, where the text is known: `weights.3`
 */
export function parseWeights(
  file: unknown,
  features: readonly Feature[],
  remedy: string = REMEDY,
  lineOf: (path: string) => number | undefined = () => undefined,
): Result<LinearWeights> {
  const bad = (code: string, what: string) => failure(code, `The policy file ${what} ${remedy}`)
  const version = typeof file === 'object' && file !== null && 'version' in file ? file.version : undefined
  if (version === undefined) return bad('policy-shape', 'names no version.')
  if (version !== WEIGHTS_VERSION)
    return bad('policy-version', `has version ${quote(version)}; this program reads ${WEIGHTS_VERSION}.`)
  const parsed = v.safeParse(WeightsFile, file)
  if (!parsed.success) {
    const issue = parsed.issues[0]
    const place = v.getDotPath(issue) ?? 'its root'
    const line = lineOf(place)
    const where = line === undefined ? place : `${place}, line ${line}`
    return bad('policy-shape', `is malformed at ${where}: ${issue.message}.`)
  }
  const { features: names, weights: values, trained } = parsed.output
  if (names.length !== values.length)
    return bad('policy-shape', `has ${names.length} features and ${values.length} weights.`)
  const byName = new Map(names.map((name, i) => [name, values[i] as number])) // as many values as names
  if (byName.size !== names.length) return bad('policy-feature', 'names a feature twice.')
  const weights = new Float64Array(features.length)
  for (const [i, { name }] of features.entries()) {
    const value = byName.get(name)
    if (value === undefined) return bad('policy-feature', `lacks the feature ${quote(name)}.`)
    weights[i] = value
    byName.delete(name)
  }
  for (const name of byName.keys()) return bad('policy-feature', `has an unknown feature ${quote(name)}.`)
  return success({ weights, trained })
}

/**
 * What `parseWeights` reads back.
 * @param name of the policy, for whoever finds the file
 */
export function writeWeights(features: readonly Feature[], { weights, trained }: LinearWeights, name?: string): string {
  const values = { features: features.map((f) => f.name), weights: [...weights], trained }
  const file = { version: WEIGHTS_VERSION, ...(name === undefined ? {} : { name }), ...values }
  return `${JSON.stringify(file, null, 1)}\n`
}
