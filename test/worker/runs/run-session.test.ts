import { describe, expect, test } from 'vitest'
import type { Actor } from '../../../src/core/exploration/actor.ts'
import { exploreRun } from '../../../src/core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../../src/core/exploration/run-plan.ts'
import { failure, success, unwrap } from '../../../src/core/failure.ts'
import type { RunConfig } from '../../../src/core/settings/settings.ts'
import { batchesOf } from '../../../src/store/batch.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import type { Store } from '../../../src/store/store.ts'
import { NO_LOCKS } from '../../../src/worker/machine/locks.ts'
import type { LabUpdate } from '../../../src/worker/protocol/lab-api.ts'
import { MOST_TASKS_TOLD } from '../../../src/worker/protocol/runs.ts'
import { emptyRecord } from '../../../src/worker/runs/records.ts'
import { RunSession } from '../../../src/worker/runs/run-session.ts'
import type { World } from '../../../src/worker/worlds/world.ts'
import { collect, toyConfig, toyTasks, treeActor } from '../../core/toy.ts'
import { eventually } from '../../eventually.ts'
import { textOf } from '../../store/stored-run.ts'

const made = {
  data: { name: 'toy', fingerprint: '0' },
  agent: { name: 'toy', fingerprint: '0' },
  systemPrompt: 'Play.',
  minReward: 0,
  maxReward: 1,
}

function toyWorld<P>(actor: Actor<P>, config: RunConfig): World {
  const tasks = { train: config.tasks, dev: 0, test: 0 }
  return {
    data: { ...made.data, environment: 'webshop', tasks, origin: 'shipped' },
    made,
    actor: actor as Actor,
    tasks: () => toyTasks(config.tasks),
    see: () => failure('none', 'Nothing to see.'),
  }
}

interface Opened {
  readonly store: Store
  readonly session: RunSession
  readonly updates: LabUpdate[]
  readonly clock: { ms: number }
}

async function openToy<P>(actor: Actor<P>, config: RunConfig, busy = () => false): Promise<Opened> {
  const store = createMemoryStore()
  const record = emptyRecord(config, { id: 'a', name: 'A', createdAtMs: 1, origin: 'here' })
  await store.append(
    { record: { ...record, events: 1 }, batches: batchesOf([runHeader(config, made)], 0), tasks: [] },
    true,
  )
  const updates: LabUpdate[] = []
  const clock = { ms: 0 }
  const ports = {
    store,
    locks: NO_LOCKS,
    now() {
      clock.ms += 1
      return clock.ms
    },
    emit: (update: LabUpdate) => updates.push(update),
    busy,
  }
  const session = await RunSession.open(ports, 'a', success(toyWorld(actor, config)))
  if (!session.ok) throw new Error(session.failure.message)
  return { store, session: session.value, updates, clock }
}

/** The log of a run that nothing ever disturbed. */
async function undisturbed(config: RunConfig): Promise<string> {
  const world = toyWorld(treeActor(), config)
  const tasks = drawTasks(config, world.tasks('train'))
  const log = await collect(exploreRun({ header: runHeader(config, made), actor: treeActor(), tasks }))
  return log.map((event) => `${JSON.stringify(event)}\n`).join('')
}

