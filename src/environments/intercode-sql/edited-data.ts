/**
 * Databases in which a visitor has changed cells, and questions that they have put otherwise. A cell is replaced where it is
 * kept, by a value of its column's kind: no statement is made of what was typed. The gold query is asked of the edited rows.
 */
import { failure, quote, type Result, success } from '../../core/failure.ts'
import { editedFingerprint, editedName, LONGEST_EDIT, type WorldEdit } from '../../core/log/world-edit.ts'
import type { Cell, SqlColumn, SqlDatabase, StoredTable } from '../../mysql/index.ts'
import type { SqlData } from './sql-data.ts'
import type { EditableTable, GradedTask } from './types.ts'

/** Rows of a table that can be edited. */
const MOST_ROWS = 200

type CellEdit = Extract<WorldEdit, { readonly kind: 'cell' }>

/** Failures (`edit`) say what is wrong with which edit. */
export function editedSqlData(loaded: SqlData, edits: readonly WorldEdit[]): Result<SqlData> {
  const databases = new Map<string, SqlDatabase>(loaded.databases.map((database) => [database.name, database]))
  const tasks = new Map<string, GradedTask>(loaded.tasks.map((task) => [task.id, task]))
  for (const edit of edits) {
    if ((edit.to ?? '').length > LONGEST_EDIT) return refused(`An edit has at most ${LONGEST_EDIT} characters.`)
    if (edit.kind === 'instruction') {
      const task = tasks.get(edit.task)
      if (task?.instruction !== edit.from) return refused(`The loaded data has no such question: ${quote(edit.from)}`)
      if (edit.to.trim() === '') return refused('A question cannot be left empty.')
      tasks.set(edit.task, { ...task, instruction: edit.to })
    } else if (edit.kind === 'cell') {
      const database = databases.get(edit.database)
      const table = database?.tables.find(({ name }) => name === edit.table)
      if (database === undefined || table === undefined)
        return refused(`The loaded data has no table ${quote(edit.table)} in ${quote(edit.database)}.`)
      const edited = editedTable(table, edit)
      if (!edited.ok) return edited
      const tables = database.tables.map((other) => (other === table ? edited.value : other))
      databases.set(edit.database, { ...database, tables })
    } else return refused('A database has no products to edit.')
  }
  return success({
    ...loaded,
    data: { name: editedName(loaded.data.name), fingerprint: editedFingerprint(loaded.data.fingerprint, edits) },
    databases: [...databases.values()],
    tasks: [...tasks.values()],
  })
}

/** The tables of a task's database as they can be edited. */
export function editableTables({ databases, tasks }: SqlData, taskId: string): readonly EditableTable[] {
  const name = tasks.find(({ id }) => id === taskId)?.database
  const tables = databases.find((database) => database.name === name)?.tables ?? []
  return tables
    .filter(({ view }) => view === undefined)
    .map((table) => ({
      ...{ database: table.database, name: table.name, total: table.rows.length },
      columns: table.columns.map((column) => ({ name: column.name, type: column.type, fixed: isFixed(table, column) })),
      rows: table.rows.slice(0, MOST_ROWS).map((row) => row.map(cellText)),
    }))
}

function editedTable(table: StoredTable, { row, column: name, from, to }: CellEdit): Result<StoredTable> {
  const at = table.columns.findIndex((column) => column.name === name)
  const column = table.columns[at]
  const cells = table.rows[row]
  if (column === undefined || cells === undefined)
    return refused(`${table.name} has no such row or column: ${quote(name)}.`)
  if (isFixed(table, column))
    return refused(`${name} is a key or computed: other rows hang on it, so it is not edited.`)
  const there = cellText(cells[at] ?? null)
  if (there !== from)
    return refused(`${name} was ${quote(from ?? 'NULL')}, and is ${quote(there ?? 'NULL')} in the loaded data.`)
  const value = cellOf(table, at, column, to)
  if (!value.ok) return value
  const rows = table.rows.map((other, i) =>
    i === row ? other.map((cell, j) => (j === at ? value.value : cell)) : other,
  )
  // What compares alike in SQLite and in MySQL is known of what was loaded only.
  const columns = table.columns.map((other, j) =>
    j === at && typeof value.value === 'string' ? { ...other, plain: false } : other,
  )
  return success({ ...table, columns, rows })
}

/** A cell of the column's kind, as its other cells and its type have it. */
function cellOf(table: StoredTable, at: number, { name, type, nullable }: SqlColumn, to: string | null): Result<Cell> {
  if (to === null) return nullable ? success(null) : refused(`${name} cannot be NULL.`)
  const known = table.rows.map((row) => row[at]).find((cell) => cell !== null && cell !== undefined)
  const numeric = known === undefined ? /int|decimal|double|float|real|year|bit/i.test(type) : typeof known !== 'string'
  if (!numeric) {
    const [, most] = /char\((\d+)\)/i.exec(type) ?? []
    if (most !== undefined && to.length > Number(most))
      return refused(`${name} has at most ${most} characters (${type}).`)
    const shape = /^(date|time|year)/i.test(type) ? shapeOf(String(known ?? to)) : undefined
    if (shape !== undefined && shape !== shapeOf(to))
      return refused(`${quote(to)} is no ${type}: write it like ${quote(String(known))}.`)
    return success(to)
  }
  if (!/^[+-]?\d{1,18}(\.\d{1,15})?$/.test(to.trim()))
    return refused(`${quote(to)} is no number, which ${name} (${type}) wants.`)
  const number = Number(to)
  if (/int|year|bit/i.test(type) && !Number.isInteger(number)) return refused(`${name} takes whole numbers (${type}).`)
  return success(Number.isSafeInteger(number) || !Number.isInteger(number) ? number : BigInt(to.trim()))
}

function shapeOf(text: string): string {
  return text.replace(/\d/g, '0')
}

/** Keys are what rows are told apart and found by. */
function isFixed({ primaryKey, keys, foreignKeys }: StoredTable, { name, generated }: SqlColumn): boolean {
  const unique = keys.filter((key) => key.unique).flatMap(({ columns }) => columns)
  const foreign = foreignKeys.flatMap(({ columns }) => columns)
  return (
    generated !== undefined ||
    [...primaryKey, ...unique, ...foreign].some((key) => key.toLowerCase() === name.toLowerCase())
  )
}

function cellText(cell: Cell): string | null {
  return cell === null ? null : String(cell)
}

function refused(words: string): ReturnType<typeof failure> {
  return failure('edit', words)
}
