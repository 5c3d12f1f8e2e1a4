/**
 * What MySQL on SQLite costs beside SQLite alone: the same statements, each met for the first time, in turns. The baseline is
 * the package as it comes (no counting of work, no functions of ours), with a database for each of MySQL's and its indexes.
 */
import init from '@sqlite.org/sqlite-wasm'
import { openSession, type SqlDatabase, type SqlEngine, type SqlTable } from '../../mysql/index.ts'
import { measured, median, quantile, rounded } from './measure.ts'

export interface Asked {
  readonly database: string
  readonly sql: string
}

interface Bare {
  /** All rows of a statement as it stands. Throws what SQLite does not take. */
  ask(asked: Asked): unknown
  close(): void
}

async function bareSqlite(databases: readonly SqlDatabase[]): Promise<Bare> {
  const { oo1 } = await init()
  const open = new Map(databases.map(({ name }) => [name, new oo1.DB(':memory:')] as const))
  for (const { name, tables } of databases) {
    const db = open.get(name)
    db?.exec('BEGIN')
    for (const table of tables) {
      if (db === undefined || table.view !== undefined) continue
      const [create = '', ...indexes] = definition(table)
      db.exec(create)
      const places = table.columns.map(() => '?').join(', ')
      const insert = db.prepare(`INSERT INTO "${table.name}" VALUES (${places})`)
      for (const row of table.rows) insert.bind([...row]).stepReset()
      insert.finalize()
      for (const index of indexes) db.exec(index)
    }
    db?.exec('COMMIT')
  }
  return {
    ask: ({ database, sql }) => open.get(database)?.selectArrays(sql),
    close() {
      for (const db of open.values()) db.close()
    },
  }
}

/** A table and its indexes. */
function definition({ name, columns, primaryKey, keys }: SqlTable): string[] {
  const named = (names: readonly string[]) => names.map((each) => `"${each}"`).join(', ')
  const typed = columns.map(({ name: column, type }) => {
    const affinity = /int|^year/.test(type)
      ? 'INTEGER'
      : /^(decimal|double|float)/.test(type)
        ? 'REAL'
        : 'TEXT COLLATE NOCASE'
    return `"${column}" ${affinity}`
  })
  const index = (id: string, parts: readonly string[], unique: boolean) =>
    parts.length === 0 ? [] : [`CREATE ${unique ? 'UNIQUE ' : ''}INDEX "${name} ${id}" ON "${name}" (${named(parts)})`]
  return [
    `CREATE TABLE "${name}" (${typed.join(', ')})`,
    ...index('primary', primaryKey, true),
    ...keys.flatMap((key, i) => index(String(i), key.columns, key.unique)),
  ]
}

/** @param asked those that SQLite takes as they stand, and that give rows here, count; each once */
export async function besideBareSqlite(
  engine: SqlEngine,
  databases: readonly SqlDatabase[],
  asked: readonly Asked[],
  rounds: number,
) {
  const bare = await bareSqlite(databases)
  const ourselves = () => openSession(engine, databases)
  const answers = ourselves()
  const once = new Map(asked.map((each) => [`${each.database}\0${each.sql}`, each]))
  const taken = [...once.values()].filter((each) => {
    try {
      bare.ask(each)
      return answers.run({ database: each.database, writes: [] }, each.sql).kind === 'rows'
    } catch {
      return false
    }
  })
  answers.close()
  const ours: number[][] = taken.map(() => [])
  const theirs: number[][] = taken.map(() => [])
  for (let round = 0; round < rounds; round++) {
    const session = ourselves()
    taken.forEach((each, i) => {
      const start = performance.now()
      session.run({ database: each.database, writes: [] }, each.sql)
      ours[i]?.push(performance.now() - start)
    })
    session.close()
    taken.forEach((each, i) => {
      const start = performance.now()
      bare.ask(each)
      theirs[i]?.push(performance.now() - start)
    })
  }
  bare.close()
  const [our, their] = [ours.map(median), theirs.map(median)] as const
  const sum = (times: readonly number[]) => times.reduce((all, time) => all + time, 0)
  const ofRound = (times: readonly (readonly number[])[], round: number) => sum(times.map((all) => all[round] ?? 0))
  const ratios = Array.from({ length: rounds }, (_, round) => ofRound(ours, round) / ofRound(theirs, round))
  return {
    statements: taken.length,
    perSecond: rounded((1000 * taken.length) / sum(our)),
    barePerSecond: rounded((1000 * taken.length) / sum(their)),
    timesBare: measured(ratios),
    p50Us: rounded(1000 * quantile(our, 0.5)),
    bareP50Us: rounded(1000 * quantile(their, 0.5)),
    p99Us: rounded(1000 * quantile(our, 0.99)),
    bareP99Us: rounded(1000 * quantile(their, 0.99)),
    /** One statement of the baseline, in milliseconds: a measure of the machine for what has no baseline of its own. */
    bareMs: sum(their) / taken.length,
  }
}
