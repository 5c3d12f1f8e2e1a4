/**
 * Writes what agents of an environment start from: the demonstrations, and the policies that SFT makes of them
 * (policy.json, policy-weak.json, policy-sharp.json).
 */
import { writeFileSync } from 'node:fs'
import type { Environment } from '../../environments/environment.ts'
import type { ActionSpace } from '../../policies/linear/action-space.ts'
import { type TrainedWords, writeWeights } from '../../policies/linear/weights.ts'
import type { Demonstration } from '../../training/demonstrations.ts'
import { writeDemonstrations } from '../../training/expert.ts'
import { START_NAMES, warmStart, warmStartStream } from '../../training/warm-start.ts'

export interface StartWords {
  /** Who shows: goes into the header of the demonstrations. */
  readonly expert: string
  /** How the default policy was trained. */
  readonly method: string
  /** What else the policy files report. */
  readonly more?: TrainedWords
}

/** Into POLICY_FOLDER if the environment variable is set, and into `folder` otherwise. */
export async function writeStarts<S, M>(
  environment: Environment<S>,
  space: ActionSpace<S, M>,
  shown: readonly Demonstration[],
  folder: string,
  { expert, method, more = {} }: StartWords,
): Promise<void> {
  const target = process.env.POLICY_FOLDER ?? folder
  const header = { data: environment.data.fingerprint, method: expert }
  writeFileSync(`${target}/demonstrations.jsonl`, writeDemonstrations(header, shown))
  const random = warmStartStream(environment.id)
  const columns: Record<string, Float64Array> = {}
  for (const name of START_NAMES) {
    const { weights, trained } = await warmStart(environment, space, shown, { name, method, random })
    const file = name === 'default' ? 'policy.json' : `policy-${name}.json`
    const report = { ...trained, ...more }
    writeFileSync(`${target}/${file}`, writeWeights(space.features, { weights, trained: report }))
    console.log(file, report)
    columns[name] = weights
  }
  const row = (i: number) => Object.fromEntries(Object.entries(columns).map(([name, weights]) => [name, weights[i]]))
  console.table(space.features.map(({ name }, i) => ({ name, ...row(i) })))
}
