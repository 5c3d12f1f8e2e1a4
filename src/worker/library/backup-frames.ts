/**
 * A backup of the library: JSON Lines. `library-started` comes first, then each run (`library-run`, and its run file line
 * by line), each agent (a language model after the pieces of its weights), each comparison with its cells; `library-ended` counts them, so that one that is cut off is known.
 * What stands in it is parsed before anything is done with it.
 */
import * as v from 'valibot'
import { failure, type Result, success } from '../../core/failure.ts'
import { LABELS_SCHEMA } from '../../store/stored-schema.ts'
import { parsedJson } from '../machine/parsed-json.ts'

/** 2: has small language models. A backup without any is of version 1, which older pages read. */
export const BACKUP_VERSION = 2

/** Whether it is a point in time that a date can hold. */
export function isMoment(milliseconds: number): boolean {
  return Math.abs(milliseconds) <= 8.64e15
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const FRAMES = v.variant('type', [
  v.object({ type: v.literal('library-started'), version: v.picklist([1, BACKUP_VERSION]) }),
  v.object({
    type: v.literal('library-run'),
    id: v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/)),
    name: v.string(),
    createdAtMs: v.pipe(v.number(), v.check(isMoment)),
    origin: v.picklist(['here', 'imported']),
    labels: v.exactOptional(LABELS_SCHEMA),
  }),
  v.object({ type: v.literal('library-model'), model: v.string(), piece: count, of: count, base64: v.string() }),
  v.object({ type: v.literal('library-agent'), record: v.unknown() }),
  v.object({ type: v.literal('library-comparison'), record: v.unknown() }),
  v.object({ type: v.literal('library-cell'), cell: v.unknown() }),
  v.object({ type: v.literal('library-ended'), runs: count, agents: count, comparisons: count, cells: count }),
])

export type BackupFrame = v.InferOutput<typeof FRAMES>
export type RunFrame = Extract<BackupFrame, { type: 'library-run' }>

/** Whether a line is one of the backup itself, and no event of a run. */
export function isFrame(line: string): boolean {
  return line.startsWith('{"type":"library-')
}

export function frameLine(frame: BackupFrame): string {
  return `${JSON.stringify(frame)}\n`
}

export function parseFrame(line: string, number: number): Result<BackupFrame> {
  const value = parsedJson(line)
  const { type, version } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (type === 'library-started' && typeof version === 'number' && version > BACKUP_VERSION) {
    const words = `The backup has version ${version}, this page reads version ${BACKUP_VERSION}.`
    return failure('backup-newer', `${words} Reload the page to get the newest RRO Lab, then restore it again.`)
  }
  const parsed = v.safeParse(FRAMES, value, { abortEarly: true })
  if (parsed.success) return success(parsed.output)
  const where = v.getDotPath(parsed.issues[0]) ?? 'all of it'
  return failure('backup-line', `Line ${number} of the backup is damaged (${where}). ${NOTHING}`)
}

export const NOTHING = 'Nothing was restored, and nothing that is kept was changed. Make the backup again.'
export const NO_BACKUP = failure(
  'backup-foreign',
  'This is no backup of a library: it does not begin with library-started. Nothing was restored. A single run is imported by "Import a run".',
)
