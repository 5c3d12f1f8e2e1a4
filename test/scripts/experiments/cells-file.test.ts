import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openCells } from '../../../src/scripts/experiments/cells-file.ts'

const RECORD = { key: 'k', cell: { arm: 0, seed: 1, budget: 100 }, seconds: 2 }
const LINE = JSON.stringify(RECORD)

async function fileOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cells-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'cells.jsonl')
  await writeFile(path, text)
  return path
}

test.each([
  ['a document', '# Experiments\n\nWords.\n', 1],
  ['one line without an end', '{"name": "something else"}', 1],
  ['records, and something else behind them', `${LINE}\nnot json\n`, 2],
  ['a record of another shape', `${LINE}\n{"key":"x"}\n`, 2],
  ['records, and the beginning of something else', `${LINE}\nfoo`, 2],
])('%s is no file of cells, which is said, and stays as it is', async (_, text, line) => {
  const path = await fileOf(text)
  expect(() => openCells(path)).toThrow(`${path}, line ${line}, is no cell of a study. Nothing was changed there`)
  expect(await readFile(path, 'utf8')).toBe(text)
})

test.each(['', '{', '{"key":"k","cel', LINE])('a last line that was cut short (%s) is taken away', async (rest) => {
  const path = await fileOf(`${LINE}\n${rest}`)
  expect(openCells(path).get('k', 1, 100)).toEqual(RECORD)
  expect(await readFile(path, 'utf8')).toBe(`${LINE}\n`)
})
