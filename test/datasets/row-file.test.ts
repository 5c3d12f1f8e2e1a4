/** Every kind of file holds the same rows, as readers that are not ours find them. */
import { expect, test } from 'vitest'
import { lineOfRow, type Row } from '../../src/datasets/cells.ts'
import { FILE_KINDS, type FileKind } from '../../src/datasets/file-kinds.ts'
import { rowFile } from '../../src/datasets/row-file.ts'
import { PARQUET_READERS, rowGroupsOf } from './parquet-readers.ts'

const TEXTS = [
  '',
  '=1+1',
  '+49',
  '-1',
  '@SUM(A1)',
  '\tx',
  'a "quoted", part',
  'two\r\nlines',
  '＝1',
  'Grüße 🌍 \ud800',
  '-5',
]

function rowOf(i: number): Row {
  const text = TEXTS[i % TEXTS.length] ?? ''
  const messages = ['system', 'user', 'assistant']
    .slice(0, i % 4)
    .map((role) => ({ role: role as 'user', content: `${text} ${i}` }))
  return {
    ...{ text, flag: i % 3 === 0, whole: { int: i - 5 }, part: { float: (i - 7) / 4 } },
    ...{ talk: { messages }, turns: { turns: messages }, side: { message: { role: 'assistant', content: text } } },
    ...{ texts: { texts: TEXTS.slice(0, i % 3) }, flags: { flags: [true, false].slice(0, i % 3) } },
    ...{ values: { floats: [0.5, -1, i].slice(i % 4) }, more: { fields: { style: text, index: { int: i } } } },
  }
}

async function written(kind: FileKind, rows: readonly Row[]) {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const file = await rowFile(kind, (bytes) => {
    pieces.push(bytes)
  })
  for (const row of rows) await file.add(row)
  await file.end()
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer())
  return { bytes, text: new TextDecoder().decode(bytes), pieces }
}

const ROWS = Array.from({ length: 2500 }, (_, i) => rowOf(i))
const EXPECTED = ROWS.map((row) => JSON.parse(lineOfRow(row)))

test('JSON Lines and one JSON array hold the same', async () => {
  const lines = (await written('jsonl', ROWS)).text.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual(EXPECTED)
  expect(JSON.parse((await written('json', ROWS)).text)).toEqual(EXPECTED)
})

test.each(Object.entries(PARQUET_READERS))('Parquet, read by %s, holds the same', async (_, read) => {
  expect(await read((await written('parquet', ROWS)).bytes)).toEqual(EXPECTED)
})

test('Parquet is written in groups of a bounded size, by rows and by characters', async () => {
  expect(rowGroupsOf((await written('parquet', ROWS)).bytes)).toEqual([1000, 1000, 500])
  const long = Array.from({ length: 50 }, (_, i) => ({ text: `${i}${'x'.repeat(300_000)}` }))
  const { bytes, pieces } = await written('parquet', long)
  expect(rowGroupsOf(bytes)).toEqual([14, 14, 14, 8])
  expect(pieces.length).toBeGreaterThan(4)
})

test.each(FILE_KINDS)('%s: the same rows give the same bytes', async (kind) => {
  const [one, other] = [await written(kind, ROWS), await written(kind, ROWS)]
  expect(Buffer.from(one.bytes).equals(other.bytes)).toBe(true)
})

test('CSV is read back by the grammar of RFC 4180, with formulas made harmless and numbers as they are', async () => {
  const rows = TEXTS.map((text, i): Row => ({ text, 'a, b': { int: -i }, part: { float: -0.5 }, flag: true }))
  const [head, ...read] = recordsOf((await written('csv', rows)).text)
  expect(head).toEqual(['text', 'a, b', 'part', 'flag'])
  expect(read.map(([text]) => text)).toEqual([
    ...['', "'=1+1", "'+49", "'-1", "'@SUM(A1)", "'\tx", 'a "quoted", part', 'two\r\nlines', "'＝1"],
    ...['Grüße 🌍 \ufffd', "'-5"],
  ])
  expect(read.map(([, whole, part, flag]) => [whole, part, flag])).toEqual(
    TEXTS.map((_, i) => [String(0 - i), '-0.5', 'true']),
  )
})

/** By the grammar: fields, quoted or not, between commas; records that end in CR LF. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [[]]
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  while (field.lastIndex < text.length) {
    const at = field.lastIndex
    const [, quoted, bare = '', after] = field.exec(text) ?? expect.fail(`no field at ${at}`)
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare)
    if (after === '\r\n') records.push([])
  }
  return records.slice(0, -1)
}
