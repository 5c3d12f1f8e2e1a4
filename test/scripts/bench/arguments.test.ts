import { expect, test } from 'vitest'
import { readArguments } from '../../../src/scripts/bench/arguments.ts'
import { ROW_NAMES, withRow } from '../../../src/scripts/bench/rows.ts'

const NAMES = ['engine.fold', 'engine.search', 'languageModel', 'page.load', 'pageDatasets']

function rowsFor(...argv: string[]): readonly string[] | string {
  const read = readArguments(argv, NAMES)
  return read.ok ? read.value.rows : read.failure.message
}

test('all rows, in their order, where none is named', () => {
  expect(rowsFor()).toEqual(NAMES)
  expect(readArguments([], NAMES)).toMatchObject({ value: { hostile: 500, save: undefined, compare: undefined } })
})

test('a row is named whole, or by the beginning that it shares with others', () => {
  expect(rowsFor('--only', 'page.load', 'engine')).toEqual(['engine.fold', 'engine.search', 'page.load'])
  expect(rowsFor('--only', 'page')).toEqual(['page.load'])
  expect(rowsFor('--only=engine.fold', '--only', 'languageModel')).toEqual(['engine.fold', 'languageModel'])
})

test('files and numbers stand behind their words', () => {
  expect(
    readArguments(
      ['--only', 'engine', '--save', 'a.json', '--compare=b.json', '--hostile', '20000', '--merge-tasks=1000000'],
      NAMES,
    ),
  ).toMatchObject({
    value: { save: 'a.json', compare: 'b.json', hostile: 20_000, mergeTasks: 1_000_000 },
  })
})

test.each([
  [['--only'], /no row behind it/],
  [['--only', '--save', 'a'], /no row behind it/],
  [['--only', 'engin'], /no row "engin"/],
  [['--only', 'constructor'], /no row "constructor"/],
  [['--save'], /--save has nothing/],
  [['--compare', ''], /--compare has nothing/],
  [['--hostile', '1e9'], /whole number/],
  [['--merge-tasks', '1000001'], /whole number from 1 to 1000000/],
  [['engine'], /"engine" is not understood/],
  [['--fast'], /"--fast" is not understood/],
])('%j is refused with a sentence', (argv, sentence) => {
  expect(rowsFor(...argv)).toMatch(sentence)
})

test('a row stands in the results under its name, beside the others', () => {
  const one = withRow({}, 'engine.fold', { ms: 1 })
  expect(withRow(one, 'engine.search', 2)).toEqual({ engine: { fold: { ms: 1 }, search: 2 } })
  expect(withRow(one, 'datasets', 3)).toEqual({ engine: { fold: { ms: 1 } }, datasets: 3 })
})

test('no name of a row is the beginning of another, so that none covers another in the results', () => {
  expect(ROW_NAMES.filter((name) => ROW_NAMES.some((other) => other.startsWith(`${name}.`)))).toEqual([])
})
