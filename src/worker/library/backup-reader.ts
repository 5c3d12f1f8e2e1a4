/** Reads a backup in the order in which it stands, one line held at a time. */
import { failure, messageOf, quote, type Result, success } from '../../core/failure.ts'
import type { RunEvent } from '../../core/log/events.ts'
import { linesOf, type TextSource } from '../../formats/lines.ts'
import { readRunFile } from '../../formats/run-file.ts'
import { type BackupFrame, isFrame, NO_BACKUP, NOTHING, parseFrame, type RunFrame } from './backup-frames.ts'

/** Characters in one line; as for run files. */
const MOST_LINE = 4_000_000

export type BackupPart =
  | Exclude<BackupFrame, RunFrame>
  /** Its events are to be read before the next part is asked for; those that are not are passed over unread. */
  | (RunFrame & { readonly log: AsyncIterable<Result<RunEvent>> })

/** A failure is the last thing that it yields; nothing is thrown for any content. */
export async function* readBackup(source: TextSource): AsyncGenerator<Result<BackupPart>, void, void> {
  const lines = linesOf(source, MOST_LINE)
  let held: { readonly text: string; readonly number: number } | undefined
  let broken: Result<never> | undefined
  /** Undefined at the end, or where it cannot be read on. */
  const next = async (): Promise<typeof held> => {
    if (broken !== undefined) return undefined
    try {
      for (;;) {
        const { done, value } = await lines.next()
        if (done === true) return undefined
        if (!value.ok) {
          broken = failure(`backup-${value.failure.code}`, `${value.failure.message} ${NOTHING}`)
          return undefined
        }
        if (value.value.text.trim() !== '') return value.value
      }
    } catch (thrown) {
      broken = failure('backup-unreadable', `The file could not be read: ${messageOf(thrown)}. Choose it once more.`)
      return undefined
    }
  }
  async function* logLines(): AsyncGenerator<string, void, void> {
    for (held = await next(); held !== undefined && !isFrame(held.text); held = await next()) yield `${held.text}\n`
  }

  held = await next()
  let first = true
  let ended = false
  while (held !== undefined) {
    const frame: Result<BackupFrame> = isFrame(held.text) ? parseFrame(held.text, held.number) : NO_BACKUP
    if (!frame.ok) return yield frame
    if (first !== (frame.value.type === 'library-started')) return yield NO_BACKUP
    first = false
    ended = frame.value.type === 'library-ended'
    if (frame.value.type === 'library-run') {
      const log = logLines()
      yield success({ ...frame.value, log: eventsOf(frame.value, log) })
      for (let line = await log.next(); line.done !== true; line = await log.next()); // what was not read
      // Whoever stopped reading has left the generator of lines, and it no longer moves on by itself.
      while (held !== undefined && !isFrame(held.text)) held = await next()
    } else {
      yield success(frame.value)
      held = await next()
    }
    if (ended && held !== undefined)
      return yield failure('backup-order', `The backup goes on after its end. ${NOTHING}`)
  }
  if (broken !== undefined) return yield broken
  if (first) return yield NO_BACKUP
  if (!ended) yield failure('backup-cut-off', `The backup is cut off: its last line is missing. ${NOTHING}`)
}

async function* eventsOf(
  { name }: RunFrame,
  lines: AsyncIterable<string>,
): AsyncGenerator<Result<RunEvent>, void, void> {
  for await (const event of readRunFile(lines))
    yield event.ok
      ? event
      : failure(event.failure.code, `In the run ${quote(name)} of the backup: ${event.failure.message} ${NOTHING}`)
}
