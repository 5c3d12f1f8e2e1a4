/** SQLite alone: the package as it comes (no counting of work, no functions of ours), with a database for each of MySQL's and its indexes. */
import init from '@sqlite.org/sqlite-wasm'
import type { SqlDatabase, SqlTable } from '../../mysql/index.ts'
import type { SqlPeer } from './beside.ts'

export async function bareSqlite(databases: readonly SqlDatabase[]): Promise<SqlPeer> {
  const { oo1 } = await init()
  const open = new Map(databases.map(({ name }) => [name, new oo1.DB(':memory:')] as const))
  for (const { name, tables } of databases) {
    const db = open.get(name)
    db?.exec('BEGIN')
    for (const table of tables) {
      if (db === undefined || table.view !== undefined) continue
      const [create = '', ...indexes] = definitionIn(table)
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

/** A table and its indexes, for SQLite. */
export function definitionIn({ name, columns, primaryKey, keys }: SqlTable): string[] {
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
