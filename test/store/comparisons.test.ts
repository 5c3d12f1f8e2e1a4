import { openDB } from 'idb'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Comparison } from '../../src/core/comparison/comparison.ts'
import { parseComparison } from '../../src/core/comparison/comparison-address.ts'
import { unwrap } from '../../src/core/failure.ts'
import {
  COMPARISON_VERSION,
  type ComparisonRecord,
  comparisonOf,
  parseCell,
  parseComparisonRecord,
  versionOf,
  wordsOf,
} from '../../src/store/comparison-record.ts'
import type { ComparisonStore } from '../../src/store/comparison-store.ts'
import { openIndexedDb } from '../../src/store/indexed-db.ts'
import { toyCells } from '../worker/comparisons/toy-study.ts'
import { forgetStored, openBrowserStore, STORES } from './browser-store.ts'
import { storeToyRun, textOf, toyLog, toyText } from './stored-run.ts'

const { comparison } = parseComparison({
  arms: 'rro:candidates=3:margin=0.1;eto',
  budgets: '500,1000',
  seeds: 2,
  beta: 0.3,
})
const cells = toyCells(comparison)

function recordOf(id: string): ComparisonRecord {
  return { version: COMPARISON_VERSION, id, name: `Comparison ${id}`, createdAtMs: 1, words: wordsOf(comparison) }
}

async function readCells(store: ComparisonStore, id: string) {
  const stored = await store.cells(id)
  return stored.ok ? stored.value.map(parseCell) : expect.fail(stored.failure.message)
}

beforeEach(forgetStored)

test('every number of a policy gradient is stored, so that it stays what it is when a default changes', () => {
  const { comparison } = parseComparison({ arms: 'rloo;vineppo:rollouts=1:clip=0.1;rro', loss: 'ipo' })
  const words = wordsOf(comparison)
  expect(words.arms?.split(';')[0]).toMatch(/^rloo:learningRate=[\d.]+:batch=\d+:klWeight=[\d.]+$/)
  expect(words.arms?.split(';')[1]).toMatch(/^vineppo:rollouts=1:learningRate=.*:clip=0\.1$/)
  expect(words.arms?.split(';')[2]).toBe('rro')
  expect(words.loss).toBe('ipo')
  expect(comparisonOf({ ...recordOf('a'), words })).toEqual(comparison)
  expect(wordsOf(parseComparison({ arms: 'rro' }).comparison)).not.toHaveProperty('loss')
})

describe.each(STORES)('comparisons in %s', (_name, open) => {
  test('come back to the digit, each with its own cells', async () => {
    const store = unwrap(await (await open()).comparisons())
    await store.add(recordOf('a'))
    await store.add(recordOf('b'))
    expect(await store.addCells('a', cells.slice(0, 3))).toEqual({ ok: true, value: true })
    for (const cell of cells.slice(3)) await store.addCells('a', [cell])
    await store.addCells('b', cells.slice(0, 1))
    const stored = await store.get('a')
    const record = parseComparisonRecord(stored.ok ? stored.value : undefined)
    expect(record.ok && comparisonOf(record.value)).toEqual(comparison)
    const listed = await store.list()
    expect(listed.ok && listed.value.map((one) => one.cells).sort()).toEqual([1, 8])
    const back = await readCells(store, 'a')
    expect(back).toHaveLength(cells.length)
    for (const cell of cells) expect(back).toContainEqual(cell)
  })

  test('hold one cell in one place, whoever stored it last', async () => {
    const store = unwrap(await (await open()).comparisons())
    await store.add(recordOf('a'))
    const [cell = expect.fail()] = cells
    await store.addCells('a', [cell])
    await store.addCells('a', [{ ...cell, tasks: 77 }])
    expect(await readCells(store, 'a')).toEqual([{ ...cell, tasks: 77 }])
  })

  test('take no cells once they are deleted, and leave none behind', async () => {
    const store = unwrap(await (await open()).comparisons())
    await store.add(recordOf('a'))
    await store.add(recordOf('b'))
    await store.addCells('a', cells)
    await store.addCells('b', cells)
    await store.remove('a')
    expect(await store.addCells('a', cells)).toMatchObject({
      ok: false,
      failure: { code: 'comparison-gone' },
    })
    expect(await readCells(store, 'a')).toEqual([])
    expect(await readCells(store, 'b')).toHaveLength(cells.length)
  })
})

test('a plan is stored with every number in it, defaults too', () => {
  expect(Object.keys(wordsOf(comparison)).sort()).toEqual(
    ['arms', 'beta', 'budgets', 'environment', 'episodes', 'epochs', 'firstSeed', 'klWeight'].concat([
      'learningRate',
      'rounds',
      'seeds',
      'sftWeight',
      'start',
    ]),
  )
})

