/** The command line of `dataset`, read to the last word. */
import { parseArgs } from 'node:util'
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import { ROW_SYSTEM_PLACES } from '../../datasets/asked-prompt.ts'
import { type DatasetChoices, PATH_CHOICES } from '../../datasets/choices.ts'
import { FILE_KINDS, type FileKind } from '../../datasets/file-kinds.ts'
import { DATASET_FORMATS, type DatasetFormatName } from '../../datasets/formats.ts'
import type { DatasetRequest } from '../../datasets/over-runs.ts'
import { TRAJECTORY_FORMS } from '../../datasets/trajectory-pair.ts'

export interface DatasetOptions extends DatasetRequest {
  /** Run files, and folders of them. */
  readonly from: readonly string[]
  readonly out: string
  /** Left out, the usual one of the format. */
  readonly file?: FileKind
  /** One zip with a card instead of files beside each other. */
  readonly archive?: boolean
}

export const USAGE = `npm run dataset -- --from runs/ --format trl-dpo [--out data/] [more]

  --from PATH            a run file, or a folder of them; may be given again
  --format NAME          one of:
${Object.entries(DATASET_FORMATS)
  .map(([name, { label }]) => `                           ${name.padEnd(19)} ${label}`)
  .join('\n')}
  --out FOLDER           for the files (default: .)
  --file KIND            ${FILE_KINDS.join(', ')} (default: the usual one of the format)
  --archive              one zip for a hub: the rows by split, a card, the settings of the runs
  --test-share 0.1       keeps the rows of every tenth task apart: tasks are never split (default 0)
  --system ${ROW_SYSTEM_PLACES.join('|')}   where the instructions stand (default: as the model was addressed)
  --example              the worked example that a model saw stands in every row
  --trajectories ${TRAJECTORY_FORMS.join('|')}   of ETO's pairs: the first turns that differ, or all of both
  --paths ${PATH_CHOICES.join('|')}        demonstrations: all that rise to their end, or the best of each task
  --right-from 0.5       steps are labelled right from this process reward on (default: where they rise)
  --min-gap 0.1          pairs whose rewards differ by less are left out
  --rises-only           what was not seen to rise, by rollouts of its own, is left out
  --max-error 0.1        pairs whose difference has a larger standard error, or one that is not known, are left out
  --max-tokens 1024      longer rows are left out
  --per-task N           most rows of a task
  --keep-duplicates      rows that say the same again     --keep-unusable   replies without an action`

const OPTIONS = {
  from: { type: 'string', multiple: true },
  format: { type: 'string' },
  out: { type: 'string', default: '.' },
  file: { type: 'string' },
  archive: { type: 'boolean', default: false },
  'test-share': { type: 'string', default: '0' },
  system: { type: 'string' },
  example: { type: 'boolean', default: false },
  trajectories: { type: 'string' },
  paths: { type: 'string' },
  'right-from': { type: 'string' },
  'min-gap': { type: 'string' },
  'rises-only': { type: 'boolean', default: false },
  'max-error': { type: 'string' },
  'max-tokens': { type: 'string' },
  'per-task': { type: 'string' },
  'keep-duplicates': { type: 'boolean', default: false },
  'keep-unusable': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/** @returns undefined where help is asked for */
export function readArguments(argv: readonly string[]): Result<DatasetOptions | undefined> {
  let given: ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values']
  try {
    given = parseArgs({ args: [...argv], options: OPTIONS }).values
  } catch (thrown) {
    return wrong([messageOf(thrown)])
  }
  if (given.help) return success(undefined)
  const problems: string[] = []
  const choice = <T extends string>(
    word: 'format' | 'file' | 'system' | 'trajectories' | 'paths',
    values: readonly T[],
  ) => {
    const value = values.find((value) => value === given[word])
    if (given[word] !== undefined && value === undefined) problems.push(`--${word} is one of ${values.join(', ')}.`)
    return value
  }
  const number = (word: keyof typeof RANGES, fits: (value: number) => boolean) => {
    const text = given[word]
    if (text === undefined) return undefined
    if (/^-?\d+(\.\d+)?$/.test(text) && fits(Number(text))) return Number(text)
    problems.push(`--${word} takes ${RANGES[word]}, not ${JSON.stringify(text).slice(0, 80)}.`)
    return undefined
  }
  const format = choice('format', Object.keys(DATASET_FORMATS) as DatasetFormatName[])
  const file = choice('file', FILE_KINDS)
  const takes: readonly FileKind[] = format === undefined ? FILE_KINDS : DATASET_FORMATS[format].files
  if (file !== undefined && !takes.includes(file)) problems.push(`--file of ${format} is one of ${takes.join(', ')}.`)
  if (given.format === undefined) problems.push('--format is missing.')
  if (given.from === undefined) problems.push('--from, a run file or a folder of them, is missing.')
  const choices: DatasetChoices = {
    ...defined('system', choice('system', ROW_SYSTEM_PLACES)),
    ...defined('trajectories', choice('trajectories', TRAJECTORY_FORMS)),
    ...defined('paths', choice('paths', PATH_CHOICES)),
    ...defined('rightFrom', number('right-from', Number.isFinite)),
    ...defined('minGap', number('min-gap', fromZero)),
    ...defined('maxError', number('max-error', fromZero)),
    ...defined('maxTokens', number('max-tokens', wholeFromOne)),
    ...defined('perTask', number('per-task', wholeFromOne)),
    ...(given['rises-only'] && { risesOnly: true }),
    ...{ example: given.example, duplicates: given['keep-duplicates'], unusable: given['keep-unusable'] },
  }
  const testShare = number('test-share', (value) => value >= 0 && value < 1) ?? 0
  if (problems.length > 0 || format === undefined || given.from === undefined) return wrong(problems)
  return success({
    from: given.from,
    format,
    out: given.out,
    testShare,
    choices,
    archive: given.archive,
    ...defined('file', file),
  })
}

const RANGES = {
  'test-share': 'a number from 0 to below 1',
  'right-from': 'a number',
  'min-gap': 'a number from 0 up',
  'max-error': 'a number from 0 up',
  'max-tokens': 'a whole number from 1 up',
  'per-task': 'a whole number from 1 up',
} as const

function fromZero(value: number): boolean {
  return value >= 0
}

function wholeFromOne(value: number): boolean {
  return Number.isInteger(value) && value > 0
}

function defined<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>)
}

function wrong(problems: readonly string[]): ReturnType<typeof failure> {
  return failure('arguments', `${problems.join(' ')} See npm run dataset -- --help.`)
}
