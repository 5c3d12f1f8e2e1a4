/** What every version of the database that shipped had stored is read today. */
import { beforeEach, describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { SAMPLED_VERSIONS, storeSample } from '../../../src/scripts/soak/sample.ts'
import { SCHEMA_VERSION } from '../../../src/store/database.ts'
import { openIndexedDb } from '../../../src/store/indexed-db.ts'
import type { LabUpdate } from '../../../src/worker/protocol/lab-api.ts'
import { fileOf, openTestLab } from '../../worker/labs.ts'
import { forgetStored } from '../browser-store.ts'

beforeEach(forgetStored)

test('each version has a sample', () => {
  expect(SAMPLED_VERSIONS.at(-1)).toBe(SCHEMA_VERSION)
})

describe.each(SAMPLED_VERSIONS)('a database of version %i', (version) => {
  test('keeps its runs, event for event', async () => {
    const { rooms } = await storeSample(version)
    const lab = openTestLab({ openStore: () => openIndexedDb() })
    const said: LabUpdate[] = []
    await lab.subscribe((update) => said.push(update))
    const [run, ...others] = await lab.runs()
    expect(others).toEqual([])
    expect(run).toMatchObject({ name: expect.any(String), tasksFinished: 1, config: { tasks: 2, seed: 3 } })
    unwrap(await lab.open(run?.id ?? ''))
    const events = [...(await lab.taskEvents(0)), ...(await lab.taskEvents(1))]
    expect(events).toHaveLength((run?.events ?? 0) - 1) // the head belongs to no task
    const texts = rooms.batches?.values.map((batch) => (batch as { text: string }).text)
    expect(await fileOf(lab, run?.id ?? '')).toContain(texts?.join(''))
    expect(said.filter(({ type }) => type === 'notice' || type === 'storage')).toEqual([])
  })

  test('keeps its agents and comparisons, where it has any', async () => {
    const { rooms } = await storeSample(version)
    const lab = openTestLab({ openStore: () => openIndexedDb() })
    const own = unwrap(await lab.agent('list', 'webshop')).filter(({ origin }) => origin !== 'shipped')
    expect(own).toHaveLength(rooms.agents?.values.length ?? 0)
    for (const { policy, model } of own) unwrap(await lab.agent('export', { policy, model, environment: 'webshop' }))
    const left = unwrap(await lab.agent('unfinished'))
    expect(left === undefined ? 0 : 1).toBe(rooms.trainings?.values.length ?? 0)
    const comparisons = await lab.comparisons()
    expect(comparisons).toHaveLength(rooms.comparisons?.values.length ?? 0)
    for (const { id, cells } of comparisons) expect(unwrap(await lab.openComparison(id)).cells).toHaveLength(cells)
  })
})
