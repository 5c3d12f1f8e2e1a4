/** Run files to a data set, in files that appear whole. */
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import { writeArchive } from '../../datasets/archive.ts'
import type { DatasetSummary } from '../../datasets/dataset.ts'
import { DATASET_FORMATS } from '../../datasets/formats.ts'
import {
  type DatasetOutcome,
  datasetName,
  datasetOver,
  noRows,
  type RunOfTasks,
  SPLITS,
  type Split,
} from '../../datasets/over-runs.ts'
import { recipeFiles } from '../../datasets/recipes.ts'
import { rowFile } from '../../datasets/row-file.ts'
import { type Replacement, replacement } from '../replacement.ts'
import type { DatasetOptions } from './arguments.ts'
import { runFilesIn, tasksIn } from './run-tasks.ts'

export interface WrittenDataset {
  readonly files: readonly { readonly path: string; readonly rows: number }[]
  readonly runs: readonly { readonly file: string; readonly tasks: number; readonly of: number }[]
  readonly summary: DatasetSummary
  /** What whoever trains on it should know. */
  readonly notes: readonly string[]
}

export async function writeDataset(options: DatasetOptions): Promise<Result<WrittenDataset>> {
  const files = await runFilesIn(options.from)
  if (!files.ok) return files
  const opened: Replacement[] = []
  const open: Open = async (name) => {
    const file = await replacement(join(options.out, name))
    opened.push(file)
    return file
  }
  const runs = files.value.map((file): RunOfTasks => ({ name: basename(file), tasks: () => tasksIn(file) }))
  try {
    await mkdir(options.out, { recursive: true })
    return await (options.archive ? archive : write)(options, runs, open)
  } catch (thrown) {
    return failure('dataset-disk', `The files in ${options.out} could not be written: ${messageOf(thrown)}.`)
  } finally {
    for (const file of opened) await file.discard()
  }
}

type Open = (name: string) => Promise<Replacement>

async function archive(
  { out, file, ...request }: DatasetOptions,
  runs: readonly RunOfTasks[],
  open: Open,
): Promise<Result<WrittenDataset>> {
  const draft = await open(`${request.format}.zip`)
  const kind = file ?? DATASET_FORMATS[request.format].files[0]
  const made = await writeArchive(runs, { ...request, file: kind }, (bytes) => draft.write(bytes))
  if (!made.ok) return made
  const path = join(out, made.value.name)
  await draft.keep(path)
  return success(told(made.value, [{ path, rows: made.value.summary.rows }]))
}

function told({ runs, summary, notes }: DatasetOutcome, files: WrittenDataset['files']): WrittenDataset {
  return { files, runs: runs.map(({ name: file, tasks, of }) => ({ file, tasks, of })), summary, notes }
}

async function write(
  { out, format, file, testShare, choices }: DatasetOptions,
  read: readonly RunOfTasks[],
  open: Open,
): Promise<Result<WrittenDataset>> {
  const kind = file ?? DATASET_FORMATS[format].files[0]
  const sides = await Promise.all(
    SPLITS.filter((split) => split === 'train' || testShare > 0).map(async (split) => {
      const file = await open(`${format}.${split}.${kind}`)
      return { split, file, rows: await rowFile(kind, (bytes) => file.write(bytes)) }
    }),
  )
  const made = await datasetOver(read, { format, testShare, choices }, (split, { row }) =>
    sides.find((side) => side.split === split)?.rows.add(row),
  )
  if (!made.ok) return made
  const { summary, rows, notes } = made.value
  if (summary.rows === 0) return noRows(made.value, format)
  const nameOf = (split: Split): string => `${datasetName(format, made.value)}.${split}.${kind}`
  const written = sides.filter(({ split }) => rows[split] > 0)
  for (const side of written) {
    await side.rows.end()
    await side.file.keep(join(out, nameOf(side.split)))
  }
  const names = Object.fromEntries(written.map(({ split }) => [split, nameOf(split)]))
  for (const { name, text } of recipeFiles(format, summary, names)) {
    const file = await open(name)
    await file.write(text)
    await file.keep()
  }
  const empty = sides.filter(({ split }) => rows[split] === 0)
  const paths = written.map(({ split }) => ({ path: join(out, nameOf(split)), rows: rows[split] }))
  const more = empty.map(({ split }) => `No row falls to ${nameOf(split)}: it is not written.`)
  return success({ ...told(made.value, paths), notes: [...notes, ...more] })
}
