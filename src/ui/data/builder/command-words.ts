/** The same data set from a terminal: the command whose files are equal to the page's, byte for byte. */
import type { DatasetChoices, DatasetOrder } from '../../../worker/protocol/lab-api.ts'

/** Flags of choices that are numbers or words. */
const VALUES: Partial<Record<keyof DatasetChoices, string>> = {
  ...{ system: 'system', trajectories: 'trajectories', paths: 'paths', rightFrom: 'right-from', minGap: 'min-gap' },
  ...{ maxError: 'max-error', maxTokens: 'max-tokens', perTask: 'per-task' },
}
/** Of those that are yes or no. */
const TICKS: Partial<Record<keyof DatasetChoices, string>> = {
  ...{ example: 'example', duplicates: 'keep-duplicates', unusable: 'keep-unusable', risesOnly: 'rises-only' },
}

/** @param files of the runs, exported, in the order in which they were chosen */
export function commandWords(
  { format, file, archive, testShare, choices }: DatasetOrder,
  files: readonly string[],
): string {
  const words = Object.entries(choices).flatMap(([name, value]) => {
    const [flag, tick] = [VALUES[name as keyof DatasetChoices], TICKS[name as keyof DatasetChoices]]
    if (tick !== undefined) return value === true ? [`--${tick}`] : []
    return flag === undefined ? [] : [`--${flag}=${value}`]
  })
  const kind = file === undefined ? [] : [`--file=${file}`]
  const zip = archive ? ['--archive'] : []
  const share = testShare > 0 ? [`--test-share=${testShare}`] : []
  return [
    'npm run dataset --',
    ...files.map((file) => `--from ${file}`),
    `--format ${format}`,
    ...kind,
    ...zip,
    ...share,
    ...words,
  ].join(' ')
}
