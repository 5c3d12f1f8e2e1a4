/** Run files to a data set: read twice where the best of each task is asked for, written in files that appear whole. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Digest } from '../../core/digest.ts'
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import type { TaskFinished } from '../../core/log/events.ts'
import { lineOfRow } from '../../datasets/cells.ts'
import { createDataset, type DatasetSummary, summaryWords } from '../../datasets/dataset.ts'
import { DATASET_FORMATS } from '../../datasets/formats.ts'
import { recipeFiles } from '../../datasets/recipes.ts'
import { type Replacement, replacement } from '../replacement.ts'
import type { DatasetOptions } from './arguments.ts'
import { type RunTask, runFilesIn, tasksIn } from './run-tasks.ts'

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
  { format: name, out, testShare, choices }: DatasetOptions,
  files: readonly string[],
  opened: Replacement[],
): Promise<Result<WrittenDataset>> {
  const format = DATASET_FORMATS[name]
  const best = choices.paths === 'best' ? await bestOfEach(files) : success(undefined)
  if (!best.ok) return best
  await mkdir(out, { recursive: true })
  const open = async (split: string): Promise<Replacement> => {
    const file = await replacement(join(out, `${name}.${split}.jsonl`))
    opened.push(file)
    return file
  }
  const train = { file: await open('train'), rows: 0 }
  const test = testShare > 0 ? { file: await open('test'), rows: 0 } : undefined
  const dataset = createDataset(format, choices)
  const runs: { file: string; tasks: number; of: number }[] = []
  for (const file of files) {
    const run = { file, tasks: 0, of: 0 }
    runs.push(run)
    for await (const task of tasksIn(file)) {
      if (!task.ok) return task
      const { header, events } = task.value
      run.of = header.config.tasks
      if (finishedOf(task.value) !== undefined) run.tasks++
      const key = keyOf(task.value)
      if (best.value !== undefined && best.value.get(key) !== placeOf(file, task.value)) continue
      const side = test !== undefined && shareOf(key) < testShare ? test : train
      for (const row of dataset.add(header, events)) {
        await side.file.write(lineOfRow(row))
        side.rows++
      }
    }
  }
  const summary = dataset.summary()
  if (summary.rows === 0) {
    const left = summaryWords(summary, format).join(' ')
    const why = runs.every(({ tasks }) => tasks === 0) ? 'no task of theirs is finished' : format.none
    return failure('dataset-empty', `These runs give no rows: ${left === '' ? `${why}.` : left}`)
  }
  const written = [train, ...(test ? [test] : [])]
  for (const { file } of written) await file.keep()
  for (const { name: path, text } of recipeFiles(name, summary, test !== undefined)) {
    const file = await replacement(join(out, path))
    opened.push(file)
    await file.write(text)
    await file.keep()
  }
  const paths = written.map(({ file: { path }, rows }) => ({ path, rows }))
  return success({ files: paths, runs, summary, notes: summaryWords(summary, format) })
}

/** Of each task the place of the trajectory that earned most; of equals the first. */
async function bestOfEach(files: readonly string[]): Promise<Result<ReadonlyMap<string, string>>> {
  const best = new Map<string, { readonly reward: number; readonly place: string }>()
  for (const file of files)
    for await (const task of tasksIn(file)) {
      if (!task.ok) return task
      const reward = finishedOf(task.value)?.reward
      const key = keyOf(task.value)
      if (reward !== undefined && reward > (best.get(key)?.reward ?? Number.NEGATIVE_INFINITY))
        best.set(key, { reward, place: placeOf(file, task.value) })
    }
  return success(new Map([...best].map(([key, { place }]) => [key, place])))
}

function finishedOf({ events }: RunTask): TaskFinished | undefined {
  const last = events.at(-1)
  return last?.type === 'task-finished' ? last : undefined
}

/** The same task of the same data, whichever run explored it. */
function keyOf({ header, events }: RunTask): string {
  const [begun] = events
  return `${header.data.fingerprint} ${begun?.type === 'task-started' ? begun.taskId : ''}`
}

function placeOf(file: string, { events }: RunTask): string {
  const [begun] = events
  return `${file} ${begun !== undefined && 'task' in begun ? begun.task : ''}`
}

/** In [0, 1), of a task; the same whatever else is written. */
function shareOf(key: string): number {
  return Number.parseInt(new Digest().add(key).hex().slice(0, 8), 16) / 2 ** 32
}
