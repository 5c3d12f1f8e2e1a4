import fc from 'fast-check'
import { openDB } from 'idb'
import { beforeEach, describe, expect, test } from 'vitest'
import { foldRun } from '../../src/core/log/fold-run.ts'
import { batchesOf, FRAME } from '../../src/store/batch.ts'
import { forgetStored, openBrowserStore, STORES } from './browser-store.ts'
import { storeToyRun, textOf, toyLog, toyRecord, toyText } from './stored-run.ts'

beforeEach(forgetStored)

describe.each(STORES)('a store in %s', (_name, open) => {
  test('gives back the log that was written, however it was cut into batches', async () => {
    const store = await open()
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), async (step) => {
        const id = `run-${run++}`
        const record = await storeToyRun(store, id, toyLog.length, step)
        expect(await textOf(store, id, record.events)).toBe(toyText)
        expect(await store.run(id)).toEqual({ ok: true, value: record })
      }),
      { numRuns: 15 },
    )
  })

  test('keeps totals that are the fold of the log', async () => {
    const store = await open()
    const record = await storeToyRun(store, 'a')
    const { events, steps, risenSteps, pairs, cost, finished, tasks } = foldRun(toyLog)
    expect(record).toMatchObject({ events, steps, risenSteps, pairs, cost, finished, tasksFinished: tasks.length })
    const entries = await store.tasks('a')
    expect(entries).toEqual({ ok: true, value: tasks.map((summary, task) => ({ task, ...summary })) })
  })

  test('finds the events of a task, and the frame', async () => {
    const store = await open()
    await storeToyRun(store, 'a', toyLog.length, 7)
    await storeToyRun(store, 'b', 50, 7)
    for (const task of [FRAME, 0, 1, 2]) {
      const batches = await store.taskBatches('a', task)
      if (!batches.ok) expect.fail(batches.failure.message)
      const expected = toyLog.filter((event) => ('task' in event ? event.task : FRAME) === task)
      expect(batches.value.map(({ text }) => text).join('')).toBe(
        expected.map((e) => `${JSON.stringify(e)}\n`).join(''),
      )
    }
  })

  test('never overwrites: an append that does not follow changes nothing', async () => {
    const store = await open()
    const record = await storeToyRun(store, 'a', 100)
    for (const firstSeq of [0, 60, 99, 101]) {
      const batches = batchesOf(toyLog.slice(60, 70), firstSeq)
      const written = await store.append({ record: { ...record, events: 999 }, batches, tasks: [] }, true)
      expect(written).toMatchObject({ ok: false, failure: { code: 'append-conflict' } })
    }
    expect(await store.run('a')).toEqual({ ok: true, value: record })
    expect(await textOf(store, 'a', 100)).toBe(`${toyText.split('\n').slice(0, 100).join('\n')}\n`)
  })

  test('refuses to go on with a run that was deleted', async () => {
    const store = await open()
    const record = await storeToyRun(store, 'a', 100)
    await store.remove('a')
    const written = await store.append({ record, batches: batchesOf(toyLog.slice(100, 110), 100), tasks: [] }, true)
    expect(written).toMatchObject({ ok: false, failure: { code: 'run-gone' } })
    expect(await store.run('a')).toMatchObject({ ok: false, failure: { code: 'run-gone' } })
    expect(await store.drafts()).toEqual({ ok: true, value: [] })
  })

  test('lists runs newest first, and renames and removes them one by one', async () => {
    const store = await open()
    for (const [id, createdAtMs] of [
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ] as const) {
      await store.append(
        { record: { ...toyRecord(id, createdAtMs), events: 1 }, batches: batchesOf(toyLog.slice(0, 1), 0), tasks: [] },
        false,
      )
    }
    await store.remove('c')
    const best = () => ({ name: 'Best' })
    expect(await store.amend(['a', 'x'], best)).toMatchObject({ ok: true, value: [{ id: 'a', name: 'Best' }] })
    const runs = await store.runs()
    expect(runs.ok && runs.value.records.map(({ name }) => name)).toEqual(['Run b', 'Best'])
    expect(await store.amend(['x'], best)).toEqual({ ok: true, value: [] })
  })

  test('keeps a new name, labels and a deletion while events are appended', async () => {
    const store = await open()
    const record = await storeToyRun(store, 'a', 100)
    await store.amend(['a'], () => ({ name: 'Best', labels: { pinned: true, tags: [], note: '' }, discardedAtMs: 9 }))
    const next = { ...record, events: 110 }
    await store.append({ record: next, batches: batchesOf(toyLog.slice(100, 110), 100), tasks: [] }, false)
    const kept = { name: 'Best', labels: { pinned: true }, discardedAtMs: 9, events: 110 }
    expect(await store.run('a')).toMatchObject({ ok: true, value: kept })
    expect(await store.runs()).toMatchObject({ ok: true, value: { records: [] } })
    expect(await store.runs(true)).toMatchObject({ ok: true, value: { records: [kept] } })
  })

  test('hides a draft until it is published', async () => {
    const store = await open()
    await store.draft('a', batchesOf(toyLog.slice(0, 30), 0), [])
    expect(await store.drafts()).toEqual({ ok: true, value: ['a'] })
    expect((await store.run('a')).ok).toBe(false)
    await store.publish([{ ...toyRecord('a'), events: 30 }])
    expect(await store.drafts()).toEqual({ ok: true, value: [] })
    expect((await textOf(store, 'a', 30)).split('\n')).toHaveLength(31)
  })

  test('keeps what is put there as small records, one value a key, apart from the runs', async () => {
    const store = await open()
    const records = store.smallRecords('agents')
    await records.put('a', { name: 'first' })
    await records.put('b', { name: 'other' })
    await records.put('a', { name: 'second' })
    expect(await records.all()).toEqual({
      ok: true,
      value: [
        { model: 'a', name: 'second' },
        { model: 'b', name: 'other' },
      ],
    })
    await records.remove('a')
    expect(await store.smallRecords('agents').get('a')).toEqual({ ok: true, value: undefined })
    expect(await store.smallRecords('agents').get('b')).toEqual({ ok: true, value: { model: 'b', name: 'other' } })
    expect(await store.runs()).toEqual({ ok: true, value: { records: [], unreadable: [] } })
  })
})

test('a database of the first version keeps its runs and gets small records', async () => {
  const first = await openDB('rro-lab', 1, {
    upgrade(database) {
      database.createObjectStore('runs', { keyPath: 'id' })
      database.createObjectStore('batches', { keyPath: ['runId', 'firstSeq'] }).createIndex('task', ['runId', 'task'])
      database.createObjectStore('tasks', { keyPath: ['runId', 'task'] })
    },
  })
  await first.put('runs', toyRecord('a'))
  first.close()
  const store = await openBrowserStore()
  expect(await store.run('a')).toEqual({ ok: true, value: toyRecord('a') })
  expect(await store.smallRecords('agents').all()).toEqual({ ok: true, value: [] })
})
