import { expect, test } from 'vitest'
import { parseComparison } from '../../../../src/core/comparison/comparison-address.ts'
import { cellsCsv, cellsJson } from '../../../../src/core/comparison/results/comparison-file.ts'
import { cellOf, cellsOfAll, comparisonOf } from '../toy-cells.ts'

const comparison = comparisonOf()

/** No field of these has a comma of its own. */
function parseCsv(text: string): string[][] {
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','))
}

test('the CSV has a line for each cell, with all digits, in one order however the cells came', () => {
  const cells = cellsOfAll(comparison, (arm, seed) => 1 / 3 + arm / 7 + seed / 11)
  const text = cellsCsv(comparison, cells)
  expect(cellsCsv(comparison, cells.toReversed())).toBe(text)
  const [header = [], ...lines] = parseCsv(text)
  expect(lines.length).toBe(cells.length)
  const column = (name: string) => header.indexOf(name)
  for (const line of lines) expect(line.length).toBe(header.length)
  expect(new Set(header).size).toBe(header.length)
  expect(lines[6]?.[column('arm')]).toBe('fixed-size:candidates=3')
  expect(Number(lines[6]?.[column('reward')])).toBe(1 / 3 + 1 / 7 + 1 / 11)
  expect(lines[6]?.[column('false_rises')]).toBe('')
  expect(lines[6]?.[column('candidates_per_step_mean')]).toBe('1.6')
})

test('the JSON gives back the comparison and the cells', () => {
  const cells = [cellOf({ arm: 3, seed: 2, budget: 2000 }, 0.1 + 0.2)]
  const back = JSON.parse(cellsJson(comparison, cells))
  expect(back.cells).toEqual(cells)
  expect(back.comparison).toEqual(comparison)
  expect(parseComparison(back.address)).toEqual({ comparison, corrections: [] })
})

test('both name the data where it is the visitor’s own', () => {
  const own = { ...comparison, data: '0123456789abcdef' }
  const cells = [cellOf({ arm: 3, seed: 2, budget: 2000 }, 0.5)]
  const [header = [], line = []] = parseCsv(cellsCsv(own, cells))
  expect(line[header.indexOf('data')]).toBe(own.data)
  expect(parseComparison(JSON.parse(cellsJson(own, cells)).address).comparison.data).toBe(own.data)
  expect(cellsCsv(comparison, cells)).not.toContain('data')
})
