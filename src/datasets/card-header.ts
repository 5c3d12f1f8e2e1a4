/** The YAML header of a data set's card, in the words that the Hugging Face hub knows. Every text is a JSON string, which is YAML too. */
import type { RunStarted } from '../core/log/events.ts'
import type { FileKind } from './file-kinds.ts'
import { DATASET_FORMATS } from './formats.ts'
import { licenceOf } from './licence.ts'
import { type DatasetOutcome, type DatasetRequest, SPLITS } from './over-runs.ts'

export interface HeaderFacts {
  readonly request: DatasetRequest & { readonly file: FileKind }
  readonly outcome: Pick<DatasetOutcome, 'rows' | 'summary'>
  readonly headers: readonly RunStarted[]
}

export function cardHeader({ request: { format, file }, outcome: { rows, summary }, headers }: HeaderFacts): string {
  const licences = headers.map(licenceOf)
  const free = licences.every(({ id }) => id === 'cc0-1.0')
  const tags = [
    'rro',
    'agents',
    'preference-data',
    format,
    ...distinct(headers.map(({ config }) => config.environment)),
  ]
  const methods = distinct(headers.map(({ config }) => config.method)).map((method) => `method-${method}`)
  return [
    '---',
    ...(free ? ['license: cc0-1.0'] : ['license: other', 'license_name: of-the-task-data', 'license_link: LICENSE.md']),
    'language:',
    '- en',
    `pretty_name: ${JSON.stringify(`RRO Lab: ${DATASET_FORMATS[format].label}`)}`,
    'task_categories:',
    '- reinforcement-learning',
    '- text-generation',
    'size_categories:',
    `- ${sizeOf(summary.rows)}`,
    'tags:',
    ...[...tags, ...methods].map((tag) => `- ${JSON.stringify(tag)}`),
    'configs:',
    '- config_name: default',
    '  data_files:',
    ...SPLITS.filter((split) => rows[split] > 0).flatMap((split) => [
      `  - split: ${split}`,
      `    path: ${JSON.stringify(`data/${split}/*.${file}`)}`,
    ]),
    '---',
  ].join('\n')
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

const SIZES = [
  ...([
    [1e3, 'n<1K'],
    [1e4, '1K<n<10K'],
    [1e5, '10K<n<100K'],
    [1e6, '100K<n<1M'],
    [1e7, '1M<n<10M'],
  ] as const),
] as const

function sizeOf(rows: number): string {
  return SIZES.find(([below]) => rows < below)?.[1] ?? '10M<n<100M'
}
