import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson } from '../../../../src/environments/webshop/catalogue/json.ts'
import { type JsonRecord, readJsonFile } from '../../../../src/environments/webshop/kept/json-file.ts'
import { JsonSplitter } from '../../../../src/environments/webshop/kept/json-splitter.ts'

async function read(text: string | Uint8Array<ArrayBuffer>) {
  const records: JsonRecord[] = []
  const result = await readJsonFile(new File([text], 'some.json'), {
    record(record) {
      records.push(record)
      return undefined
    },
  })
  return { result, records }
}

/** What `JSON.parse` of the whole has, for a list or an object whose keys are all different. */
const whole = fc.oneof(
  fc.array(fc.jsonValue(), { maxLength: 5 }),
  fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 }),
)

test('any list or object has the records that it has when it is parsed whole', async () => {
  await fc.assert(
    fc.asyncProperty(whole, fc.constantFrom(undefined, 1, '\t'), async (value, indent) => {
      const { result, records } = await read(JSON.stringify(value, null, indent))
      const entries = Object.entries(JSON.parse(JSON.stringify(value)))
      expect(result).toMatchObject({
        ok: true,
        value: { root: Array.isArray(value) ? 'list' : 'object', records: entries.length },
      })
      expect(records.map((record) => record.value)).toEqual(entries.map(([, entry]) => entry))
      expect(records.map((record) => JSON.parse(record.text))).toEqual(entries.map(([, entry]) => entry))
      if (!Array.isArray(value)) expect(records.map(({ key }) => key)).toEqual(entries.map(([key]) => key))
    }),
  )
})

test('it does not matter where the pieces of a file end', () => {
  fc.assert(
    fc.property(whole, fc.array(fc.nat({ max: 60 }), { maxLength: 12 }), (value, cuts) => {
      const bytes = new TextEncoder().encode(`\ufeff ${JSON.stringify(value, null, 1)}\n`)
      const split = (ends: readonly number[]) => {
        const splitter = new JsonSplitter()
        const found: (readonly [string, number])[] = []
        let from = 0
        for (const end of [...ends, bytes.length]) {
          for (const record of splitter.push(bytes.slice(from, end)))
            found.push([new TextDecoder().decode(record.bytes), record.offset])
          from = end
        }
        return { found, closed: splitter.closed, fault: splitter.fault }
      }
      const ends = cuts.sort((a, b) => a - b).filter((end) => end < bytes.length)
      expect(split(ends)).toEqual(split([]))
      expect(split(ends)).toMatchObject({ closed: true, fault: undefined })
    }),
  )
})

describe('what is no JSON is refused where it is when the file is parsed whole', () => {
  test.each([
    '',
    ' \n',
    '[',
    '[1, 2',
    '{"a": [1, {"b": "c',
    '[1,, 2]',
    '[1, 2,]',
    '{"a": 1,}',
    '{,}',
    '[1 2]',
    '[{"a": 1} {"b": 2}]',
    '[{"a": 1}\n, {"b" 2}]',
    '{"a": 1, "b"}',
    '{"a": 1, 2: 3}',
    '["a\\x"]',
    '["tab\there"]',
    '[1]\n]',
    '[1] 2',
    '[1}',
    'nothing',
    '[{"a": tru}]',
    '{"ä": "ö",\n "ü": nul}',
  ])('%j', async (text) => {
    const { result } = await read(text)
    const wholly = readJson('some.json', text)
    expect(wholly.ok).toBe(false)
    expect(result).toEqual(wholly)
  })
})

test('of two entries with one key both are told, the later one last', async () => {
  const { records } = await read('{"a": 1, "__proto__": 2, "a": 3}')
  expect(records.map(({ key, value }) => [key, value])).toEqual([
    ['a', 1],
    ['__proto__', 2],
    ['a', 3],
  ])
})

test('stops where no more is wanted, and where a record is wrong', async () => {
  const wrong = { code: 'x', message: 'Wrong.' }
  const given: unknown[] = []
  const file = new File(['[1, 2, 3]'], 'a.json')
  const stopped = await readJsonFile(file, { record: ({ value }) => (given.push(value) === 2 ? 'enough' : undefined) })
  expect(stopped).toEqual({ ok: true, value: { root: 'list', records: 2 } })
  expect(await readJsonFile(file, { record: (_, i) => (i === 1 ? wrong : undefined) })).toEqual({
    ok: false,
    failure: wrong,
  })
})
