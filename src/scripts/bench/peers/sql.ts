/**
 * Statements met for the first time beside other engines on the same tables: SQLite in the process (better-sqlite3), SQLite
 * in WebAssembly (sql.js), and MariaDB by its socket, where there is one.
 */
import type { SqlDatabase } from '../../../mysql/index.ts'
import { startMariaDb } from '../../differential/mariadb-server.ts'
import { definitionIn } from '../bare-sqlite.ts'
import { type Asked, beside, type SqlPeer, withoutMs } from '../beside.ts'
import { type GoldStatements, officialStatements, shippedStatements } from '../gold-statements.ts'
import { MISSING, orReason, peer } from './installed.ts'

const ROUNDS = 7

type Open = (golds: GoldStatements) => Promise<SqlPeer | undefined>

/** @param official folder of the official statements: taken instead of those that ship, where it is */
export async function benchPeerSql(official: string) {
  const golds = (await officialStatements(official)) ?? (await shippedStatements())
  const found: Record<string, unknown> = {}
  for (const [name, open] of Object.entries(PEERS)) {
    found[name] = await orReason(async () => {
      const opened = await open(golds)
      return opened === undefined ? MISSING : withoutMs(await beside(opened, golds, ROUNDS))
    })
  }
  return found
}

const PEERS: Readonly<Record<string, Open>> = {
  betterSqlite3: async ({ databases }) => {
    interface Database {
      exec(sql: string): unknown
      prepare(sql: string): { run(...values: readonly unknown[]): unknown; raw(): { all(): unknown } }
      close(): unknown
    }
    const Database = await peer<new (name: string) => Database>('better-sqlite3')
    if (Database === undefined) return undefined
    return each(databases, (database) => {
      const db = new Database(':memory:')
      fill(
        database,
        (sql) => db.exec(sql),
        (sql) => {
          const insert = db.prepare(sql)
          return (values) => insert.run(...values)
        },
      )
      return { all: (sql) => db.prepare(sql).raw().all(), close: () => db.close() }
    })
  },
  sqlJs: async ({ databases }) => {
    interface Database {
      exec(sql: string): unknown
      prepare(sql: string): { run(values: readonly unknown[]): unknown }
      close(): unknown
    }
    const init = await peer<() => Promise<{ readonly Database: new () => Database }>>('sql.js')
    if (init === undefined) return undefined
    const { Database } = await init()
    return each(databases, (database) => {
      const db = new Database()
      fill(
        database,
        (sql) => db.exec(sql),
        (sql) => {
          const insert = db.prepare(sql)
          return (values) => insert.run(values)
        },
      )
      return { all: (sql) => db.exec(sql), close: () => db.close() }
    })
  },
  mariaDbBySocket: async ({ dump, asked }) => {
    interface Connection {
      query(options: object): Promise<unknown>
      end(): Promise<unknown>
    }
    const mysql = await peer<{ createConnection(options: object): Promise<Connection> }>('mysql2/promise')
    if (mysql === undefined) return undefined
    const server = await startMariaDb()
    server.load(dump)
    const connections = new Map<string, Connection>()
    for (const { database } of asked)
      if (!connections.has(database))
        connections.set(database, await mysql.createConnection({ socketPath: server.socket, user: 'root', database }))
    return {
      ask: ({ database, sql }: Asked) => connections.get(database)?.query({ sql, rowsAsArray: true }),
      async close() {
        for (const connection of connections.values()) await connection.end()
        await server.stop()
      },
    }
  },
}

interface OpenDatabase {
  all(sql: string): unknown
  close(): unknown
}

/** A database of the peer's for each of MySQL's. */
function each(databases: readonly SqlDatabase[], open: (database: SqlDatabase) => OpenDatabase): SqlPeer {
  const opened = new Map(databases.map((database) => [database.name, open(database)]))
  return {
    ask: ({ database, sql }) => opened.get(database)?.all(sql),
    close() {
      for (const database of opened.values()) database.close()
    },
  }
}

function fill(
  { tables }: SqlDatabase,
  run: (sql: string) => unknown,
  prepare: (sql: string) => (values: readonly unknown[]) => unknown,
): void {
  run('BEGIN')
  for (const table of tables) {
    if (table.view !== undefined) continue
    const [create = '', ...indexes] = definitionIn(table)
    run(create)
    const insert = prepare(`INSERT INTO "${table.name}" VALUES (${table.columns.map(() => '?').join(', ')})`)
    for (const row of table.rows) insert([...row])
    for (const index of indexes) run(index)
  }
  run('COMMIT')
}
