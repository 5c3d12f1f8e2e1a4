/**
 * InterCode-SQL's data: questions checked against the databases they ask about. The gold queries are kept apart from what
 * a policy is given.
 */

import * as v from 'valibot'
import { Digest } from '../../core/digest.ts'
import { failure, messageOf, quote, type Result, success } from '../../core/failure.ts'
import { grouped } from '../../core/grouped.ts'
import { stream } from '../../core/random.ts'
import { readDump, readSqlite, type SqlDatabase, type SqlEngine } from '../../mysql/index.ts'
import type { DataSource, Split } from '../environment.ts'
import type { SqlFiles } from './official-files.ts'
import { type GradedTask, HARDNESS_LEVELS } from './types.ts'

export interface SqlData {
  readonly data: DataSource
  readonly databases: readonly SqlDatabase[]
  /** In the file's order. */
  readonly tasks: readonly GradedTask[]
  /** What was left out of the databases' files, a sentence each. */
  readonly notes: readonly string[]
}

const Text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most))

/** One entry of ic_spider_dev.json. `db_tables` is not read: the schema comes from the databases. */
const TaskRecord = v.object({
  db: Text(64),
  gold: Text(10_000),
  query: Text(10_000),
  hardness: v.optional(v.picklist(HARDNESS_LEVELS)),
  split: v.optional(v.picklist(['train', 'dev', 'test'])),
})

const MOST_TASKS = 100_000
/** Shares of files that bring no splits, drawn by seed 0: train, dev; test is the rest. */
const SHARES = { train: 0.7, dev: 0.1 } as const

/**
 * Reads tasks and databases. Failures: `sql-json`, `sql-task` (file, record, field), `sql-task-database`, `sql-dump`,
 * `sql-sqlite`, `sql-two-databases`.
 */
export function loadSqlData(engine: SqlEngine, files: SqlFiles, name?: string): Result<SqlData> {
  const databases = loadDatabases(engine, files)
  if (!databases.ok) return databases
  const tasks = loadTasks(files.tasks, new Set(databases.value.databases.map((database) => database.name)))
  if (!tasks.ok) return tasks
  const counted = `${grouped(tasks.value.length)} questions over ${databases.value.databases.length} databases`
  const data = {
    name: `${name ?? files.tasks.name}, ${counted}`,
    fingerprint: fingerprint(databases.value.databases, tasks.value),
  }
  return success({ data, databases: databases.value.databases, tasks: tasks.value, notes: databases.value.notes })
}

function loadDatabases(engine: SqlEngine, { dumps, sqlite }: SqlFiles): Result<Pick<SqlData, 'databases' | 'notes'>> {
  const notes: string[] = []
  const found = new Map<string, { readonly file: string; readonly database: SqlDatabase }>()
  const add = (file: string, database: SqlDatabase): Result<true> => {
    const other = found.get(database.name)
    if (other !== undefined)
      return failure(
        'sql-two-databases',
        `${other.file} and ${file} both hold the database ${quote(database.name)}. Choose one of them.`,
      )
    found.set(database.name, { file, database })
    return success(true)
  }
  for (const { name, text } of dumps) {
    const read = readDump(name, text, engine)
    if (!read.ok) return read
    notes.push(...read.notes)
    for (const database of read.value) {
      const added = add(name, database)
      if (!added.ok) return added
    }
  }
  for (const { name, bytes } of sqlite) {
    const read = readSqlite(engine, name, bytes)
    if (!read.ok) return read
    const added = add(name, read.value)
    if (!added.ok) return added
  }
  return success({ databases: [...found.values()].map(({ database }) => database), notes })
}

function loadTasks(file: SqlFiles['tasks'], databases: ReadonlySet<string>): Result<readonly GradedTask[]> {
  let content: unknown
  try {
    content = JSON.parse(file.text)
  } catch (thrown) {
    return failure(
      'sql-json',
      `${file.name} is not JSON: ${messageOf(thrown)}. The file may be cut off or edited; fetch it again.`,
    )
  }
  if (!Array.isArray(content) || content.length === 0 || content.length > MOST_TASKS)
    return failure('sql-task', `${file.name} should be a list of 1 to ${MOST_TASKS} tasks.`)
  const records: v.InferOutput<typeof TaskRecord>[] = []
  for (const [i, entry] of content.entries()) {
    const parsed = v.safeParse(TaskRecord, entry)
    if (!parsed.success) {
      const [issue] = parsed.issues
      const field = v.getDotPath(issue) ?? 'the record itself'
      return failure(
        'sql-task',
        `${file.name}, record ${i + 1}, field ${field}: ${issue.message}. Correct the file or leave the record out.`,
      )
    }
    if (!databases.has(parsed.output.db.toLowerCase()))
      return failure(
        'sql-task-database',
        `${file.name}, record ${i + 1}, field db: no file holds the database ${quote(parsed.output.db)}. Add its dump or .sqlite file.`,
      )
    records.push(parsed.output)
  }
  const drawn = drawnSplits(records.length)
  return success(
    records.map(({ db, gold, query, hardness, split }, i): GradedTask => {
      const part = split ?? drawn[i] ?? 'test'
      return { id: `${part}-${i}`, split: part, instruction: query, database: db.toLowerCase(), hardness, gold }
    }),
  )
}

/** Splits for files that bring none: which tasks are where depends on their number only. */
function drawnSplits(count: number): Split[] {
  const splits = new Array<Split>(count).fill('test')
  const order = stream(0)
    .child('intercode-sql', 'split')
    .shuffled(splits.map((_, i) => i))
  const train = Math.round(count * SHARES.train)
  const dev = Math.round(count * SHARES.dev)
  order.forEach((task, place) => {
    if (place < train) splits[task] = 'train'
    else if (place < train + dev) splits[task] = 'dev'
  })
  return splits
}

/** Over everything that a step, an observation or a reward reads. */
function fingerprint(databases: readonly SqlDatabase[], tasks: readonly GradedTask[]): string {
  const digest = new Digest().add('intercode-sql 1')
  for (const { name, tables } of [...databases].sort((a, b) => (a.name < b.name ? -1 : 1)))
    for (const table of tables) {
      digest.add(name, table.name).list(table.primaryKey)
      if (table.view !== undefined) digest.add('view', table.view.sql, table.view.database)
      for (const key of table.keys) digest.add(key.unique ? 'unique' : 'key').list(key.columns)
      for (const column of table.columns)
        digest.add(column.name, column.type, String(column.nullable), column.default ?? '\0')
      for (const row of table.rows) digest.list(row.map((cell) => (cell === null ? '\0' : String(cell))))
    }
  for (const { id, database, instruction, gold } of tasks) digest.add(id, database, instruction, gold)
  return digest.hex()
}
