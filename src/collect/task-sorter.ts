/**
 * Lines of many tasks in any order, put in the order of the tasks in bounded memory (a distribution sort): those of
 * neighbouring tasks belong to one shelf. What is in memory goes to the disk when it is too much, and a shelf is read and sorted when
 * its turn comes.
 */
import { type FileHandle, open, rm } from 'node:fs/promises'
import { readText } from './journal-index.ts'

/** Characters in memory, of all shelves together; then they go to the disk. */
const MOST_HELD = 16 << 20
/** Tasks of a shelf, whose lines, of all sources, have to fit into memory: a megabyte, or thirty where replies are long. */
const SHELF_TASKS = 64

export interface TaskLines {
  readonly task: number
  /** In the order they were put, of each source apart; sources ascending. */
  readonly sources: readonly (readonly string[])[]
}

export interface TaskSorter {
  /** @param line without a line break */
  put(source: number, task: number, line: string): void
  /** Brings what is in memory to the disk, where it is too much: to be waited for now and then. */
  settle(): Promise<void>
  /** Every task once, ascending. Nothing can be put after it. */
  tasks(): AsyncGenerator<TaskLines, void, void>
  close(): Promise<void>
}

interface Shelf {
  /** Where its lines begin and end in the file, in the order in which they were put. */
  readonly stored: { readonly from: number; readonly to: number }[]
  held: string[]
}

/** @param path of the file for what is too much for memory. It loses its name as soon as it is there, so that a killed process leaves none. */
export function createTaskSorter(path: string, mostHeld = MOST_HELD, shelfTasks = SHELF_TASKS): TaskSorter {
  const shelves = new Map<number, Shelf>()
  let held = 0
  let file: FileHandle | undefined
  let bytes = 0

  async function unload(): Promise<void> {
    file ??= await unnamedFile(path)
    for (const shelf of shelves.values()) {
      if (shelf.held.length === 0) continue
      const text = Buffer.from(`${shelf.held.join('\n')}\n`)
      shelf.held = []
      await file.appendFile(text)
      shelf.stored.push({ from: bytes, to: bytes + text.length })
      bytes += text.length
    }
    held = 0
  }

  /** Broken at line feeds alone: a text may hold whatever else breaks lines elsewhere. */
  async function* linesOf(shelf: Shelf): AsyncGenerator<string, void, void> {
    for (const { from, to } of shelf.stored)
      if (file !== undefined) yield* (await readText(file, from, to)).slice(0, -1).split('\n')
    yield* shelf.held
  }

  return {
    put(source, task, line) {
      const number = Math.floor(task / shelfTasks)
      const shelf = shelves.get(number) ?? { stored: [], held: [] }
      shelves.set(number, shelf)
      shelf.held.push(`${source} ${task} ${line}`)
      held += line.length
    },
    async settle() {
      if (held > mostHeld) await unload()
    },
    async *tasks() {
      for (const [number, shelf] of [...shelves].toSorted(([a], [b]) => a - b)) {
        const tasks = new Map<number, Map<number, string[]>>()
        for await (const entry of linesOf(shelf)) {
          const [source, task] = entry.split(' ', 2).map(Number) as [number, number] // as they were put
          const line = entry.slice(`${source} ${task} `.length)
          const sources = tasks.get(task) ?? new Map<number, string[]>()
          tasks.set(task, sources)
          const lines = sources.get(source)
          if (lines === undefined) sources.set(source, [line])
          else lines.push(line)
        }
        shelves.delete(number)
        for (const [task, sources] of ascending(tasks))
          yield { task, sources: ascending(sources).map(([, lines]) => lines) }
      }
    },
    async close() {
      await file?.close()
    },
  }
}

function ascending<T>(map: ReadonlyMap<number, T>): (readonly [number, T])[] {
  return [...map].toSorted(([a], [b]) => a - b)
}

/** A file that is gone with the process that holds it. One of its name was left by a process that died before that. */
async function unnamedFile(path: string): Promise<FileHandle> {
  await rm(path, { force: true })
  const file = await open(path, 'wx+')
  await rm(path, { force: true })
  return file
}
