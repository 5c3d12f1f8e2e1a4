/** The card of a data set, as hubs read it: a YAML header that tells their pages, and what people should know before they train. */

import { grouped } from '../core/grouped.ts'
import type { RunStarted } from '../core/log/events.ts'
import { LANGUAGE_MODEL_NAMES } from '../core/settings/run-config.ts'
import { cardHeader } from './card-header.ts'
import { codeBlock, escaped, histogramText, table } from './card-parts.ts'
import type { DatasetChoices } from './choices.ts'
import type { FileKind } from './file-kinds.ts'
import { DATASET_FORMATS } from './formats.ts'
import { licenceWords } from './licence.ts'
import { type DatasetOutcome, type DatasetRequest, SPLITS } from './over-runs.ts'

export interface CardRun {
  readonly name: string
  /** Finished, of how many. */
  readonly tasks: number
  readonly of: number
  readonly header: RunStarted
  /** Outcomes of the finished tasks. */
  readonly rewards: readonly number[]
}

export interface CardFacts {
  readonly request: DatasetRequest & { readonly file: FileKind }
  readonly outcome: DatasetOutcome
  readonly runs: readonly CardRun[]
  /** Of the rows, in tokens; none where rows are no examples. */
  readonly lengths: readonly number[]
}

/** Rows of the table of runs; all of them stand in runs.json. */
const MOST_RUNS = 50

export function cardText({ request, outcome, runs, lengths }: CardFacts): string {
  const { summary, rows, notes } = outcome
  const { label } = DATASET_FORMATS[request.format]
  const count = grouped
  const kind = summary.tokens.counted ? 'as the model’s server counted them' : 'by estimate'
  const sections = [
    `# ${label}`,
    `${count(summary.rows)} rows from ${count(summary.tasks)} tasks of ${count(runs.length)} ${runs.length === 1 ? 'run' : 'runs'}, written by RRO Lab in the format \`${request.format}\` (${request.file}). RRO Lab explores tasks with an agent step by step, scores candidates for the next action by rollouts, and prefers those whose reward rises ([arXiv 2505.20737](https://arxiv.org/abs/2505.20737)).`,
    ...unfinishedWords(runs),
    '## Rows',
    table(
      ['split', 'rows', 'files'],
      SPLITS.filter((split) => rows[split] > 0).map((split) => [split, count(rows[split]), `data/${split}/`]),
    ),
    'A task stands on one side only.',
    ...(notes.length > 0 ? [notes.map((note) => `- ${escaped(note)}`).join('\n')] : []),
    'Chosen so:',
    codeBlock('json', JSON.stringify({ testShare: request.testShare, ...saidOf(request.choices) }, undefined, 2)),
    ...(lengths.length > 0 ? [`Lengths of the rows in tokens, ${kind}:`, histogramText(lengths)] : []),
    '## Runs',
    table(
      ['run', 'environment', 'method', 'agent', 'seed', 'split', 'finished', 'data'],
      runs
        .slice(0, MOST_RUNS)
        .map(({ name, tasks, of, header: { config, agent, data } }) => [
          ...[name, config.environment, config.method, agent.name, String(config.seed), config.split],
          ...[`${tasks} of ${of} tasks`, data.name],
        ]),
    ),
    `${runs.length > MOST_RUNS ? `The first ${MOST_RUNS} of ${count(runs.length)}. ` : ''}Every setting of each stands in runs.json.`,
    'Rewards of the explored trajectories, one for each finished task:',
    histogramText(runs.flatMap(({ rewards }) => rewards)),
    '## Agent',
    [...new Set(runs.map(({ header }) => agentWords(header)))].map((words) => `- ${words}`).join('\n'),
    '## Licence',
    licenceWords(runs.map(({ header }) => header)),
    '## Load it',
    codeBlock(
      'python',
      'from datasets import load_dataset\n\ndata = load_dataset("this-folder-or-its-name-on-the-hub")',
    ),
    'What each trainer reads, and what to set for long rows: docs/formats.md of RRO Lab.',
  ]
  return `${cardHeader({ request, outcome, headers: runs.map(({ header }) => header) })}\n${sections.join('\n\n')}\n`
}

function unfinishedWords(runs: readonly CardRun[]): string[] {
  const open = runs.filter(({ tasks, of }) => tasks < of)
  if (open.length === 0) return []
  const each = open
    .slice(0, MOST_RUNS)
    .map(({ name, tasks, of }) => `- ${escaped(name)}: stopped at ${tasks} of ${of} tasks`)
  return ['**Not all runs have come to their end:**', each.join('\n')]
}

function agentWords({ agent, config: { policy, model }, conversation }: RunStarted): string {
  const name = `${escaped(agent.name)} (${agent.fingerprint})`
  if (policy === 'linear' || policy === 'human') {
    const finished = policy === 'human' ? ' A visitor proposed the actions, and it finished the rollouts.' : ''
    const start =
      model === '' || model === 'weak' || model === 'sharp'
        ? `as it ships${model === '' ? '' : ` (the ${model} start)`}: warm-started by SFT on noisy demonstrations, not trained further`
        : 'trained in RRO Lab, or imported'
    return `${name}: the embedded log-linear policy, ${start}.${finished}`
  }
  if (policy === 'transformer')
    return `${name}: our own small transformer, ${LANGUAGE_MODEL_NAMES.some((name) => name === model) ? 'as it ships: pretrained on demonstrations of other tasks, not trained further' : 'trained in RRO Lab, or imported'}. It reads short texts and writes pointers; prompts and replies here are the benchmark's.`
  const window =
    conversation &&
    ` It was asked with at most ${conversation.contextTokens} tokens, of which ${conversation.maxTokens} for a reply.`
  if (policy === 'browser-model')
    return `${name}: the language model of a browser, which names neither it nor its version. It was asked without a seed, a temperature or log-probabilities (the setting of the temperature did not reach it), so these replies cannot be made again; RRO Lab did not train it.${window ?? ''}`
  return `${name}: a language model ${policy === 'webllm' ? 'in the page' : 'behind an endpoint'}, as it was served; RRO Lab did not train it.${window ?? ''}`
}

/** The same for the same choices, in whatever order they were made; what is as it is by default says nothing. */
function saidOf(choices: DatasetChoices): DatasetChoices {
  const said = Object.entries(choices).filter(([, value]) => value !== undefined && value !== false)
  return Object.fromEntries(said.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
