/**
 * Tells InterCode's files apart by what is in them, since people rename them: ic_spider_dev.json (tasks),
 * ic_spider_dbs.sql (a MySQL dump) and `.sqlite` databases. Ours have the same formats and are read by the same code.
 */
import { failure, type Result, success } from '../../core/failure.ts'

export interface SqlFile {
  /** As the user knows it; sentences name it. A `.sqlite` file's name is its database's. */
  readonly name: string
  readonly content: string | Uint8Array
}

export interface SqlFiles {
  readonly tasks: { readonly name: string; readonly text: string }
  readonly dumps: readonly { readonly name: string; readonly text: string }[]
  readonly sqlite: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

const MAGIC = 'SQLite format 3\0'
const TASKS = 'ic_spider_dev.json (a list of questions with their database and gold query)'
const DATABASES = 'ic_spider_dbs.sql (a MySQL dump) or .sqlite databases'

/** Failures: `sql-unknown-file`, `sql-two-files`, `sql-missing-file`. */
export function readSqlFiles(files: readonly SqlFile[]): Result<SqlFiles> {
  let tasks: SqlFiles['tasks'] | undefined
  const dumps: { name: string; text: string }[] = []
  const sqlite: { name: string; bytes: Uint8Array }[] = []
  for (const { name, content } of files) {
    if (isSqlite(content)) {
      sqlite.push({ name, bytes: content })
      continue
    }
    const text = (typeof content === 'string' ? content : new TextDecoder().decode(content)).replace(/^\ufeff/, '')
    if (/^\s*\[/.test(text)) {
      if (tasks !== undefined)
        return failure('sql-two-files', `${tasks.name} and ${name} both look like ${TASKS}. Choose one of them.`)
      tasks = { name, text }
    } else if (/\bCREATE\s+TABLE\b/i.test(text)) dumps.push({ name, text })
    else
      return failure(
        'sql-unknown-file',
        `${name} is none of InterCode's files. It should be ${TASKS}, or ${DATABASES}.`,
      )
  }
  if (tasks === undefined) return missing(TASKS)
  if (dumps.length === 0 && sqlite.length === 0) return missing(DATABASES)
  return success({ tasks, dumps, sqlite })
}

function missing(what: string) {
  return failure('sql-missing-file', `None of the files is ${what}. Add it and open them together.`)
}

function isSqlite(content: string | Uint8Array): content is Uint8Array {
  return typeof content !== 'string' && [...MAGIC].every((c, i) => content[i] === c.charCodeAt(0))
}
