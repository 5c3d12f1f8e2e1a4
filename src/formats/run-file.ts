/**
 * The run file: the event log as JSON Lines, `run-started` (with the version) first. It may stop after any event; such
 * a run can be resumed. Reading is strict and streams: shape by schema, coherence by `log-checker.ts`, one line held
 * at a time; every refusal names the line.
 */

import { failure, messageOf, quote, type Result, success } from '../core/failure.ts'
import { LOG_VERSION, type RunEvent } from '../core/log/events.ts'
import { lineOf, parseEvent } from './event-schema.ts'
import { type Line, linesOf, type TextSource } from './lines.ts'
import { LogChecker } from './log-checker.ts'

/** Characters in one line. */
const MOST_LINE = 4_000_000

/**
 * Yields the events of a run file in order. A failure is the last thing that it yields; nothing is thrown for any
 * content. An event is only yielded once all before it are known to be good.
 */
export async function* readRunFile(source: TextSource): AsyncGenerator<Result<RunEvent>, void, void> {
  const checker = new LogChecker()
  let events = 0
  try {
    for await (const line of linesOf(source, MOST_LINE)) {
      if (!line.ok) {
        yield failure(`run-file-${line.failure.code}`, `${line.failure.message} ${events === 0 ? NOT_OURS : DAMAGED}`)
        return
      }
      if (line.value.text.trim() === '') continue
      const event = readLine(line.value, events === 0)
      if (!event.ok) {
        yield event
        return
      }
      const wrong = checker.add(event.value)
      if (wrong !== undefined) {
        const words = `Line ${line.value.number} (${event.value.type}) ${wrong}.`
        yield failure('run-file-order', `${words} ${events === 0 ? NOT_OURS : DAMAGED}`)
        return
      }
      events++
      yield event
    }
  } catch (thrown) {
    yield failure('run-file-unreadable', `The file could not be read: ${messageOf(thrown)} Choose it once more.`)
    return
  }
  if (events === 0) yield failure('run-file-empty', `The file is empty (line 1 is missing). ${NOT_OURS}`)
}

const NOT_OURS = 'A run file is what “Export: run” writes: JSON Lines that begin with run-started.'
const DAMAGED = 'The file was changed or damaged after it was written; nothing was imported. Export it again.'

function readLine({ text, number, ended }: Line, first: boolean): Result<RunEvent> {
  if (first) {
    const foreign = foreignKind(text)
    if (foreign !== undefined) return failure('run-file-foreign', `Line 1: this is ${foreign}. ${NOT_OURS}`)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (thrown) {
    if (!ended && !first) {
      const words = `Line ${number}, the last one, is cut off.`
      return failure('run-file-cut-off', `${words} Remove that line to import what stands before it, or export again.`)
    }
    const detail = messageOf(thrown).slice(0, 120)
    return failure('run-file-json', `Line ${number} is not JSON (${detail}). ${first ? NOT_OURS : DAMAGED}`)
  }
  if (first) {
    const kind = foreignObject(value)
    if (kind !== undefined) return kind
  }
  const event = parseEvent(value)
  if (event.ok) return event
  return failure('run-file-event', `Line ${number} ${event.failure.message} ${first ? NOT_OURS : DAMAGED}`)
}

/** What a first line betrays before it is parsed. */
function foreignKind(text: string): string | undefined {
  const start = text.trimStart()
  if (text.includes('\0') || text.startsWith('PK\x03\x04')) return 'a binary file'
  if (/^<(!doctype|html|\?xml|[a-z]+)/i.test(start)) return 'a web page or XML'
  if (start.startsWith('[')) return 'one JSON list'
  return undefined
}

function foreignObject(value: unknown): ReturnType<typeof failure> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Object.hasOwn(value, 'chosen') && Object.hasOwn(value, 'rejected')) {
    const words = 'Line 1: this is a preference dataset for a trainer; a run cannot be made from its pairs alone.'
    return failure('run-file-foreign', `${words} ${NOT_OURS}`)
  }
  const { type, version } = value as { type?: unknown; version?: unknown }
  if (type !== 'run-started' || version === LOG_VERSION) return undefined
  if (typeof version === 'number' && version > LOG_VERSION) {
    const words = `Line 1: the file has format version ${version}, this page reads version ${LOG_VERSION}.`
    return failure('run-file-newer', `${words} Reload the page to get the newest RRO Lab, then import it again.`)
  }
  const given = typeof version === 'number' || typeof version === 'string' ? quote(version) : 'none'
  return failure('run-file-version', `Line 1: the format version should be ${LOG_VERSION} and is ${given}. ${NOT_OURS}`)
}

/** The lines of a run file, line ends included, in pieces to be written one after another. */
export function* writeRunFile(events: Iterable<RunEvent>): Generator<string, void, void> {
  for (const event of events) yield `${lineOf(event)}\n`
}

/** All of a small run file at once (tests, scripts). */
export async function readWholeRunFile(source: TextSource): Promise<Result<RunEvent[]>> {
  const events: RunEvent[] = []
  for await (const event of readRunFile(source)) {
    if (!event.ok) return event
    events.push(event.value)
  }
  return success(events)
}
