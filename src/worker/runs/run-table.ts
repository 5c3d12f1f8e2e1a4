/** A stored run as a table, in the columns that data sets have, and with the place of each row. */
import { type Result, success } from '../../core/failure.ts'
import { foldTask, type StepState, type TaskState } from '../../core/log/fold-task.ts'
import type { Cell, Row } from '../../datasets/cells.ts'
import { metricRows } from '../../datasets/facts.ts'
import type { RunTask } from '../../datasets/over-runs.ts'
import { dpoRows } from '../../datasets/preferences.ts'
import { parseReply } from '../../policies/reply.ts'
import type { RunTable, TableColumn, TableKind, TablePlace, TableRow } from '../protocol/tables.ts'

const MOST_ROWS = 50_000
const MOST_CHARACTERS = 600
/** What every row of a run has alike, and what its place says. */
const LEFT_OUT = new Set(['task', 'step', 'method', 'environment', 'seed', 'agent', 'data'])

interface PlacedRow {
  readonly row: Row
  readonly place: TablePlace
}

export async function runTable(tasks: AsyncIterable<Result<RunTask>>, kind: TableKind): Promise<Result<RunTable>> {
  let columns: readonly TableColumn[] = []
  const rows: TableRow[] = []
  for await (const task of tasks) {
    if (!task.ok) return task
    const state = foldTask(task.value.events)
    if (state === undefined) continue
    for (const { row, place } of ROWS[kind](task.value, state)) {
      const cells = Object.entries(row).filter(([name]) => !LEFT_OUT.has(name))
      if (rows.length === 0) columns = cells.map(([name, cell]) => ({ name, numeric: typeof shown(cell) === 'number' }))
      if (rows.length === MOST_ROWS) return success({ columns, rows, cut: true })
      rows.push({ place, cells: cells.map(([, cell]) => shown(cell)) })
    }
  }
  return success({ columns, rows, cut: false })
}

const ROWS: Readonly<Record<TableKind, (task: RunTask, state: TaskState) => PlacedRow[]>> = {
  trajectories: ({ header, events }, state) =>
    metricRows(header, state).map(({ row }) => ({
      row,
      place: { task: state.task, step: 0, candidate: 0, count: events.length },
    })),
  steps: (task, state) => state.steps.flatMap((step) => stepRow(task, state, step)),
  pairs: (task, state) =>
    dpoRows(task.header, state, {}).map(({ row }) => {
      const at = Math.min(numberIn(row.step), state.steps.length)
      const step = state.steps[at - 1]
      const said = shown(row.chosen)
      const found = step?.candidates.findIndex(({ proposed }) => short(proposed.text) === said) ?? -1
      const place = placeOf(task, state, at, found >= 0 ? found + 1 : (step?.decided?.continued ?? 1))
      const { prompt = '', chosen = '', rejected = '', task_id = '', chosen_reward, rejected_reward, ...rest } = row
      const difference = Number(shown(chosen_reward)) - Number(shown(rejected_reward))
      // What tells rows apart comes first, long texts last.
      const first: Row = {
        ...{ task_id, chosen_action: actionOf(chosen), rejected_action: actionOf(rejected) },
        ...{
          chosen_reward: chosen_reward ?? '',
          rejected_reward: rejected_reward ?? '',
          difference: { float: difference },
        },
      }
      return { place, row: { ...first, ...rest, chosen, rejected, prompt } }
    }),
}

function stepRow(task: RunTask, state: TaskState, { step, bar, candidates, decided, pairs }: StepState): PlacedRow[] {
  const continued = candidates[(decided?.continued ?? 0) - 1]
  if (decided === undefined || continued === undefined) return []
  const { proposed, scored } = continued
  const row: Row = {
    ...{ task_id: state.taskId, action: proposed.action, bar: { float: bar } },
    reward: scored === undefined ? '' : { float: scored.reward },
    standard_error: typeof scored?.standardError === 'number' ? { float: scored.standardError } : '',
    ...{ rises: scored?.rises === true, reason: decided.reason, candidates: { int: candidates.length } },
    rollouts: { int: candidates.reduce((sum, { rollouts }) => sum + rollouts.length, 0) },
    ...{ pairs: { int: pairs.length }, text: proposed.text, observation: decided.observation },
  }
  return [{ row, place: placeOf(task, state, step, decided.continued) }]
}

/** When the step is decided, and its pairs are made. */
function placeOf({ events }: RunTask, { task }: TaskState, step: number, candidate: number): TablePlace {
  const last = events.findLastIndex((event) => 'step' in event && event.step === step)
  return { task, step, candidate, count: last + 1 }
}

/** Of the last reply. */
function actionOf(said: Cell): string {
  const text = String(shown(said))
  return parseReply(text) ?? text
}

function numberIn(cell: Cell | undefined): number {
  return typeof cell === 'object' && 'int' in cell ? cell.int : 0
}

/** Of a conversation its last turn. */
function shown(cell: Cell | undefined): string | number | boolean {
  if (cell === undefined) return ''
  if (typeof cell === 'string') return short(cell)
  if (typeof cell === 'boolean') return cell
  if ('int' in cell) return cell.int
  if ('float' in cell) return Math.round(cell.float * 1e6) / 1e6
  return 'messages' in cell ? short(cell.messages.at(-1)?.content ?? '') : ''
}

function short(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text
}
