/** Run files to a data set, in files that appear whole. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import { lineOfRow } from '../../datasets/cells.ts'
import type { DatasetSummary } from '../../datasets/dataset.ts'
import { datasetOver, noRows } from '../../datasets/over-runs.ts'
import { recipeFiles } from '../../datasets/recipes.ts'
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
  try {
    return await write(options, files.value, opened)
  } catch (thrown) {
    return failure('dataset-disk', `The files in ${options.out} could not be written: ${messageOf(thrown)}.`)
  } finally {
    for (const file of opened) await file.discard()
  }
}

async function write(
  { format, out, testShare, choices }: DatasetOptions,
  files: readonly string[],
  opened: Replacement[],
): Promise<Result<WrittenDataset>> {
  await mkdir(out, { recursive: true })
  const open = async (name: string): Promise<Replacement> => {
    const file = await replacement(join(out, name))
    opened.push(file)
    return file
  }
  const train = await open(`${format}.train.jsonl`)
  const test = testShare > 0 ? await open(`${format}.test.jsonl`) : undefined
  const made = await datasetOver(
    files.map((file) => ({ name: file, tasks: () => tasksIn(file) })),
    { format, testShare, choices },
    (split, { row }) => (split === 'test' && test !== undefined ? test : train).write(lineOfRow(row)),
  )
  if (!made.ok) return made
  const { summary, rows, runs, notes } = made.value
  if (summary.rows === 0) return noRows(made.value, format)
  await train.keep()
  await test?.keep()
  for (const { name, text } of recipeFiles(format, summary, test !== undefined)) {
    const file = await open(name)
    await file.write(text)
    await file.keep()
  }
  return success({
    files: [{ path: train.path, rows: rows.train }, ...(test ? [{ path: test.path, rows: rows.test }] : [])],
    runs: runs.map(({ name: file, tasks, of }) => ({ file, tasks, of })),
    ...{ summary, notes },
  })
}
