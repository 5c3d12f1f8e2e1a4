/** A journal read line by line, and where in it the events of each task stand. */
import { type FileHandle, open } from 'node:fs/promises'
import * as v from 'valibot'
import { failure, type Result, success } from '../core/failure.ts'
import { FINISHES } from '../core/log/conversation.ts'
import type { RunEvent, RunStarted, TaskEvent } from '../core/log/events.ts'
import { SETTINGS } from '../core/settings/settings.ts'
import { parseEvent } from '../formats/event-schema.ts'
import { type NumberSet, numberSet } from './number-set.ts'

/** Beginning and end, in bytes; neighbouring lines of a task are one piece. */
export interface Piece {
  readonly from: number
  readonly to: number
}

export interface JournalIndex extends ReadJournal {
  /** Of each unfinished task. */
  readonly pieces: Map<number, Piece[]>
  readonly finished: NumberSet
  /** Of each unfinished task: replies that are in none of its events yet. */
  readonly notes: Map<number, Note[]>
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const noteSchema = v.strictObject({
  type: v.literal('reply'),
  task: count,
  key: v.string(),
  text: v.string(),
  promptTokens: v.nullable(count),
  completionTokens: v.nullable(count),
  finish: v.picklist(FINISHES),
  elapsedMs: v.exactOptional(v.number()),
})

/** A reply as it came, before it is part of an event. */
export type Note = v.InferOutput<typeof noteSchema>

const CHUNK = 1 << 20
const MOST_LINE = 8_000_000
const NEWLINE = 10

export interface ReadJournal {
  /** Undefined for an empty journal. */
  readonly header: RunStarted | undefined
  readonly bytes: number
  /** Up to the end of the last good line. */
  readonly goodBytes: number
}

export interface JournalReader {
  /** Every good line behind the head, in order; from `from` to `to` in bytes, with its line break. */
  take(entry: TaskEvent | Note, text: string, from: number, to: number): void
  /** Waited for now and then. */
  settle?(): Promise<void>
}

/**
 * Reads a journal once. What is no event at its very end was not written to its end (a kill, a power cut); what is no
 * event in the middle is damage, and a failure.
 */
export async function readJournal(path: string, reader: JournalReader): Promise<Result<ReadJournal>> {
  const file = await open(path, 'r')
  let header: RunStarted | undefined
  let goodBytes = 0
  let bytes = 0
  let line = 0
  let bad: string | undefined

  const add = (text: string, from: number, to: number): string | undefined => {
    line++
    const entry = eventOf(text) ?? noteOf(text)
    if (entry === undefined) {
      bad ??= `line ${line} is no event`
      return undefined
    }
    if (bad !== undefined) return bad
    if (header === undefined) {
      if (entry.type !== 'run-started') return 'it does not begin with run-started'
      header = entry
    } else if ('task' in entry) {
      if (entry.task >= SETTINGS.tasks.most)
        return `line ${line} is of a task behind the ${SETTINGS.tasks.most} that a run can have`
      reader.take(entry, text, from, to)
    } else return `line ${line} does not belong into a journal`
    goodBytes = to
    return undefined
  }

  try {
    let held = Buffer.alloc(0)
    const chunk = Buffer.alloc(CHUNK)
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK, bytes)
      if (bytesRead === 0) break
      const text = Buffer.concat([held, chunk.subarray(0, bytesRead)])
      const start = bytes - held.length
      bytes += bytesRead
      let from = 0
      for (let end = text.indexOf(NEWLINE); end >= 0; end = text.indexOf(NEWLINE, from)) {
        const wrong = add(text.toString('utf8', from, end), start + from, start + end + 1)
        if (wrong !== undefined) return damaged(path, wrong)
        from = end + 1
      }
      held = Buffer.from(text.subarray(from))
      if (held.length > MOST_LINE) return damaged(path, `line ${line + 1} is too long`)
      await reader.settle?.()
    }
    return success({ header, bytes, goodBytes })
  } finally {
    await file.close()
  }
}

/** Where the events of unfinished tasks stand, so that no journal need fit into memory. */
export async function indexJournal(path: string): Promise<Result<JournalIndex>> {
  const pieces = new Map<number, Piece[]>()
  const finished = numberSet()
  const notes = new Map<number, Note[]>()
  const read = await readJournal(path, {
    take(entry, _, from, to) {
      const { task } = entry
      if (entry.type === 'reply') {
        const known = notes.get(task)
        if (known === undefined) notes.set(task, [entry])
        else known.push(entry)
        return
      }
      // Events hold the replies that led to them; the rollouts of a candidate come one by one.
      if (entry.type !== 'rollout-finished') notes.delete(task)
      const known = pieces.get(task)
      const last = known?.at(-1)
      if (entry.type === 'task-finished') {
        finished.add(task)
        pieces.delete(task)
      } else if (known !== undefined && last?.to === from) known[known.length - 1] = { from: last.from, to }
      else if (known === undefined) pieces.set(task, [{ from, to }])
      else known.push({ from, to })
    },
  })
  return read.ok ? success({ ...read.value, pieces, finished, notes }) : read
}

/** The events of one task, in order. */
export async function* readPieces(file: FileHandle, pieces: readonly Piece[]): AsyncGenerator<RunEvent, void, void> {
  for (const { from, to } of pieces) {
    const text = await readText(file, from, to)
    for (const line of text.trimEnd().split('\n')) {
      const event = eventOf(line)
      if (event === undefined) throw new Error('The journal changed while it was read.')
      yield event
    }
  }
}

/** Bytes `from` up to `to` of a file that is at least so long. */
export async function readText(file: FileHandle, from: number, to: number): Promise<string> {
  const text = Buffer.alloc(to - from)
  for (let got = 0; got < text.length; ) {
    const { bytesRead } = await file.read(text, got, text.length - got, from + got)
    if (bytesRead === 0) throw new Error('A file became shorter while it was read.')
    got += bytesRead
  }
  return text.toString('utf8')
}

/** Undefined where the line is none. */
export function eventOf(line: string): RunEvent | undefined {
  try {
    const event = parseEvent(JSON.parse(line))
    return event.ok ? event.value : undefined
  } catch {
    return undefined
  }
}

function noteOf(line: string): Note | undefined {
  try {
    const note = v.safeParse(noteSchema, JSON.parse(line))
    return note.success ? note.output : undefined
  } catch {
    return undefined
  }
}

function damaged(path: string, why: string): ReturnType<typeof failure> {
  return failure('journal-damaged', `${path} is damaged: ${why}. Put a copy of it in place, or move it away.`)
}
