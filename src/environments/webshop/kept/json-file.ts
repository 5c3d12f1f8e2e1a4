/** A JSON file of any size, record by record: it is read in pieces, and never held. */
import { type Failure, failure, Interruption, messageOf, type Result, success } from '../../../core/failure.ts'
import { faultOffset, notJson } from '../catalogue/json.ts'
import { textOf } from './bytes.ts'
import { JsonSplitter, type RecordBytes } from './json-splitter.ts'

/** Bytes read together: between two of them others have a turn. */
const PIECE = 2 ** 20

export interface JsonRecord {
  /** Of an object's entry; undefined in a list. */
  readonly key: string | undefined
  readonly value: unknown
  /** The text of the value, as it stands in the file, with the space around it. */
  readonly text: string
}

export interface JsonFileReading {
  /** @returns what is wrong with the record, or `enough` when no more are wanted */
  record(record: JsonRecord, index: number): Failure | 'enough' | undefined
  /** After each piece of the file, with the bytes so far. @throws Interruption, which is passed on */
  step?(bytes: number): Promise<void>
}

/** What the file is, and how many records it has. Failures: `catalogue-json`, `data-unreadable`, and those of the records. */
export async function readJsonFile(
  file: File,
  { record, step }: JsonFileReading,
): Promise<Result<{ readonly root: 'list' | 'object'; readonly records: number }>> {
  const splitter = new JsonSplitter()
  let records = 0
  try {
    let next = pieceOf(file, 0)
    for (let at = 0; at < file.size; at += PIECE) {
      const bytes = await next
      if (at + PIECE < file.size) next = pieceOf(file, at + PIECE)
      next.catch(() => {}) // whoever waits for it hears of it
      for (const found of splitter.push(bytes)) {
        const parsed = parse(found, splitter.root)
        if (typeof parsed === 'number') return await placed(file, found.offset + parsed)
        const wrong = record(parsed, records++)
        if (wrong === 'enough') return success({ root: splitter.root ?? 'list', records })
        if (wrong !== undefined) return { ok: false, failure: wrong }
      }
      if (splitter.fault !== undefined) return await placed(file, splitter.fault)
      await step?.(Math.min(at + PIECE, file.size))
    }
  } catch (thrown) {
    if (thrown instanceof Interruption) throw thrown
    return failure('data-unreadable', `${file.name} could not be read: ${messageOf(thrown)}. Choose it once more.`)
  }
  if (!splitter.closed || splitter.root === undefined) return placed(file, file.size)
  return success({ root: splitter.root, records })
}

async function pieceOf(file: File, from: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer())
}

/** @returns where it is no JSON, in bytes from its start */
function parse({ bytes }: RecordBytes, root: 'list' | 'object' | undefined): JsonRecord | number {
  const text = textOf(bytes)
  const whole = root === 'object' ? `{${text}}` : text
  const before = whole.length - text.length > 0 ? 1 : 0
  try {
    const value: unknown = JSON.parse(whole)
    if (root !== 'object') return { key: undefined, value, text }
    const [entry, ...more] = Object.entries(value as object) // it stands in braces
    if (entry !== undefined && more.length === 0) return { key: entry[0], value: entry[1], text: valueText(text) }
  } catch {
    // Where, is found out below.
  }
  const characters = Math.min(text.length, Math.max(0, faultOffset(whole) - before))
  return new TextEncoder().encode(text.slice(0, characters)).length
}

/** Of `"key": value`. */
function valueText(entry: string): string {
  return entry.slice((/^\s*"(?:[^"\\]|\\.)*"\s*:/.exec(entry)?.[0] ?? '').length)
}

/** The failure `catalogue-json`: at which line and column of the file this byte is. */
async function placed(file: File, offset: number): Promise<ReturnType<typeof failure>> {
  let lines = 1
  let lineStart = 0
  for (let from = 0; from < offset; from += PIECE) {
    const bytes = new Uint8Array(await file.slice(from, Math.min(offset, from + PIECE)).arrayBuffer())
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
      lines++
      lineStart = from + at + 1
    }
  }
  const before = await file.slice(Math.max(lineStart, offset - PIECE), offset).text()
  const there = (await file.slice(offset, offset + 48).text()).slice(0, 12)
  return notJson(file.name, lines, before.length + 1, there)
}
