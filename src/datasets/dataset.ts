/** A data set while it is written: rows of task after task, and what is said of all of them at the end. */

import { Digest } from '../core/digest.ts'
import { grouped } from '../core/grouped.ts'
import type { RunEvent, RunStarted } from '../core/log/events.ts'
import { foldTask, type TaskState } from '../core/log/fold-task.ts'
import { lineOfRow, type Row } from './cells.ts'
import type { DatasetChoices } from './choices.ts'
import { digestSet } from './digest-set.ts'
import type { DraftRow } from './example-rows.ts'
import type { DatasetFormat } from './formats.ts'
import { type LeftOutReason, notWrittenWords, REASONS, whyNotWritten } from './left-out.ts'
import { roundedUp } from './lengths.ts'

/** Beside what it names, how many rows were left out, by reason. */
export interface DatasetSummary extends Readonly<Record<LeftOutReason, number>> {
  /** Written. */
  readonly rows: number
  /** Tasks with at least one row. */
  readonly tasks: number
  /** Written, with a prompt that the model saw shortened; with one that could not be rebuilt to the letter. */
  readonly leftOut: number
  readonly unverified: number
  readonly tokens: { readonly most: number; readonly counted: boolean; readonly overLimit: number }
}

export interface Dataset {
  /** The rows of one task that are to be written. @param events of that task, from its start */
  add(header: RunStarted, events: readonly RunEvent[]): Row[]
  /** The same, with what is counted of each. */
  drafts(header: RunStarted, events: readonly RunEvent[]): DraftRow[]
  summary(): DatasetSummary
}

export function createDataset(format: DatasetFormat, chosen: DatasetChoices = {}): Dataset {
  const choices: DatasetChoices = format.facts ? { ...chosen, duplicates: true } : chosen
  const seen = digestSet()
  const tasks = digestSet()
  const perTask = new Map<string, number>()
  const left = Object.fromEntries(REASONS.map((reason) => [reason, 0])) as Record<LeftOutReason, number>
  let [rows, leftOut, unverified, most, overLimit] = [0, 0, 0, 0, 0]
  let counted = true

  function whyNot(taskId: string, draft: DraftRow, digest: string): LeftOutReason | undefined {
    const why = whyNotWritten(draft, choices)
    if (why !== undefined) return why
    if (seen.has(digest)) return 'duplicates'
    const before = perTask.get(taskId) ?? 0
    return before >= (choices.perTask ?? Number.POSITIVE_INFINITY) ? 'beyondCap' : undefined
  }

  function take({ taskId }: TaskState, draft: DraftRow): boolean {
    const digest = choices.duplicates ? '' : contentOf(draft.row)
    const why = whyNot(taskId, draft, digest)
    if (why !== undefined) {
      left[why]++
      return false
    }
    if (!choices.duplicates) seen.add(digest)
    if (choices.perTask !== undefined) perTask.set(taskId, (perTask.get(taskId) ?? 0) + 1)
    tasks.add(taskId)
    rows++
    leftOut += Number(draft.leftOut)
    unverified += Number(draft.unverified)
    overLimit += Number(draft.tokens > (format.limit?.tokens ?? Number.POSITIVE_INFINITY))
    most = Math.max(most, draft.tokens)
    counted &&= draft.counted
    return true
  }

  function drafts(header: RunStarted, events: readonly RunEvent[]): DraftRow[] {
    const task = foldTask(events)
    return task === undefined ? [] : format.rows(header, task, choices, events).filter((draft) => take(task, draft))
  }

  return {
    drafts,
    add: (header, events) => drafts(header, events).map(({ row }) => row),
    summary: () => ({
      ...{ rows, tasks: tasks.size(), ...left, leftOut, unverified },
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
  const { rows, leftOut, unverified, tokens } = summary
  const many = (count: number, one: string, more: string): string => `${grouped(count)} ${count === 1 ? one : more}`
  const said = (count: number, sentence: string): string[] => (count === 0 ? [] : [sentence])
  const kind = tokens.counted ? 'tokens' : 'tokens by estimate'
  return [
    ...notWrittenWords(summary),
    ...said(
      leftOut,
      `${many(leftOut, 'row has a prompt', 'rows have prompts')} that the model saw shortened; the rows hold what it saw (column left_out).`,
    ),
    ...said(unverified, `${many(unverified, 'prompt', 'prompts')} could not be rebuilt to the letter.`),
    ...(limit === undefined
      ? []
      : said(
          tokens.overLimit,
          `${grouped(tokens.overLimit)} of ${many(rows, 'row', 'rows')} are longer than ${grouped(limit.tokens)} ${kind} and would be ${limit.otherwise} by ${limit.trainer} as it is: set ${limit.setting} to at least ${grouped(roundedUp(tokens.most))}.`,
        )),
  ]
}
