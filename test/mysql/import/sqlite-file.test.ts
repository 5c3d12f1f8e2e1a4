import { expect, test } from 'vitest'
import { readSqlite, startSqlEngine } from '../../../src/mysql/index.ts'

const engine = await startSqlEngine()

function fileOf(sql: string): Uint8Array {
  const db = new engine.sqlite.oo1.DB(':memory:')
  db.exec(sql)
  const bytes = engine.sqlite.capi.sqlite3_js_db_export(db)
  db.close()
  return bytes
}

test('a SQLite file becomes a database with the types that MySQL has for its own', () => {
  const bytes = fileOf(
    `CREATE TABLE Tool (Id INTEGER PRIMARY KEY, Label varchar(9), weight numeric(5,2), shed int REFERENCES shed (nr));
     INSERT INTO Tool VALUES (2, 'hoe', 1.5, 1), (1, 'rake', NULL, NULL);`,
  )
  expect(readSqlite(engine, 'Yard.sqlite', bytes)).toMatchObject({
    ok: true,
    value: {
      name: 'yard',
      tables: [
        {
          name: 'tool',
          columns: [
            { name: 'Id', type: 'int', autoIncrement: true },
            { name: 'Label', type: 'varchar(9)' },
            { name: 'weight', type: 'decimal(5,2)' },
            { name: 'shed', type: 'int' },
          ],
          primaryKey: ['Id'],
          foreignKeys: [{ columns: ['shed'], table: 'shed', references: ['nr'] }],
          rows: [
            [1, 'rake', null, null],
            [2, 'hoe', 1.5, 1],
          ],
        },
      ],
    },
  })
})

test('what is damaged or empty is refused in a sentence', () => {
  expect(readSqlite(engine, 'x.sqlite', new Uint8Array(100).fill(7))).toMatchObject({
    failure: {
      code: 'sql-sqlite',
      message: expect.stringMatching(/^x\.sqlite could not be read as a SQLite database/),
    },
  })
  expect(readSqlite(engine, 'x.sqlite', fileOf('CREATE TABLE a (b); DROP TABLE a'))).toEqual({
    ok: false,
    failure: { code: 'sql-sqlite', message: 'x.sqlite has no tables. Choose another file.' },
  })
})

test('rows that MySQL would not keep are a failure with file, table and value', () => {
  const refused = (sql: string) => {
    const read = readSqlite(engine, 'x.sqlite', fileOf(sql))
    return read.ok ? 'read' : read.failure.message
  }
  expect(refused("CREATE TABLE a (b TEXT PRIMARY KEY); INSERT INTO a VALUES ('x'), ('X');")).toBe(
    "x.sqlite: table a: Duplicate entry 'X' for key 'a.PRIMARY'. Nothing of this file was read.",
  )
  expect(refused('CREATE TABLE a (b TEXT PRIMARY KEY); INSERT INTO a VALUES (NULL);')).toBe(
    "x.sqlite: table a: Column 'b' cannot be null. Nothing of this file was read.",
  )
})
