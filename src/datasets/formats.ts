/** The formats of a data set: who reads them, what a row holds, what that reader does with long rows. */
import type { RunEvent, RunStarted } from '../core/log/events.ts'
import type { TaskState } from '../core/log/fold-task.ts'
import type { DatasetChoices } from './choices.ts'
import type { DraftRow } from './example-rows.ts'
import { eventRows, metricRows } from './facts.ts'
import type { FileKind } from './file-kinds.ts'
import type { LengthLimit } from './lengths.ts'
import { axolotlDpoRows, llamaFactoryDpoRows, llamaFactoryKtoRows, shareGptRows, verlRows } from './other-trainers.ts'
import { dpoRows, ktoRows, rewardRows } from './preferences.ts'
import { prmRows, promptRows, sftRows } from './trajectories.ts'
import { etoPairRows, iprPairRows, iprSftRows } from './upstream.ts'

export interface DatasetFormat {
  readonly label: string
  /** The rows of one task, in the order of its log. */
  readonly rows: (
    header: RunStarted,
    task: TaskState,
    choices: DatasetChoices,
    events: readonly RunEvent[],
  ) => DraftRow[]
  /** Undefined where the reader cuts nothing by itself. */
  readonly limit: LengthLimit | undefined
  /** What to do where there are none. */
  readonly none: string
  /** The kinds of files that its reader takes, the usual one first. */
  readonly files: readonly [FileKind, ...FileKind[]]
  /** Rows that tell of the run and teach nothing: those that say the same stay. */
  readonly facts?: true
}

const ARRAY = ['json', 'jsonl', 'parquet'] as const
const LINES = ['jsonl', 'parquet'] as const

const NO_PAIRS = 'no preference pairs: every step so far took its first candidate'
const NO_PATHS = 'no trajectory that rises to its end'

/** `max_length` of its configurations; what is longer loses its end, which is what is to be learnt. */
function trl(config: string): LengthLimit {
  return { trainer: 'TRL 1.10', setting: `max_length of ${config}`, tokens: 1024, otherwise: 'cut at the end' }
}

const LLAMA_FACTORY: LengthLimit = {
  ...{ trainer: 'LLaMA-Factory 0.9.6', setting: 'cutoff_len', tokens: 2048 },
  otherwise: 'cut, the newest page first',
}
const OPEN_RLHF: LengthLimit = { trainer: 'OpenRLHF 0.11', setting: '--data.max_len', tokens: 512, otherwise: 'cut' }
const AXOLOTL: LengthLimit = { trainer: 'axolotl 0.18', setting: 'sequence_len', tokens: 512, otherwise: 'dropped' }

const VERL: LengthLimit = { trainer: 'verl 0.8', setting: 'data.max_prompt_length', tokens: 512, otherwise: 'refused' }
const UPSTREAM: LengthLimit = {
  trainer: 'the scripts of IPR and ETO',
  setting: '--model_max_length',
  tokens: 4096,
  otherwise: 'cut',
}

export const DATASET_FORMATS = {
  'trl-dpo': {
    label: 'TRL: preference pairs (DPO)',
    rows: dpoRows,
    limit: trl('DPOConfig'),
    none: NO_PAIRS,
    files: LINES,
  },
  'trl-kto': {
    label: 'TRL: unpaired preferences (KTO)',
    rows: ktoRows,
    limit: trl('KTOConfig'),
    none: NO_PAIRS,
    files: LINES,
  },
  'trl-reward': {
    label: 'TRL: pairs with a margin (reward model)',
    rows: rewardRows,
    limit: trl('RewardConfig'),
    none: NO_PAIRS,
    files: LINES,
  },
  'trl-sft': {
    label: 'TRL: trajectories as messages (SFT)',
    rows: sftRows,
    limit: trl('SFTConfig'),
    none: NO_PATHS,
    files: LINES,
  },
  'trl-prm': {
    label: 'TRL: steps with labels (process reward model)',
    rows: prmRows,
    limit: trl('PRMConfig'),
    none: 'no scored step',
    files: LINES,
  },
  'trl-prompts': {
    ...{ label: 'TRL: prompts alone (GRPO, RLOO)', rows: promptRows, none: 'no task', files: LINES },
    limit: undefined, // prompts are not cut; the model's own window is the limit
  },
  'llama-factory-dpo': {
    ...{
      label: 'LLaMA-Factory: preference pairs',
      rows: llamaFactoryDpoRows,
      limit: LLAMA_FACTORY,
      none: NO_PAIRS,
      files: LINES,
    },
  },
  'llama-factory-kto': {
    ...{
      label: 'LLaMA-Factory: unpaired preferences',
      rows: llamaFactoryKtoRows,
      limit: LLAMA_FACTORY,
      none: NO_PAIRS,
      files: LINES,
    },
  },
  'llama-factory-sft': {
    label: 'LLaMA-Factory: trajectories',
    rows: sftRows,
    limit: LLAMA_FACTORY,
    none: NO_PATHS,
    files: LINES,
  },
  'openrlhf-dpo': {
    label: 'OpenRLHF: preference pairs',
    rows: dpoRows,
    limit: OPEN_RLHF,
    none: NO_PAIRS,
    files: LINES,
  },
  'axolotl-dpo': {
    label: 'axolotl: preference pairs',
    rows: axolotlDpoRows,
    limit: AXOLOTL,
    none: NO_PAIRS,
    files: LINES,
  },
  sharegpt: { label: 'ShareGPT: trajectories', rows: shareGptRows, limit: undefined, none: NO_PATHS, files: LINES },
  'verl-prompts': {
    ...{ label: 'verl: prompts with what a reward function asks for', rows: verlRows, limit: VERL, none: 'no task' },
    files: ['parquet', 'jsonl'],
  },
  'ipr-sft': {
    label: 'IPR, ETO: expert trajectories',
    rows: iprSftRows,
    limit: UPSTREAM,
    none: NO_PATHS,
    files: ARRAY,
  },
  'ipr-pairs': {
    label: 'IPR: pairs of replies at a step',
    rows: iprPairRows,
    limit: UPSTREAM,
    none: NO_PAIRS,
    files: ARRAY,
  },
  'eto-pairs': {
    ...{ label: 'ETO: pairs of whole trajectories', rows: etoPairRows, limit: UPSTREAM, files: ARRAY },
    none: 'no pair of whole trajectories, which only ETO makes',
  },
  metrics: {
    ...{ label: 'Spreadsheets: a row for each task', rows: metricRows, limit: undefined, none: 'no finished task' },
    ...{ files: ['csv', 'jsonl', 'parquet'], facts: true },
  },
  events: {
    ...{ label: 'Programs of your own: every event', rows: eventRows, limit: undefined, none: 'no task' },
    ...{ files: LINES, facts: true },
  },
} as const satisfies Record<string, DatasetFormat>

export type DatasetFormatName = keyof typeof DATASET_FORMATS
