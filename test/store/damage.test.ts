import { openDB } from 'idb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { batchesOf } from '../../src/store/batch.ts'
import { openIndexedDb } from '../../src/store/indexed-db.ts'
import type { Store } from '../../src/store/store.ts'
import { headerOf, taskEventsOf } from '../../src/worker/runs/log-text.ts'
import { forgetStored, openBrowserStore } from './browser-store.ts'
import { storeToyRun, toyLog } from './stored-run.ts'

let store: Store

beforeEach(async () => {
  forgetStored()
  store = await openBrowserStore()
  await storeToyRun(store, 'a', toyLog.length, 25)
  await storeToyRun(store, 'b')
})

afterEach(() => {
  vi.restoreAllMocks()
  store.close()
})

async function put(room: string, value: unknown): Promise<void> {
  const database = await openDB('rro-lab')
  await database.put(room, value)
  database.close()
}

test.each([
  ['of a newer version', { id: 'a', version: 7 }, 'run-newer', /newer RRO Lab/],
  ['that is not a record', { id: 'a' }, 'run-damaged', /"a" is damaged/],
  ['with settings out of range', { config: { rollouts: -3 } }, 'run-damaged', /config/],
  ['with a count that is none', { events: 'many' }, 'run-damaged', /events/],
  ['with a time that is none', { createdAtMs: Number.NaN }, 'run-damaged', /createdAtMs/],
])('a record %s is told of, left alone, and hides no other run', async (_name, change, code, sentence) => {
  const good = await store.run('a')
  const whole = 'version' in change || Object.keys(change).join() === 'id'
  const bad = whole ? change : { ...(good.ok ? good.value : {}), ...change }
  await put('runs', bad)
  const runs = await store.runs()
  if (!runs.ok) expect.fail(runs.failure.message)
  expect(runs.value.records.map(({ id }) => id)).toEqual(['b'])
  expect(runs.value.unreadable[0]?.message).toMatch(sentence)
  expect(await store.run('a')).toMatchObject({ ok: false, failure: { code } })
  expect(await store.amend(['a'], () => ({ name: 'x' }))).toMatchObject({ ok: false, failure: { code } })
  const written = await store.append(
    { record: good.ok ? good.value : expect.fail(), batches: batchesOf(toyLog.slice(0, 3), 0), tasks: [] },
    true,
  )
  expect(written).toMatchObject({ ok: false, failure: { code } })
  const database = await openDB('rro-lab')
  expect(await database.get('runs', 'a')).toEqual(bad)
  database.close()
})

test.each([
  ['is no batch', { runId: 'a', firstSeq: 25, text: 5 }],
  ['says another count', { runId: 'a', firstSeq: 25, count: 3, task: 0, text: '{}\n' }],
  ['ends within a line', { runId: 'a', firstSeq: 25, count: 1, task: 0, text: '{}\n{' }],
])('a batch that %s ends the reading with a sentence', async (_name, batch) => {
  await put('batches', batch)
  const read: boolean[] = []
  for await (const page of store.batches('a', toyLog.length)) {
    read.push(page.ok)
    if (!page.ok) expect(page.failure).toMatchObject({ code: 'batch-damaged', message: /from event 26 on/ })
  }
  expect(read.at(-1)).toBe(false)
  expect(read.filter((ok) => !ok)).toHaveLength(1)
})

test('a batch that is missing is noticed, in the middle and at the end', async () => {
  const database = await openDB('rro-lab')
  const keys = (await database.getAllKeys('batches')) as [string, number][]
  for (const key of [keys[3], keys.filter(([id]) => id === 'a').at(-1)]) {
    const batch: unknown = await database.get('batches', key ?? expect.fail())
    await database.delete('batches', key ?? expect.fail())
    let last: { ok: boolean } | undefined
    for await (const page of store.batches('a', toyLog.length)) last = page
    expect(last).toMatchObject({ ok: false, failure: { code: 'batch-damaged' } })
    await database.put('batches', batch)
  }
  database.close()
})

test('text that holds no events is told of', async () => {
  await put('batches', { runId: 'a', firstSeq: 0, count: 1, task: -1, text: '{"type":"coffee"}\n' })
  expect(await headerOf(store, 'a')).toMatchObject({ ok: false, failure: { code: 'batch-damaged' } })
  await put('batches', { runId: 'a', firstSeq: 1, count: 1, task: 0, text: 'nonsense\n' })
  expect(await taskEventsOf(store, 'a', 0)).toMatchObject({ ok: false, failure: { code: 'batch-damaged' } })
})

test('a damaged overview is told of', async () => {
  await put('tasks', { runId: 'a', task: 1, reward: 'good' })
  expect(await store.tasks('a')).toMatchObject({ ok: false, failure: { code: 'tasks-damaged', message: /task 2/ } })
})

test('a full disk is a sentence, and nothing of the transaction is stored', async () => {
  const record = await storeToyRun(store, 'c', 100)
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  const append = () =>
    store.append(
      { record: { ...record, events: 110 }, batches: batchesOf(toyLog.slice(100, 110), 100), tasks: [] },
      true,
    )
  expect(await append()).toMatchObject({ ok: false, failure: { code: 'storage-full', message: /Export and delete/ } })
  add.mockRestore()
  expect(await store.run('c')).toEqual({ ok: true, value: record })
  expect(await append()).toEqual({ ok: true, value: true })
})

test('a browser without storage is a sentence', async () => {
  vi.stubGlobal('indexedDB', undefined)
  expect(await openIndexedDb()).toMatchObject({ ok: false, failure: { code: 'storage-missing' } })
  vi.unstubAllGlobals()
})

test('a database of a newer page is a sentence', async () => {
  const newer = await openDB('newer', 99)
  newer.close()
  expect(await openIndexedDb(undefined, 'newer')).toMatchObject({ ok: false, failure: { code: 'storage-newer' } })
})

test('an upgrade that an old tab holds up is a sentence', async () => {
  const old = await openDB('older', 1)
  expect(await openIndexedDb(undefined, 'older')).toMatchObject({ ok: false, failure: { code: 'storage-blocked' } })
  old.close()
})

test('a store gives way to a newer page and says so', async () => {
  const newer = await openDB('rro-lab', 99)
  expect(await store.runs()).toMatchObject({ ok: false, failure: { code: 'storage-outdated' } })
  newer.close()
})
