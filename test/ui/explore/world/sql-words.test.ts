import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namesIn, sqlTokens } from '../../../../src/ui/explore/world/sql-tokens.ts'
import {
  type Comparison,
  comparisonBars,
  isNumeric,
  orderWords,
  rewardWords,
  rowsSentence,
  rowsShown,
} from '../../../../src/ui/explore/world/sql-words.ts'
import { actionWords, twoLines } from '../../../../src/ui/words/action-words.ts'

const kinds = (sql: string): string[] =>
  sqlTokens(sql).flatMap(({ kind, text }) => (kind === 'other' ? [] : `${kind} ${text}`))

describe('an SQL action in words', () => {
  test('is its statement without the fence, whole', () => {
    expect(actionWords('```sql\nSELECT 1\n```')).toBe('SELECT 1')
    expect(actionWords('```sql\nSELECT a,\n  b\nFROM t\n```')).toBe('SELECT a,\n  b\nFROM t')
    expect(actionWords('```SQL SELECT 1```')).toBe('SELECT 1')
    expect(actionWords('```sql\nSELECT 1')).toBe('SELECT 1')
  })
  test('leaves everything else as it is', () => {
    for (const action of ['submit', 'click[buy now]', 'search[`red` shoes]', 'SELECT 1', '']) {
      expect(actionWords(action)).toBe(action)
    }
  })
  test('has two lines on a card: all of it, or its beginning and its end', () => {
    expect(twoLines('submit')).toBe('submit')
    expect(twoLines('SELECT name,\n  age FROM singer')).toBe('SELECT name, age FROM\nsinger')
    expect(twoLines('SELECT title, listeners FROM programme ORDER BY listeners DESC')).toBe(
      'SELECT title, listeners\n…ORDER BY listeners DESC',
    )
    expect(twoLines('x'.repeat(80))).toBe(`${'x'.repeat(25)}\n…${'x'.repeat(24)}`)
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const lines = twoLines(text).split('\n')
        expect(lines.length).toBeLessThanOrEqual(2)
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(25)
      }),
    )
  })
  test('is never empty where there was something', () => {
    expect(actionWords('```sql\n```')).toBe('```sql\n```')
  })
})

describe('SQL in colours', () => {
  test('tells keywords, names, strings, numbers and comments apart', () => {
    expect(
      kinds("select COUNT(*), 1.5e3 FROM `order` -- all\nWHERE a = 'it''s' AND t.order <> \"x\\\"y\" /* so */"),
    ).toEqual([
      'keyword select',
      'keyword COUNT',
      'number 1.5e3',
      'keyword FROM',
      'name `order`',
      'comment -- all',
      'keyword WHERE',
      'name a',
      "string 'it''s'",
      'keyword AND',
      'name t',
      'name order',
      'string "x\\"y"',
      'comment /* so */',
    ])
  })
  test('takes what is unfinished to the end', () => {
    expect(kinds("SELECT 'abc")).toEqual(['keyword SELECT', "string 'abc"])
    expect(kinds('/* never')).toEqual(['comment /* never'])
    expect(kinds("'a\\")).toEqual(["string 'a\\"])
    expect(kinds('5-3')).toEqual(['number 5', 'number 3'])
  })
  test('loses nothing of any text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("'", '"', '`', '\\', '--', '/*', '*/', '#', '\n', 'SELECT', '1.'),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const sql = pieces.join('')
        expect(
          sqlTokens(sql)
            .map(({ text }) => text)
            .join(''),
        ).toBe(sql)
      }),
    )
  })
  test('is quick on hostile text', () => {
    for (const sql of ["'".repeat(20_001), "'\\".repeat(20_000), '`'.repeat(20_001), '/* '.repeat(20_000)]) {
      expect(sqlTokens(sql).length).toBeLessThan(20)
    }
  })
  test('knows what a statement names', () => {
    expect([...namesIn("SELECT T1.Name FROM `Singer` AS T1 JOIN concert WHERE x = 'stadium' -- city")]).toEqual([
      't1',
      'name',
      'singer',
      'concert',
      'x',
    ])
  })
})

test('a column of numbers stands to the right', () => {
  expect(isNumeric(['1', '-2.5', null, '1e9'])).toBe(true)
  expect(isNumeric(['1', '2020-01-01'])).toBe(false)
  expect([isNumeric([]), isNumeric([null]), isNumeric([''])]).toEqual([false, false, false])
})
test('rows are counted, and said to be cut', () => {
  expect([rowsShown(1, 1), rowsShown(0, 0), rowsShown(100, 1310)]).toEqual(['1 row', '0 rows', '100 of 1,310 rows'])
})

describe('the comparison with gold', () => {
  const same: Comparison = {
    ...{ goldRows: [], goldTotal: 14, matching: 14, missing: 0, extra: 0, iou: 1, tau: 1, goldRan: true },
  }
  const part: Comparison = { ...same, matching: 12, missing: 2, extra: 3, iou: 12 / 17, tau: 0.5 }
  test('says which rows are there', () => {
    expect(rowsSentence(same)).toBe('All 14 gold rows.')
    expect(rowsSentence({ ...same, goldTotal: 1, matching: 1 })).toBe('The gold row, exactly.')
    expect(rowsSentence(part)).toBe('12 of 14 gold rows, 2 missing, 3 extra.')
    expect(rowsSentence({ ...part, missing: 0, matching: 14 })).toBe('14 of 14 gold rows, 3 extra.')
    expect(rowsSentence({ ...same, goldTotal: 0, matching: 0 })).toBe('Both results are empty, which counts as equal.')
    expect(rowsSentence({ ...same, goldRan: false })).toContain('gold query fails')
  })
  test('says how they are ordered', () => {
    expect([1, 0.5, 0, -0.5, -1].map((tau) => orderWords({ tau, matching: 3 }))).toEqual([
      'the same',
      'partly the same',
      'mostly another',
      'mostly another',
      'reversed',
    ])
    expect(orderWords({ tau: undefined, matching: 0 })).toBe('no row in common')
    expect(orderWords({ tau: undefined, matching: 1 })).toBe('nothing to order')
  })
  test('says where the reward comes from, under either setting', () => {
    expect(rewardWords(part, 0.35)).toBe('IoU 0.71 × order 0.50')
    expect(rewardWords(part, 12 / 17)).toBe('IoU 0.71')
    expect(rewardWords({ iou: 0.5, tau: -1 }, -0.5)).toBe('IoU 0.50 × order −1.00')
    expect(rewardWords({ iou: 0.5, tau: undefined }, 0.5)).toBe('IoU 0.50')
    expect(rewardWords(part, 0)).toBe('')
  })
  test('draws the overlap as its share', () => {
    expect(comparisonBars(part).map(({ share }) => share)).toEqual([12 / 17, 2 / 17, 3 / 17])
    expect(comparisonBars({ ...same, matching: 0 }).map(({ share }) => share)).toEqual([0, 0, 0])
  })
})
