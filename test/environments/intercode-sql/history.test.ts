/** What was asked before never changes an answer, nor what it earns. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { createInterCodeSql } from '../../../src/environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../../../src/environments/intercode-sql/official-files.ts'
import { loadSqlData } from '../../../src/environments/intercode-sql/sql-data.ts'
import { openSession } from '../../../src/mysql/index.ts'
import { diskLoader } from '../../../src/node/disk-loader.ts'
import { engine, smallData } from './shop.ts'

/** Statements after which memory is full, a sort is stopped in its middle, or functions keep what they have seen. */
const POISON = [
  "WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n WHERE x < 1000) SELECT REPEAT('a', 99000 + x % 1000) AS s FROM n ORDER BY s",
  'SELECT COUNT(*) FROM (SELECT a.table_name AS t FROM information_schema.columns a, information_schema.columns b, information_schema.columns c ORDER BY a.table_name, c.column_name) d',
  "SELECT SUM(LENGTH(REVERSE(REPEAT('a', 99999)))), BIT_XOR(1e300), GROUP_CONCAT(REPEAT('b', 9999)) FROM information_schema.columns",
  "SELECT REPEAT('a', 99999) REGEXP '(a|aa)+b' OR REPEAT('a', 99999) LIKE CONCAT('%', REPEAT('a', 50000), 'b%')",
]

test('after statements that spoil an engine every gold query earns 1', async () => {
  const texts = unwrap(await diskLoader().files('intercode-sql'))
  const data = unwrap(
    loadSqlData(engine, unwrap(readSqlFiles(texts.map(({ name, text }) => ({ name, content: text }))))),
  )
  const environment = createInterCodeSql(engine, data)
  const [first] = environment.tasks('train')
  if (first === undefined) throw new Error('no tasks')
  for (const sql of POISON) environment.step(environment.reset(first), `\`\`\`sql\n${sql}\n\`\`\``)
  const poor = data.tasks.filter((task) => {
    const open = environment.task(task.id)
    if (open === undefined) return true
    const asked = environment.step(environment.reset(open), `\`\`\`sql\n${task.gold}\n\`\`\``)
    return environment.step(asked.state, 'submit').reward !== 1
  })
  environment.close()
  expect(data.tasks.length).toBeGreaterThan(500)
  expect(poor.map(({ id }) => id)).toEqual([])
})

test('a statement has one answer, whatever was asked before it', () => {
  const statements = [
    ...POISON,
    'SELECT name, wage * 3 FROM baker ORDER BY town',
    'SELECT town, COUNT(*), AVG(wage) FROM baker GROUP BY town',
    'SELECT GROUP_CONCAT(label ORDER BY rank_no), BIT_OR(id) FROM yard.tool',
    "SELECT name FROM baker WHERE name REGEXP '^[a-c]' OR town LIKE 'GHENT'",
    'SELECT a.code FROM loaf a, loaf b, loaf c, loaf d, loaf e, loaf f, loaf g ORDER BY b.price LIMIT 3',
    'SELECT nothing FROM baker',
    'SELECT SUM(x) OVER (ORDER BY y) FROM twin',
  ]
  const ask = (session: ReturnType<typeof openSession>, i: number) =>
    session.run({ database: 'bakery', writes: [] }, statements[i] ?? '')
  const alone = statements.map((_, i) => {
    const session = openSession(engine, smallData().databases)
    const outcome = ask(session, i)
    session.close()
    return outcome
  })
  fc.assert(
    fc.property(fc.array(fc.nat(statements.length - 1), { minLength: 2, maxLength: 5 }), (order) => {
      const session = openSession(engine, smallData().databases)
      for (const i of order) expect(ask(session, i)).toEqual(alone[i])
      session.close()
    }),
    { numRuns: 8 },
  )
})
