/** A state as plain data for the page: schema, query, result, and after a submit how it compares with gold. */

import { keyOf, type Schema } from '../../mysql/index.ts'
import type { RewardDetail } from './reward.ts'
import type { SqlComparison, SqlRows, SqlState, SqlTableResult, SqlTableView, SqlView } from './types.ts'

/** Rows that the page shows. */
export const MOST_SHOWN_ROWS = 100
const LONGEST_CELL = 300

export function schemaView(schema: Schema, database: string): SqlTableView[] {
  return [...schema.values()]
    .filter((table) => table.database === database)
    .map((table) => ({
      name: table.name,
      columns: table.columns.map(({ name, type }) => ({ name, type, key: keyOf(table, name) })),
    }))
}

export function comparisonView(detail: RewardDetail, gold: SqlRows | undefined): SqlComparison {
  const { matching, missing, extra, iou, tau } = detail
  const rows = gold?.tuples ?? []
  return {
    goldRows: rows.slice(0, MOST_SHOWN_ROWS),
    goldTotal: rows.length,
    matching,
    missing,
    extra,
    iou,
    tau: tau === undefined || Number.isNaN(tau) ? undefined : tau,
    goldRan: gold !== undefined,
  }
}

export function sqlView(
  state: SqlState,
  schema: readonly SqlTableView[],
  comparison: SqlComparison | undefined,
): SqlView {
  const { task, place, query, answer, steps, done, reward } = state
  return {
    environment: 'intercode-sql',
    question: task.instruction,
    hardness: task.hardness,
    database: place.database,
    schema,
    query,
    result: answer.kind === 'rows' ? tableView(answer.result) : answer.kind === 'error' ? answer.message : undefined,
    steps,
    done,
    reward,
    comparison,
  }
}

function tableView({ columns, cells }: SqlRows): SqlTableResult {
  const rows = cells
    .slice(0, MOST_SHOWN_ROWS)
    .map((row) => row.map((cell) => (cell === null ? null : String(cell).slice(0, LONGEST_CELL))))
  return { columns, rows, total: cells.length }
}