test('what is stored is not trusted', () => {
  const [cell = expect.fail()] = cells
  expect(parseCell({ comparisonId: 'a', ...cell })).toEqual(cell)
  for (const change of [{ score: 1 }, { seed: -1 }, { weights: [Number.NaN] }, { diagnosis: {} }, { tasks: 0.5 }])
    expect(parseCell({ ...cell, ...change })).toBeUndefined()
  expect(parseCell(null)).toBeUndefined()
  // Numbers that nothing earns: rewards are at most 1 and at least -1, shares between 0 and 1.
  const { score } = cell
  const thirds = { rising: [0.5, undefined, 1], notFalling: [1, 0, 1] }
  const counts = { risesChecked: 3, falseRises: 1, acceptedBias: -0.1, pairsChecked: 2, pairsOrdered: 2 }
  const diagnosis = { ...counts, before: thirds, after: thirds }
  expect(parseCell({ ...cell, diagnosis })).toEqual({ ...cell, diagnosis })
  for (const change of [
    ...[1e308, 1.01, -1.01].map((reward) => ({ score: { ...score, reward } })),
    { score: { ...score, success: -0.1 } },
    { rounds: [{ policyCalls: 1, score: { ...score, greedyReward: 2 } }] },
    { rounds: [] },
    { diagnosis: { ...diagnosis, falseRises: 4 } },
    { diagnosis: { ...diagnosis, pairsOrdered: 3 } },
    { diagnosis: { ...diagnosis, acceptedBias: 2.1 } },
    { diagnosis: { ...diagnosis, after: { ...thirds, rising: [9, 0, 0] } } },
    { diagnosis: { ...diagnosis, before: { ...thirds, notFalling: [1, 1] } } },
  ])
    expect(parseCell({ ...cell, ...change }), JSON.stringify(change)).toBeUndefined()
  const record = recordOf('a')
  expect(parseComparisonRecord(record)).toEqual({ ok: true, value: record })
  for (const change of [{ words: { beta: '-1' } }, { createdAtMs: 'now' }, { id: '' }])
    expect(parseComparisonRecord({ ...record, ...change })).toMatchObject({ failure: { code: 'comparison-damaged' } })
  expect(parseComparisonRecord({ ...record, version: 4 })).toMatchObject({ failure: { code: 'comparison-newer' } })
})

test('a database of the first version keeps its runs to the byte, and takes comparisons', async () => {
  const source = await openIndexedDb(undefined, 'source')
  if (!source.ok) return expect.fail(source.failure.message)
  await storeToyRun(source.value, 'a', toyLog.length, 25)
  const copy = await openDB('source')
  const old = await openDB('rro-lab', 1, {
    upgrade(database) {
      database.createObjectStore('runs', { keyPath: 'id' })
      database.createObjectStore('batches', { keyPath: ['runId', 'firstSeq'] }).createIndex('task', ['runId', 'task'])
      database.createObjectStore('tasks', { keyPath: ['runId', 'task'] })
    },
  })
  for (const room of ['runs', 'batches', 'tasks'])
    for (const value of await copy.getAll(room)) await old.put(room, value)
  old.close()
  const store = await openBrowserStore()
  const expected = [await source.value.run('a'), await source.value.tasks('a'), await source.value.taskBatches('a', 1)]
  expect([await store.run('a'), await store.tasks('a'), await store.taskBatches('a', 1)]).toEqual(expected)
  expect(await textOf(store, 'a', toyLog.length)).toBe(toyText)
  const comparisons = unwrap(await store.comparisons())
  await comparisons.add(recordOf('a'))
  await comparisons.addCells('a', cells)
  expect(await readCells(comparisons, 'a')).toHaveLength(cells.length)
})

test('one of the language model says so by its version, and its cells hold no weights and tell tokens', () => {
  const { comparison: language } = parseComparison({ policy: 'transformer' })
  expect(versionOf(language)).toBe(3)
  const record = { ...recordOf('a'), words: wordsOf(language) }
  expect(parseComparisonRecord({ ...record, version: 3 })).toMatchObject({ ok: true })
  for (const wrong of [
    { ...record, version: 1 },
    { ...record, version: 2 },
    { ...recordOf('a'), version: 3 },
  ])
    expect(parseComparisonRecord(wrong)).toMatchObject({ failure: { code: 'comparison-damaged' } })
  const [cell] = cells
  const own = { ...cell, weights: [], tokens: { explored: 900, trained: 80 } }
  expect(parseCell(own)).toEqual(own)
  expect(parseCell({ ...own, tokens: { explored: -1, trained: 80 } })).toBeUndefined()
})

test('one on brought data says so by its version: whoever knows none would take it for one on what ships', () => {
  const own: Comparison = { ...comparison, data: '0123456789abcdef', arms: [{ method: 'rro', settings: {} }] }
  expect([versionOf(comparison), versionOf(own)]).toEqual([1, 2])
  const record = { ...recordOf('a'), words: wordsOf(own) }
  expect(parseComparisonRecord({ ...record, version: 2 })).toMatchObject({ ok: true })
  for (const wrong of [
    { ...record, version: 1 },
    { ...recordOf('a'), version: 2 },
  ])
    expect(parseComparisonRecord(wrong)).toMatchObject({ failure: { code: 'comparison-damaged' } })
})
