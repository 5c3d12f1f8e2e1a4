/** The gold statements with their databases: those that ship, and the official ones where their files are. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unwrap } from '../../core/failure.ts'
import { readSqlFiles, type SqlFiles } from '../../environments/intercode-sql/official-files.ts'
import { loadSqlData, type SqlData } from '../../environments/intercode-sql/sql-data.ts'
import { type SqlDatabase, type SqlEngine, startSqlEngine } from '../../mysql/index.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import type { Asked } from './beside.ts'

export interface GoldStatements {
  readonly engine: SqlEngine
  readonly databases: readonly SqlDatabase[]
  readonly asked: readonly Asked[]
  /** The databases as MySQL's own statements. */
  readonly dump: string
}

export async function shippedSql() {
  const engine = await startSqlEngine()
  const texts = unwrap(await diskLoader().files('intercode-sql'))
  const files = unwrap(readSqlFiles(texts.map(({ name, text }) => ({ name, content: text }))))
  return { engine, files, data: unwrap(loadSqlData(engine, files)) }
}

export async function shippedStatements(): Promise<GoldStatements> {
  const { engine, files, data } = await shippedSql()
  return statementsOf(engine, files, data)
}

/** @param folder of ic_spider_dbs.sql and ic_spider_dev.json */
export async function officialStatements(folder: string): Promise<GoldStatements | undefined> {
  const paths = ['ic_spider_dbs.sql', 'ic_spider_dev.json'].map((name) => join(folder, name))
  if (!paths.every((path) => existsSync(path))) return undefined
  const engine = await startSqlEngine()
  const files = unwrap(readSqlFiles(paths.map((name) => ({ name, content: readFileSync(name, 'utf8') }))))
  return statementsOf(engine, files, unwrap(loadSqlData(engine, files)))
}

function statementsOf(engine: SqlEngine, { dumps }: SqlFiles, { databases, tasks }: SqlData): GoldStatements {
  const asked = tasks.map(({ database, gold }) => ({ database, sql: gold }))
  return { engine, databases, asked, dump: dumps.map(({ text }) => text).join('\n') }
}
