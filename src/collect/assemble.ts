/**
 * Journals to the files that everybody reads: the run as the page writes it, tasks in order, and its preference pairs.
 * Tasks stand in the file as far as there is no gap. It appears whole or not at all.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, messageOf, type Result, success } from '../core/failure.ts'
import type { RunEvent, RunStarted } from '../core/log/events.ts'
import { addTokens, NO_TOKENS, type TokenCost, tokenCost } from '../core/log/token-cost.ts'
import { lineOfRow } from '../datasets/cells.ts'
import { createDataset, summaryWords } from '../datasets/dataset.ts'
import { DATASET_FORMATS } from '../datasets/formats.ts'
import { lineOf } from '../formats/event-schema.ts'
import { LogChecker } from '../formats/log-checker.ts'
import { replacement } from '../node/replacement.ts'
import { difference } from './journal.ts'
import { eventOf, readJournal } from './journal-index.ts'
import { type NumberSet, numberSet } from './number-set.ts'
import { createTaskSorter, type TaskSorter } from './task-sorter.ts'

export interface Assembled {
  readonly run: string
  readonly pairsFile: string
  /** In the file, of how many. */
  readonly tasks: number
  readonly of: number
  /** Finished, but behind the first one that is not. */
  readonly behindGap: number
  readonly pairs: number
  /** What whoever trains on them should know. */
  readonly notes: readonly string[]
  readonly tokens: TokenCost
}

export function journalPath(
  out: string,
  name: string,
  shard: { readonly number: number; readonly of: number },
): string {
  return join(out, `${name}.${shard.number}-of-${shard.of}.journal.jsonl`)
}

/**
 * @param tasks of the run, where somebody knows of more than the journals
 * @param example whether the worked example stands in every pair
 */
export async function assemble(out: string, name: string, tasks = 0, example = false): Promise<Result<Assembled>> {
  let sorter: TaskSorter | undefined
  try {
    const names = (await readdir(out)).filter((file) => file.startsWith(`${name}.`) && file.endsWith('.journal.jsonl'))
    if (names.length === 0) return failure('merge-nothing', `There is no ${name}.*.journal.jsonl in ${out}.`)
    const paths = names.toSorted().map((journal) => join(out, journal))
    const finished = numberSet()
    const sorting = createTaskSorter(join(out, `${name}.sorting`))
    sorter = sorting
    let header: RunStarted | undefined
    let of = tasks
    for (const [source, path] of paths.entries()) {
      const read = await readJournal(path, {
        take(entry, text) {
          if (entry.type === 'reply') return
          sorting.put(source, entry.task, text)
          if (entry.type !== 'task-finished') return
          finished.add(entry.task)
          of = Math.max(of, entry.task + 1)
        },
        settle: sorting.settle,
      })
      if (!read.ok) return read
      const { header: own } = read.value
      if (own === undefined) continue
      const other = header === undefined ? undefined : difference(header, own)
      if (other !== undefined) return failure('merge-other', `${path} does not belong to the others: ${other}.`)
      header ??= own
      of = Math.max(of, own.config.tasks)
    }
    if (header === undefined) return failure('merge-nothing', `The journals in ${out} are empty.`)
    const whole: RunStarted = { ...header, config: { ...header.config, tasks: of } }
    return await write(out, name, whole, finishedTasks(sorting), finished, example)
  } catch (thrown) {
    return failure('merge-disk', `The files in ${out} could not be put together: ${messageOf(thrown)}.`)
  } finally {
    await sorter?.close()
  }
}

interface FinishedTask {
  readonly task: number
  readonly events: readonly RunEvent[]
}

/** Those with an end, ascending, each from the first journal that has one. */
async function* finishedTasks(sorter: TaskSorter): AsyncGenerator<FinishedTask, void, void> {
  for await (const { task, sources } of sorter.tasks())
    for (const lines of sources) {
      const events = lines.map(eventOf).filter((event) => event !== undefined)
      if (!events.some(({ type }) => type === 'task-finished')) continue
      yield { task, events }
      break
    }
}

async function write(
  out: string,
  name: string,
  header: RunStarted,
  found: AsyncGenerator<FinishedTask, void, void>,
  finished: NumberSet,
  example: boolean,
): Promise<Result<Assembled>> {
  const run = await replacement(join(out, `${name}.jsonl`))
  const pairsFile = await replacement(join(out, `${name}.trl-dpo.jsonl`))
  const checker = new LogChecker()
  let wrong: string | undefined
  const put = async (event: RunEvent): Promise<void> => {
    wrong ??= checker.add(event)
    await run.write(`${lineOf(event)}\n`)
  }
  const { tasks: of } = header.config
  const format = DATASET_FORMATS['trl-dpo']
  const dataset = createDataset(format, { example })
  let tokens = NO_TOKENS
  let task = 0
  try {
    await put(header)
    for await (const { task: next, events } of found) {
      if (next !== task) break
      for (const event of events) await put(event)
      if (wrong !== undefined) {
        const words = `Task ${task} of the journals is not what exploration writes: an event ${wrong}.`
        return failure('journal-damaged', `${words} Remove its lines, and explore it again.`)
      }
      tokens = addTokens(tokens, tokenCost(events))
      for (const row of dataset.add(header, events)) await pairsFile.write(lineOfRow(row))
      task++
    }
    if (task === of) await put({ type: 'run-finished' })
    await run.keep()
    await pairsFile.keep()
    const summary = dataset.summary()
    const notes = summaryWords(summary, format)
    const files = { run: run.path, pairsFile: pairsFile.path }
    return success({ ...files, tasks: task, of, behindGap: finished.size - task, pairs: summary.rows, notes, tokens })
  } finally {
    await run.discard()
    await pairsFile.discard()
  }
}