describe('an open run', () => {
  test('whose agent throws is failed with a sentence, keeps its log, and can be tried again', async () => {
    const config = toyConfig({ tasks: 6 })
    const actor = treeActor()
    let calls = 0
    const shaky = {
      ...actor,
      propose: (...call: Parameters<typeof actor.propose>) => {
        if (++calls % 9 === 0) throw new Error('the endpoint hung up')
        return actor.propose(...call)
      },
    }
    const { session, store } = await openToy(shaky, config)
    let failures = 0
    while (session.progress.status !== 'finished') {
      unwrap(await session.start())
      await eventually(() => expect(session.running).toBe(false), 1)
      if (session.progress.status !== 'failed') continue
      failures++
      expect(session.progress.failure?.message).toMatch(/the endpoint hung up.*kept/)
      expect(session.progress.saved).toBe(session.progress.info.events)
    }
    expect(failures).toBeGreaterThan(1)
    expect(await textOf(store, 'a', session.progress.saved)).toBe(await undisturbed(config))
  })

  test('whose agent answers late gives the same log', async () => {
    const config = toyConfig({ tasks: 2, candidates: 2, rollouts: 2 })
    const actor = treeActor()
    const late: typeof actor = {
      ...actor,
      async propose(...call) {
        await new Promise((resolve) => setImmediate(resolve))
        return actor.propose(...call)
      },
      async rollouts(...call) {
        await new Promise((resolve) => setImmediate(resolve))
        return actor.rollouts(...call)
      },
    }
    const { session, store } = await openToy(late, config)
    unwrap(await session.advance('step'))
    unwrap(await session.start())
    await eventually(() => expect(session.progress.status).toBe('finished'), 1)
    expect(await textOf(store, 'a', session.progress.saved)).toBe(await undisturbed(config))
  })

  test('whose agent does not answer is paused all the same, and goes on to the same log', async () => {
    const config = toyConfig({ tasks: 2, candidates: 2, rollouts: 2 })
    const actor = treeActor()
    let hanging = false
    const hung: typeof actor = {
      ...actor,
      propose(prefix, temperature, random, signal) {
        if (!hanging) return actor.propose(prefix, temperature, random, signal)
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      },
    }
    const { session, store } = await openToy(hung, config)
    unwrap(await session.advance('task'))
    hanging = true
    unwrap(await session.start())
    await new Promise((resolve) => setImmediate(resolve))
    unwrap(await session.pause())
    expect(session.progress).toMatchObject({ status: 'paused', failure: undefined })
    hanging = false
    unwrap(await session.start())
    await eventually(() => expect(session.progress.status).toBe('finished'), 1)
    expect(await textOf(store, 'a', session.progress.saved)).toBe(await undisturbed(config))
  })

  test('tells the page at most ten times a second while it runs, and of every finished task once', async () => {
    const { session, updates, clock } = await openToy(treeActor(), toyConfig({ tasks: 200 }))
    unwrap(await session.start())
    await eventually(() => expect(session.progress.status).toBe('finished'), 1)
    await session.pause()
    expect(updates.length).toBeGreaterThan(3)
    expect(updates.length).toBeLessThan(clock.ms / 100 + 4)
    const told = updates.flatMap((update) => (update.type === 'progress' ? update.newTasks : []))
    expect(told).toEqual(session.tasks)
    expect(told).toHaveLength(200)
    const rates = updates.flatMap((update) => (update.type === 'progress' ? [update.progress.tasksPerSecond] : []))
    expect(rates.some((rate) => rate !== undefined && rate > 0)).toBe(true)
    expect(session.progress.tasksPerSecond).toBeUndefined()
  })

  test('tells a page that cannot keep up how it ends, of every finished task once, and nothing in between', async () => {
    const { session, updates } = await openToy(treeActor(), toyConfig({ tasks: 200 }), () => true)
    unwrap(await session.start())
    await eventually(() => expect(session.progress.status).toBe('finished'), 1)
    await session.pause()
    const progress = updates.filter((update) => update.type === 'progress')
    expect(progress.map((update) => update.progress.status)).toEqual(['running', 'finished'])
    expect(progress.flatMap(({ newTasks }) => newTasks)).toEqual(session.tasks)
  })

  test('tells of no more tasks at once than a page can take in', async () => {
    const config = toyConfig({ tasks: MOST_TASKS_TOLD + 300, rollouts: 1, candidates: 1 })
    const { session, updates } = await openToy(treeActor(), config, () => true)
    unwrap(await session.start())
    await eventually(() => expect(session.progress.status).toBe('finished'), 1)
    await session.pause()
    const told = updates
      .filter((update) => update.type === 'progress')
      .map(({ newTasks, from }) => [from, newTasks.length])
    expect(told.at(-1)).toEqual([0, MOST_TASKS_TOLD])
    expect(session.tasks).toHaveLength(MOST_TASKS_TOLD + 300)
  })

  test('whose stored log this program would not have written stops without touching it', async () => {
    const config = toyConfig({ tasks: 2, rollouts: 2 })
    const { session, store } = await openToy(treeActor(), config)
    unwrap(await session.advance('task'))
    for (let i = 0; i < 8; i++) unwrap(await session.advance('event'))
    const { saved } = session.progress
    const before = await textOf(store, 'a', saved)
    const other = { ...treeActor(), observe: () => 'something else' }
    session.setWorld(success(toyWorld(other, config)))
    expect(await session.advance('event')).toMatchObject({ ok: false, failure: { code: 'log-diverges' } })
    expect(session.progress).toMatchObject({ status: 'failed', saved, info: { events: saved } })
    expect(await textOf(store, 'a', saved)).toBe(before)
  })
})
