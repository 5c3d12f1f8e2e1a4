/**
 * Outside numbers: compares this code with recorded answers of the original programs. The cases lie outside the
 * repository, in the folder that CONFORMANCE_DIR names (default ../shared/conformance); without them a suite is skipped.
 * Every case is compared, and one line says how many agree: `conformance <suite>: <agreeing>/<total>`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Absolute. A relative CONFORMANCE_DIR starts at the repository's root. */
export const conformanceDirectory = resolve(root, process.env.CONFORMANCE_DIR ?? '../shared/conformance')

export interface Comparison {
  readonly agrees: boolean
  /** Which case, what was recorded and what we answer; only asked of the first few that disagree. */
  readonly describe: () => string
}

/** Parsed content of a `.json` or `.json.gz` file of the folder. T is what its README promises; nothing checks it. */
export function readCases<T>(file: string): T {
  const bytes = readFileSync(resolve(conformanceDirectory, file))
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as T
}

/** Prints a suite's line and fails below the bar (a share from 0 to 1), or when there was nothing to compare. */
export async function tally(
  name: string,
  bar: number,
  comparisons: Iterable<Comparison> | AsyncIterable<Comparison>,
): Promise<void> {
  let total = 0
  let agreeing = 0
  const examples: string[] = []
  for await (const { agrees, describe } of comparisons) {
    total++
    if (agrees) agreeing++
    else if (examples.length < 5) examples.push(describe())
  }
  console.log(`\nconformance ${name}: ${agreeing}/${total}`) // on a line of its own: the runner may colour the one before
  expect(total, `${name}: no cases`).toBeGreaterThan(0)
  expect(agreeing / total, `${name}: the first that disagree:\n${examples.join('\n')}`).toBeGreaterThanOrEqual(bar)
}

/** Registers one suite: a test that compares every case of `file`, skipped in plain sight where the file is absent. */
export function suite<T>(
  name: string,
  file: string,
  bar: number,
  run: (cases: T) => Iterable<Comparison> | AsyncIterable<Comparison>,
): void {
  const present = existsSync(resolve(conformanceDirectory, file))
  test.skipIf(!present)(`${name} agrees with the recorded cases${present ? '' : ` (${file} is absent)`}`, async () => {
    await tally(name, bar, run(readCases<T>(file)))
  })
}

/** Whether two lists hold the same things in the same order. */
export function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}
