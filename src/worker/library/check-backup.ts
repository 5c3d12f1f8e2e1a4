/** Reads all of a backup and keeps nothing but what tells its runs apart. */
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { TextSource } from '../../formats/lines.ts'
import { FEATURE_LISTS } from '../../policies/linear/feature-lists.ts'
import { fingerprintOf } from '../../policies/linear/fingerprint.ts'
import { unzipFolder } from '../../policies/transformer/hugging-face/zip.ts'
import { languageModelOf } from '../../policies/transformer/language-model.ts'
import { isLanguage, parseAgentRecord } from '../../store/agent-record.ts'
import { parseCell, parseComparisonRecord } from '../../store/comparison-record.ts'
import { macrotask } from '../machine/macrotask.ts'
import { recordedWeights } from '../worlds/own-agent.ts'
import { isMoment, NOTHING } from './backup-frames.ts'
import { type BackupPart, readBackup } from './backup-reader.ts'
import { createLogDigest } from './log-digest.ts'
import { Pieces } from './model-pieces.ts'

export interface Checked {
  /** In the order of the file; `content` is equal for equal logs. */
  readonly runs: readonly { readonly id: string; readonly events: number; readonly content: string }[]
}

export async function checkBackup(source: TextSource): Promise<Result<Checked>> {
  const runs: Checked['runs'][number][] = []
  const counts = { runs: 0, agents: 0, comparisons: 0, cells: 0 }
  const pieces = new Pieces()
  for await (const part of readBackup(source)) {
    if (!part.ok) return part
    const { value } = part
    if (value.type === 'library-run') {
      const run = await checkRun(value)
      if (!run.ok) return run
      runs.push(run.value)
      counts.runs++
    } else if (value.type === 'library-ended') {
      const wrong = (Object.keys(counts) as (keyof typeof counts)[]).find((name) => counts[name] !== value[name])
      if (wrong !== undefined) return damaged(`it says that it has ${value[wrong]} ${wrong}, and has ${counts[wrong]}`)
    } else {
      const wrong = checkOther(value, counts, pieces)
      if (!wrong.ok) return wrong
    }
  }
  return success({ runs })
}

async function checkRun({
  id,
  log,
}: Extract<BackupPart, { type: 'library-run' }>): Promise<Result<Checked['runs'][number]>> {
  const digest = createLogDigest()
  let events = 0
  for await (const event of log) {
    if (!event.ok) return event
    digest.add(JSON.stringify(event.value))
    if (++events % 500 === 0) await macrotask() // calls from the page come first
  }
  return success({ id, events, content: digest.content })
}

type Other = Exclude<BackupPart, { type: 'library-run' | 'library-ended' }>

function checkOther(
  part: Other,
  counts: { agents: number; comparisons: number; cells: number },
  pieces: Pieces,
): Result<unknown> {
  if (part.type === 'library-started') return success(true)
  if (part.type === 'library-comparison') {
    counts.comparisons++
    return sound(parseComparisonRecord(part.record))
  }
  if (part.type === 'library-cell') {
    counts.cells++
    if (counts.comparisons === 0) return damaged('a cell stands before its comparison')
    return parseCell(part.cell) === undefined ? damaged('a cell of a comparison cannot be read') : success(true)
  }
  if (part.type === 'library-model')
    return pieces.add(part) ? success(true) : damaged('the weights of a language model are not whole')
  counts.agents++
  const record = sound(parseAgentRecord(part.record))
  if (!record.ok) return record
  if (isLanguage(record.value)) return checkModel(record.value.model, pieces.take(record.value.model))
  const read = recordedWeights(record.value)
  if (!read.ok) return within(read)
  const fingerprint = fingerprintOf(FEATURE_LISTS[record.value.environment], read.value.weights)
  return fingerprint === record.value.model
    ? success(true)
    : damaged('the weights of an agent are not those it is known by')
}

function checkModel(fingerprint: string, zip: Uint8Array | undefined): Result<unknown> {
  if (zip === undefined) return damaged('it has a language model without its weights')
  const folder = unzipFolder(zip)
  const model = folder.ok ? languageModelOf(folder.value) : folder
  if (!model.ok) return within(model)
  return model.value.fingerprint === fingerprint
    ? success(true)
    : damaged('the weights of a language model are not those it is known by')
}

/** The sentences of what is stored say that it was left as it is; here it is not stored yet. */
function sound<T extends { readonly name: string; readonly createdAtMs: number }>(record: Result<T>): Result<T> {
  if (!record.ok) return within(record)
  const { name, createdAtMs } = record.value
  return isMoment(createdAtMs) ? record : damaged(`the date of ${quote(name)} is none`)
}

function within({ failure: { code, message } }: ReturnType<typeof failure>): ReturnType<typeof failure> {
  return failure(code, `In the backup: ${message} ${NOTHING}`)
}

function damaged(what: string): ReturnType<typeof failure> {
  return failure('backup-damaged', `The backup is damaged: ${what}. ${NOTHING}`)
}
