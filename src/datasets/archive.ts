/**
 * A data set as one zip, ready for a hub as it is: the rows by split, a card, the runs that they come from, what a trainer wants
 * beside them. It goes out as it is made, whoever takes it: a file on disk, or the page's.
 */
import { type Result, success } from '../core/failure.ts'
import type { RunStarted } from '../core/log/events.ts'
import { type CardRun, cardText } from './card.ts'
import type { FileKind, WriteBytes } from './file-kinds.ts'
import { DATASET_FORMATS, type DatasetFormat } from './formats.ts'
import { licenceWords } from './licence.ts'
import {
  type DatasetOutcome,
  type DatasetRequest,
  datasetName,
  datasetOver,
  noRows,
  type RunOfTasks,
  SPLITS,
} from './over-runs.ts'
import { recipeFiles } from './recipes.ts'
import { shards } from './shards.ts'
import { zipStream } from './zip-stream.ts'

export interface ArchiveRequest extends DatasetRequest {
  readonly file: FileKind
}

export interface WrittenArchive extends DatasetOutcome {
  /** Says how far the runs are where they have not come to their end. */
  readonly name: string
}

/** Held for each side before it goes out, as it stands in the file. */
const SHARD_BYTES = 16 << 20

/** @throws what `write` throws, and where the archive is full (4 GB) */
export async function writeArchive(
  runs: readonly RunOfTasks[],
  request: ArchiveRequest,
  write: WriteBytes,
  passed: () => void | Promise<void> = () => {},
  shardBytes: number = SHARD_BYTES,
): Promise<Result<WrittenArchive>> {
  const { format, file } = request
  const { facts }: DatasetFormat = DATASET_FORMATS[format]
  const zip = zipStream(write)
  const listened = runs.map(listenTo)
  const lengths: number[] = []
  const sideOf = (split: string) =>
    shards(file, shardBytes, (index, pieces) =>
      zip.add(`data/${split}/${String(index).padStart(5, '0')}.${file}`, pieces, file === 'parquet'),
    )
  const sides = { train: sideOf('train'), test: sideOf('test') }
  const made = await datasetOver(
    listened.map(({ run }) => run),
    request,
    async (split, draft) => {
      if (!facts) lengths.push(draft.tokens)
      await sides[split].add(draft.row)
    },
    passed,
  )
  if (!made.ok) return made
  const { rows, summary } = made.value
  if (summary.rows === 0) return noRows(made.value, format)
  for (const split of SPLITS) await sides[split].end()
  const addText = (path: string, text: string) => zip.add(path, [new TextEncoder().encode(text)], false)
  const cardRuns = made.value.runs.flatMap((run, i): CardRun[] => {
    const { header, rewards = [] } = listened[i]?.heard() ?? {}
    return header === undefined ? [] : [{ ...run, header, rewards }]
  })
  const folders = Object.fromEntries(SPLITS.filter((split) => rows[split] > 0).map((split) => [split, `data/${split}`]))
  for (const { name, text } of recipeFiles(format, summary, folders)) await addText(name, text)
  await addText('LICENSE.md', `# Licence\n\n${licenceWords(cardRuns.map(({ header }) => header))}\n`)
  await addText('runs.json', `${JSON.stringify(cardRuns.map(toldOf), undefined, 2)}\n`)
  await addText('README.md', cardText({ request, outcome: made.value, runs: cardRuns, lengths }))
  await zip.end()
  return success({ ...made.value, name: `${datasetName(format, made.value)}.zip` })
}

interface Heard {
  readonly header: RunStarted | undefined
  /** Outcomes of the finished tasks, as of the last time that they were read. */
  readonly rewards: readonly number[]
}

function listenTo(run: RunOfTasks): { readonly run: RunOfTasks; heard(): Heard } {
  let header: RunStarted | undefined
  let rewards: number[] = []
  return {
    run: {
      name: run.name,
      async *tasks() {
        rewards = []
        for await (const task of run.tasks()) {
          if (task.ok) {
            header = task.value.header
            const last = task.value.events.at(-1)
            if (last?.type === 'task-finished') rewards.push(last.reward)
          }
          yield task
        }
      },
    },
    heard: () => ({ header, rewards }),
  }
}

/** All that a run was made with; weights stay in the run's own file. */
function toldOf({ name, tasks, of, header }: CardRun) {
  const { config, data, agent, systemPrompt, conversation, edits } = header
  const { name: agentName, fingerprint } = agent
  return { name, tasks, of, config, data, agent: { name: agentName, fingerprint }, systemPrompt, conversation, edits }
}
