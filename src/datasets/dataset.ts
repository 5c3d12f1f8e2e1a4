/** A data set while it is written: rows of task after task, and what is said of all of them at the end. */
import { Digest } from '../core/digest.ts'
import type { RunEvent, RunStarted } from '../core/log/events.ts'
import { foldTask, type TaskState } from '../core/log/fold-task.ts'
import { lineOfRow, type Row } from './cells.ts'
import type { DatasetChoices } from './choices.ts'
import type { DraftRow } from './example-rows.ts'
import type { DatasetFormat } from './formats.ts'
import { roundedUp } from './lengths.ts'

export interface DatasetSummary {
  /** Written. */
  readonly rows: number
  /** Tasks with at least one row. */
  readonly tasks: number
  /** Left out: they say what another row says; a reply of theirs has no action; their task has enough. */
  readonly duplicates: number
  readonly unusable: number
  readonly beyondCap: number
  /** Written, with a prompt that the model saw shortened; with one that could not be rebuilt to the letter. */
  readonly leftOut: number
  readonly unverified: number
  readonly tokens: { readonly most: number; readonly counted: boolean; readonly overLimit: number }
}

export interface Dataset {
  /** The rows of one task that are to be written. @param events of that task, from its start */
  add(header: RunStarted, events: readonly RunEvent[]): Row[]
  summary(): DatasetSummary
}

export function createDataset(format: DatasetFormat, choices: DatasetChoices = {}): Dataset {
  const seen = new Set<string>()
  const tasks = new Set<string>()
  const perTask = new Map<string, number>()
  let [rows, duplicates, unusable, beyondCap] = [0, 0, 0, 0]
  let [leftOut, unverified, most, overLimit] = [0, 0, 0, 0]
  let counted = true

  function take({ taskId }: TaskState, draft: DraftRow): boolean {
    if (draft.unusable && !choices.unusable) {
      unusable++
      return false
    }
    const digest = choices.duplicates ? '' : contentOf(draft.row)
    if (seen.has(digest)) {
      duplicates++
      return false
    }
    const before = perTask.get(taskId) ?? 0
    if (before >= (choices.perTask ?? Number.POSITIVE_INFINITY)) {
      beyondCap++
      return false
    }
    if (!choices.duplicates) seen.add(digest)
    perTask.set(taskId, before + 1)
    tasks.add(taskId)
    rows++
    leftOut += Number(draft.leftOut)
    unverified += Number(draft.unverified)
    overLimit += Number(draft.tokens > (format.limit?.tokens ?? Number.POSITIVE_INFINITY))
    most = Math.max(most, draft.tokens)
    counted &&= draft.counted
    return true
  }

  return {
    add(header, events) {
      const task = foldTask(events)
      if (task === undefined) return []
      return format.rows(header, task, choices).flatMap((draft) => (take(task, draft) ? [draft.row] : []))
    },
    summary: () => ({
      ...{ rows, tasks: tasks.size, duplicates, unusable, beyondCap, leftOut, unverified },
      tokens: { most, counted: counted && rows > 0, overLimit },
    }),
  }
}

/** What a trainer learns from: not where it comes from, nor what it was worth. */
function contentOf(row: Row): string {
  const content: Row = Object.fromEntries(Object.entries(row).filter(([name]) => LEARNT.includes(name)))
  return new Digest().add(lineOfRow(content)).hex()
}

const LEARNT = [
  ...['prompt', 'chosen', 'rejected', 'completion', 'label', 'messages', 'completions', 'labels', 'conversations'],
]

/** What whoever trains on it should know, in sentences. */
export function summaryWords(summary: DatasetSummary, { limit }: Pick<DatasetFormat, 'limit'>): string[] {
  const { rows, duplicates, unusable, beyondCap, leftOut, unverified, tokens } = summary
  const many = (count: number, one: string, more: string): string =>
    `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`
  const said = (count: number, sentence: string): string[] => (count === 0 ? [] : [sentence])
  const kind = tokens.counted ? 'tokens' : 'tokens by estimate'
  return [
    ...said(duplicates, `${many(duplicates, 'row that says', 'rows that say')} the same again left out.`),
    ...said(unusable, `${many(unusable, 'row with a reply', 'rows with replies')} that held no action left out.`),
    ...said(beyondCap, `${many(beyondCap, 'row', 'rows')} beyond the most of a task left out.`),
    ...said(
      leftOut,
      `${many(leftOut, 'row has a prompt', 'rows have prompts')} that the model saw shortened; the rows hold what it saw (column left_out).`,
    ),
    ...said(unverified, `${many(unverified, 'prompt', 'prompts')} could not be rebuilt to the letter.`),
    ...(limit === undefined
      ? []
      : said(
          tokens.overLimit,
          `${tokens.overLimit.toLocaleString('en-US')} of ${many(rows, 'row', 'rows')} are longer than ${limit.tokens.toLocaleString('en-US')} ${kind} and would be ${limit.otherwise} by ${limit.trainer} as it is: set ${limit.setting} to at least ${roundedUp(tokens.most).toLocaleString('en-US')}.`,
        )),
  ]
}
