/** The tasks of run files, one after the other: a file of any size, never more than one task of it in memory. */
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import type { RunEvent, RunStarted } from '../../core/log/events.ts'
import type { RunTask } from '../../datasets/over-runs.ts'
import { readRunFile } from '../../formats/run-file.ts'

/** Files that other commands write beside run files. */
const OTHERS = /\.journal\.jsonl$|\.(train|test)\.jsonl$|\.(trl|llama-factory|openrlhf|axolotl)-[a-z]+\.jsonl$/

/** The run files of these places, each folder's by name. */
export async function runFilesIn(places: readonly string[]): Promise<Result<string[]>> {
  const files: string[] = []
  for (const place of places) {
    try {
      if (!(await stat(place)).isDirectory()) files.push(place)
      else
        for (const name of (await readdir(place)).toSorted())
          if (name.endsWith('.jsonl') && !OTHERS.test(name)) files.push(join(place, name))
    } catch (thrown) {
      return failure('dataset-from', `${place} could not be read: ${messageOf(thrown)}.`)
    }
  }
  if (files.length > 0) return success(files)
  return failure('dataset-from', `There is no run file (.jsonl) in ${places.join(', ')}.`)
}

/** Yields the tasks in order; a failure, which names the file, is the last thing that it yields. */
export async function* tasksIn(file: string): AsyncGenerator<Result<RunTask>, void, void> {
  let header: RunStarted | undefined
  let events: RunEvent[] = []
  for await (const event of readRunFile(createReadStream(file))) {
    if (!event.ok) {
      yield failure(event.failure.code, `${basename(file)}: ${event.failure.message}`)
      return
    }
    const { value } = event
    if (value.type === 'run-started') header = value
    if (value.type === 'task-started' && header !== undefined && events.length > 0) {
      yield success({ header, events })
      events = []
    }
    if ('task' in value) events.push(value)
  }
  if (header !== undefined && events.length > 0) yield success({ header, events })
}
