/** What goes past the package's `capi` gives what goes through it, and comparisons by bytes what comparisons of texts give. */
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { SQL_LIMITS } from '../../src/mysql/index.ts'
import { startSqlEngine } from '../../src/mysql/run/engine/engine.ts'
import { handedValues } from '../../src/mysql/run/functions/handed-values.ts'
import { registerFunctions } from '../../src/mysql/run/functions/register.ts'
import { prepare, rowsOf } from '../../src/mysql/run/read-rows.ts'
import { compareText, compareTextNoPad } from '../../src/mysql/values/collation.ts'

const engine = await startSqlEngine()
const { capi, wasm, oo1 } = engine.sqlite
const db = new oo1.DB(':memory:')
registerFunctions(engine, db)
afterAll(() => db.close())

const letters = fc.constantFrom(...'aAbBzZ09 _-[`{éÉèßsS', '\u0301', 'ﬁ', 'İ', '中', '😀', '\ud800', '\0')
const text = fc.oneof(fc.string({ unit: letters, maxLength: 8 }), fc.string({ unit: 'grapheme', maxLength: 40 }))
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(-0, 2 ** 31, -(2 ** 31), 2 ** 31 - 1, 2 ** 53, -(2 ** 53), 2 ** 63, 1e300, 5e-324),
)
const whole = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const bytes = fc.uint8Array({ maxLength: 12 })
const value = fc.oneof(text, number, whole, bytes, fc.constant(null))

function literal(given: unknown): string {
  if (given === null) return 'NULL'
  if (typeof given === 'string') return `CAST(x'${Buffer.from(given).toString('hex')}' AS TEXT)`
  if (given instanceof Uint8Array) return `x'${Buffer.from(given).toString('hex')}'`
  if (typeof given === 'bigint') return given < 0n ? `(${given})` : String(given)
  if (!Number.isFinite(given)) return 'NULL'
  return `(${Object.is(given, -0) ? '-0.0' : given})`
}

/** As rows were read before: by the package, value by value. */
function cellsThroughPackage(sql: string, width: number): unknown[][] {
  const rows: unknown[][] = []
  const statement = db.prepare(sql)
  while (statement.step())
    rows.push(
      Array.from({ length: width }, (_, i) => {
        const pointer = statement.pointer as number // open
        switch (capi.sqlite3_column_type(pointer, i)) {
          case capi.SQLITE_INTEGER: {
            const near = capi.sqlite3_column_double(pointer, i)
            return Number.isSafeInteger(near) ? near : BigInt(capi.sqlite3_column_int64(pointer, i))
          }
          case capi.SQLITE_FLOAT:
            return capi.sqlite3_column_double(pointer, i)
          case capi.SQLITE_NULL:
            return null
          default:
            return capi.sqlite3_column_text(pointer, i) ?? ''
        }
      }),
    )
  statement.finalize()
  return rows
}

test('rows are read as the package reads them', () => {
  fc.assert(
    fc.property(fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }), (rows) => {
      const sql = rows.map((row) => `SELECT ${row.map(literal).join(', ')}`).join(' UNION ALL ')
      const statement = prepare(engine, db, sql)
      const read = rowsOf(engine, db, statement, 3, SQL_LIMITS)
      capi.sqlite3_finalize(statement)
      expect(read).toEqual(cellsThroughPackage(sql, 3))
    }),
    { numRuns: 300 },
  )
})

test('a statement that is longer than the room for one is prepared as well', () => {
  const long = 'é'.repeat(40_000)
  const statement = prepare(engine, db, `SELECT '${long}'`)
  expect(rowsOf(engine, db, statement, 1, SQL_LIMITS)).toEqual([[long]])
  capi.sqlite3_finalize(statement)
})

test('functions are given, and give back, what the package would hand over', () => {
  const handed = handedValues(engine)
  let given: unknown
  const echo = wasm.installFunction('v(pip)', (context: number, count: number, at: number) => {
    const [raw] = handed.take(count, at)
    const [packaged] = capi.sqlite3_values_to_js(count, at)
    expect(raw).toEqual(packaged)
    handed.give(context, given as number)
  })
  const echoPackaged = wasm.installFunction('v(pip)', (context: number) =>
    capi.sqlite3_result_js(context, given as number),
  )
  for (const [name, at] of [
    ['echo', echo],
    ['echo_packaged', echoPackaged],
  ] as const)
    db.checkRc(capi.sqlite3_create_function_v2(db, name, -1, capi.SQLITE_UTF8, 0, at, 0, 0, 0))
  fc.assert(
    fc.property(value, fc.oneof(value, fc.constant('x'.repeat(20_000)), fc.constant(undefined)), (handedIn, back) => {
      given = back
      const shape = (call: string) => `typeof(${call}), hex(${call}), ${call}`
      const [raw] = db.selectArrays(`SELECT ${shape(`echo(${literal(handedIn)})`)}`)
      const [packaged] = db.selectArrays(`SELECT ${shape('echo_packaged()')}`)
      expect(raw).toEqual(packaged)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['MYSQL', compareText],
  ['MYSQL_NO_PAD', compareTextNoPad],
])('%s compares bytes as its rules compare texts', (name, compare) => {
  const clean = text.map((each) => Buffer.from(each.replaceAll('\0', '')).toString())
  const pair = fc.oneof(
    fc.tuple(clean, clean),
    // One begins like the other.
    fc.tuple(clean, clean, clean).map(([a, b, c]) => [a + b, a.toUpperCase() + c] as const),
  )
  const order = db.prepare(`SELECT (?1 > ?2 COLLATE ${name}) - (?1 < ?2 COLLATE ${name})`)
  fc.assert(
    fc.property(pair, ([a, b]) => {
      order.bind([a, b]).step()
      expect(order.get(0)).toBe(compare(a, b))
      order.reset()
    }),
    { numRuns: 3000 },
  )
  order.finalize()
})
