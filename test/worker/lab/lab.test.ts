import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { failure, type Result, success, unwrap } from '../../../src/core/failure.ts'
import { foldRun } from '../../../src/core/log/fold-run.ts'
import { STRIDES } from '../../../src/core/log/strides.ts'
import { createNodeLab } from '../../../src/node/node-lab.ts'
import { openIndexedDb } from '../../../src/store/indexed-db.ts'
import type { Store } from '../../../src/store/store.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import type { LabParts } from '../../../src/worker/lab/lab-ports.ts'
import type { LabUpdate, RunInfo } from '../../../src/worker/protocol/lab-api.ts'
import { eventually } from '../../eventually.ts'
import { forgetStored } from '../../store/browser-store.ts'
import { fileOf, logOf, openTestLab, SHIPPED, sharedLocks } from '../labs.ts'

const [files, policy] = await Promise.all([SHIPPED.files('webshop'), SHIPPED.policy('webshop')])
const loader = {
  ...SHIPPED,
  policy: async () => policy,
  demonstrations: async () => failure('data-unavailable', 'Nobody asks for them.'),
}
const settings = { tasks: 2, rollouts: 2, candidates: 3, stepLimit: 5 }

function openLab(more: Partial<LabParts> = {}): Lab {
  return openTestLab({ loader, openStore: () => openIndexedDb(), ...more })
}

beforeEach(forgetStored)

afterEach(() => vi.restoreAllMocks())

/** Runs the open run, by default the newest, to its end. */
async function finish(lab: Lab, id?: string): Promise<void> {
  const started = await lab.start()
  if (!started.ok && started.failure.code !== 'run-finished') throw new Error(started.failure.message)
  const finished = async () =>
    (await lab.runs()).find((run, i) => (id === undefined ? i === 0 : run.id === id))?.finished
  await eventually(async () => expect(await finished()).toBe(true))
  unwrap(await lab.pause())
}

async function straight(given: Record<string, unknown>): Promise<string> {
  const lab = openLab()
  const { progress } = unwrap(await lab.create(given))
  await finish(lab)
  return fileOf(lab, progress.info.id)
}

describe('a run', () => {
  test('is the same event for event, however it is paused, stepped and reopened', async () => {
    const expected = await straight(settings)
    const moves = fc.array(fc.constantFrom(...STRIDES, 'start', 'reopen', 'new lab', 'crash'), { maxLength: 14 })
    await fc.assert(
      fc.asyncProperty(moves, async (walk) => {
        let lab = openLab()
        const { id } = unwrap(await lab.create(settings)).progress.info
        for (const move of walk) {
          if (move === 'start') {
            await lab.start()
            await new Promise((resolve) => setImmediate(resolve))
            await lab.pause()
          } else if (move === 'reopen') unwrap(await lab.open(id))
          else if (move === 'new lab') {
            await lab.close()
            lab = openLab()
            unwrap(await lab.open(id))
          } else if (move === 'crash') {
            lab = openLab() // the old one is simply never asked again
            unwrap(await lab.open(id))
          } else {
            const advanced = await lab.advance(move)
            if (!advanced.ok) expect(advanced.failure.code).toBe('run-finished')
          }
        }
        if (!unwrap(await lab.open(id)).progress.info.finished) await finish(lab)
        expect(await fileOf(lab, id)).toBe(expected)
        await lab.remove(id)
      }),
      { numRuns: 25 },
    )
  })

  test('shows totals and tasks that are the fold of its log', async () => {
    const lab = openLab()
    const updates: LabUpdate[] = []
    await lab.subscribe((update) => updates.push(update))
    const { id } = unwrap(await lab.create({ ...settings, tasks: 12 })).progress.info
    unwrap(await lab.advance('task'))
    unwrap(await lab.advance('phase'))
    await finish(lab)
    const state = foldRun(await logOf(lab, id))
    const { events, steps, risenSteps, pairs, cost } = state
    const { progress, tasks } = unwrap(await lab.open(id))
    expect(progress).toMatchObject({ status: 'finished', blocked: undefined, steps, risenSteps, saved: events })
    expect(progress.info).toMatchObject({ events, pairs, cost, finished: true, tasksFinished: 12 })
    expect(progress.info.rewardSum).toBeCloseTo(
      state.tasks.reduce((sum, task) => sum + task.reward, 0),
      12,
    )
    expect(tasks).toEqual(state.tasks)
    const told = updates.flatMap((update) => (update.type === 'progress' ? update.newTasks : []))
    expect(told).toEqual(state.tasks)
  })

  test('advances by exactly one stride, and everything is stored when the call returns', async () => {
    const lab = openLab()
    const { id } = unwrap(await lab.create(settings)).progress.info
    const log = (await straight(settings)).trimEnd().split('\n')
    for (let events = 2; events < 9; events++) {
      const progress = unwrap(await lab.advance('event'))
      expect(progress).toMatchObject({ saved: events, openTaskEvents: events - 1, info: { events } })
      const stored = openLab()
      expect(unwrap(await stored.open(id)).progress.info.events).toBe(events)
      await stored.close()
    }
    const progress = unwrap(await lab.advance('task'))
    expect(JSON.parse(log[progress.info.events - 1] ?? '')).toMatchObject({ type: 'task-finished', task: 0 })
    unwrap(await lab.advance('step')) // the task's start stands before its first step
    unwrap(await lab.advance('step'))
    expect((await lab.taskEvents(1)).at(-1)?.type).toMatch(/step-decided|pair-made/)
  })

  test('counts every press of a step key, however fast they come', async () => {
    const lab = openLab()
    unwrap(await lab.create(settings))
    const presses = await Promise.all([1, 2, 3, 4, 5].map(() => lab.advance('event')))
    expect(presses.map((press) => unwrap(press).info.events)).toEqual([2, 3, 4, 5, 6])
  })

  test('gives the events of any task, stored or not, while it runs', async () => {
    const lab = openLab()
    const { id } = unwrap(await lab.create({ ...settings, tasks: 30 })).progress.info
    unwrap(await lab.start())
    await eventually(async () => expect((await lab.runs())[0]?.tasksFinished).toBeGreaterThan(2), 1)
    const seen = await Promise.all([0, 1, 2].map((task) => lab.taskEvents(task)))
    unwrap(await lab.pause())
    const log = await logOf(lab, id)
    expect(seen).toEqual([0, 1, 2].map((task) => log.filter((event) => 'task' in event && event.task === task)))
    expect(await lab.taskEvents(99)).toEqual([])
  })

  test('shows the world after any candidate', async () => {
    const lab = openLab()
    unwrap(await lab.create(settings))
    unwrap(await lab.advance('task'))
    expect(unwrap(await lab.world(0, []))).toMatchObject({ view: { environment: 'webshop', page: 'index' } })
    const proposed = (await lab.taskEvents(0)).find((event) => event.type === 'candidate-proposed')
    if (proposed?.type !== 'candidate-proposed') return expect.fail()
    expect(unwrap(await lab.world(0, [proposed.action]))).toMatchObject({
      view: { page: 'search_results' },
      observation: expect.stringContaining('Total results'),
    })
    expect(unwrap(await lab.world(0, ['no action at all']))).toMatchObject({ view: { page: 'index' } })
    expect(await lab.world(99, [])).toMatchObject({ ok: false, failure: { code: 'task-unknown' } })
  })

  test('starts with corrected settings and says what was corrected', async () => {
    const { progress, corrections } = unwrap(await openLab().create({ tasks: 1, rollouts: 1e9, luck: 3 }))
    expect(progress.info.config.rollouts).toBe(64)
    expect(corrections).toHaveLength(2)
  })

  test('that is finished says so instead of going on', async () => {
    const lab = openLab()
    unwrap(await lab.create({ ...settings, tasks: 1 }))
    await finish(lab)
    expect(await lab.start()).toMatchObject({ ok: false, failure: { code: 'run-finished' } })
    expect(await lab.advance('event')).toMatchObject({ ok: false, failure: { code: 'run-finished' } })
  })
})

describe('the library', () => {
  test('exports, imports and exports the same bytes', async () => {
    const lab = openLab()
    const { id } = unwrap(await lab.create(settings)).progress.info
    unwrap(await lab.advance('task'))
    unwrap(await lab.advance('phase'))
    const first = await fileOf(lab, id)
    const info = unwrap(await lab.importRun(new File([first], 'my run.run.jsonl')))
    expect(info).toMatchObject({ name: 'my run', origin: 'imported', finished: false })
    expect(await fileOf(lab, info.id)).toBe(first)
    unwrap(await lab.open(info.id))
    await finish(lab)
    expect(await fileOf(lab, info.id)).toBe(await straight(settings))
  })

  test('imports nothing of a file that is damaged at its end', async () => {
    const lab = openLab()
    const text = await straight(settings)
    const before = await lab.runs()
    const broken = `${text.slice(0, -200)}garbage\n`
    expect(await lab.importRun(new File([broken], 'x.jsonl'))).toMatchObject({
      ok: false,
      failure: { message: /Line \d+/ },
    })
    expect(await lab.runs()).toEqual(before)
  })

  test('renames, also while a run is going, and removes', async () => {
    const lab = openLab()
    const { id } = unwrap(await lab.create({ ...settings, tasks: 5 })).progress.info
    unwrap(await lab.start())
    expect(unwrap(await lab.rename(id, '  my \n run '))).toMatchObject({ name: 'my run' })
    expect(await lab.rename(id, ' ')).toMatchObject({ ok: false, failure: { code: 'name-empty' } })
    await finish(lab)
    expect(unwrap(await lab.open(id)).progress.info.name).toBe('my run')
    expect(unwrap(await lab.remove(id))).toBe(true)
    expect(await lab.runs()).toEqual([])
    expect(await lab.advance('event')).toMatchObject({ ok: false, failure: { code: 'nothing-open' } })
  })

  test('has the shipped run last, to be read only', async () => {
    const source = await straight({ ...settings, tasks: 1 })
    const shipping = { ...loader, recorded: async (of: string) => (of === 'webshop' ? source : undefined) }
    const lab = openLab({ loader: shipping })
    unwrap(await lab.create(settings))
    expect((await lab.runs()).map(({ origin }) => origin).at(-1)).toBe('shipped')
    const { progress, tasks } = unwrap(await lab.open('shipped/webshop'))
    expect(progress).toMatchObject({ status: 'finished', info: { id: 'shipped/webshop', createdAtMs: 0 } })
    expect(tasks).toHaveLength(1)
    expect(await lab.remove('shipped/webshop')).toMatchObject({ ok: false, failure: { code: 'run-read-only' } })
    expect(await fileOf(lab, 'shipped/webshop')).toBe(source)
  })

  test('opens a run that is only read without waiting for data or agent', async () => {
    const source = await straight({ ...settings, tasks: 1 })
    const never = new Promise<never>(() => {})
    const lab = openLab({
      loader: {
        ...loader,
        recorded: async (of: string) => (of === 'webshop' ? source : undefined),
        files: () => never,
        policy: () => never,
      },
    })
    expect(unwrap(await lab.open('shipped/webshop')).tasks).toHaveLength(1)
    expect((await lab.taskEvents(0)).at(-1)?.type).toBe('task-finished')
  })

  test('shows the world of a run that is only read without its agent', async () => {
    const source = await straight({ ...settings, tasks: 1 })
    const policy = vi.fn(loader.policy)
    const lab = openLab({
      loader: { ...loader, recorded: async (of: string) => (of === 'webshop' ? source : undefined), policy },
    })
    unwrap(await lab.open('shipped/webshop'))
    expect(unwrap(await lab.world(0, []))).toMatchObject({ view: { page: 'index' } })
    expect(policy).not.toHaveBeenCalled()
    unwrap(await lab.create(settings))
    expect(policy).toHaveBeenCalledOnce()
  })

  test('says so where the recorded run did not arrive whole', async () => {
    const lab = openLab({
      loader: { ...loader, recorded: async (of: string) => (of === 'webshop' ? '{"type":"run-star' : undefined) },
    })
    const updates: LabUpdate[] = []
    await lab.subscribe((update) => updates.push(update))
    expect(await lab.runs()).toEqual([])
    expect(updates).toMatchObject([{ type: 'notice', failure: { code: 'batch-damaged' } }])
  })

  test('says why a run has no pairs by what its method does', async () => {
    const lab = openLab()
    for (const [method, message] of [
      ['rro', /took its first candidate.*draw one more/],
      ['uct', /^This run has no preference pairs yet\. Explore more tasks\.$/],
      ['groups', /^Groups of whole episodes make no preference pairs/],
    ] as const) {
      const { id } = unwrap(await lab.create({ ...settings, method })).progress.info
      expect(await lab.export(id, 'trl-dpo')).toMatchObject({ failure: { message: expect.stringMatching(message) } })
    }
  })

  test('exports pairs a line each, or says that there are none', async () => {
    const lab = openLab()
    const { id } = unwrap(await lab.create({ ...settings, tasks: 6, method: 'fixed-size' })).progress.info
    expect(await lab.export(id, 'trl-dpo')).toMatchObject({ ok: false, failure: { code: 'export-no-pairs' } })
    await finish(lab)
    const file = unwrap(await lab.export(id, 'trl-dpo'))
    const pairs = (await logOf(lab, id)).filter((event) => event.type === 'pair-made').length
    expect(file.lines).toBe(pairs)
    expect((await file.file.text()).trimEnd().split('\n')).toHaveLength(pairs)
    expect(file.name).toBe('fixed-size-6-tasks-seed-7.trl-dpo.jsonl')
  })

  test('says of exported pairs what is left out of them', async () => {
    const lab = createNodeLab()
    const { id } = unwrap(await lab.create({ method: 'fixed-size', tasks: 8, seed: 11 })).progress.info
    for (let task = 0; task < 8; task++) unwrap(await lab.advance('task'))
    const { lines, notes = [] } = unwrap(await lab.export(id, 'trl-dpo'))
    const made = (await lab.runs()).find((run) => run.id === id)?.pairs ?? 0
    expect(lines).toBeLessThan(made)
    expect(notes.join(' ')).toContain(`${made - lines} rows that say the same again left out.`)
    await lab.close()
  })

  test('clears away imports that never ended', async () => {
    const store = unwrap(await openIndexedDb())
    await store.draft('lost', [{ firstSeq: 0, count: 1, task: -1, text: '{}\n' }], [])
    openLab()
    await eventually(async () => expect(unwrap(await store.drafts())).toEqual([]))
    store.close()
  })
})

describe('when something is in the way', () => {
  async function failingLab(code: string): Promise<{ lab: Lab; id: string; fail: (on: boolean) => void }> {
    let failing = false
    const openStore = async (): Promise<Result<Store>> => {
      const store = unwrap(await openIndexedDb())
      const append = store.append.bind(store)
      store.append = async (appended, durable) => (failing ? failure(code, 'No room.') : append(appended, durable))
      return success(store)
    }
    const lab = openLab({ openStore })
    const { id } = unwrap(await lab.create({ ...settings, tasks: 8 })).progress.info
    return {
      lab,
      id,
      fail(on) {
        failing = on
      },
    }
  }

  test('a full disk stops the run at what is saved; with room again it goes on to the same log', async () => {
    const { lab, id, fail } = await failingLab('storage-full')
    unwrap(await lab.advance('step'))
    const { saved } = unwrap(await lab.open(id)).progress
    fail(true)
    expect(await lab.advance('task')).toMatchObject({ ok: false, failure: { code: 'storage-full' } })
    const updates: LabUpdate[] = []
    await lab.subscribe((update) => updates.push(update))
    unwrap(await lab.start())
    await eventually(() => expect(updates.at(-1)).toMatchObject({ progress: { status: 'failed' } }))
    expect(updates.at(-1)).toMatchObject({
      progress: { saved, info: { events: saved }, failure: { code: 'storage-full' } },
    })
    fail(false)
    await finish(lab)
    expect(await fileOf(lab, id)).toBe(await straight({ ...settings, tasks: 8 }))
  })

  test('an export that the disk refuses is made in memory', async () => {
    let discarded = 0
    const full = {
      write: () => Promise.reject(new DOMException('no room', 'QuotaExceededError')),
      close: () => expect.fail(),
      async discard() {
        discarded++
      },
    }
    const lab = openLab({ openSink: async () => full })
    const { id } = unwrap(await lab.create(settings)).progress.info
    await finish(lab)
    expect(await fileOf(lab, id)).toBe(await straight(settings))
    expect(discarded).toBeGreaterThan(0)
  })

  test('a run that another tab writes can be read, and taken over once it is let go', async () => {
    const locks = sharedLocks()
    const [here, there] = [openLab({ locks }), openLab({ locks })]
    const { id } = unwrap(await here.create(settings)).progress.info
    unwrap(await here.advance('step'))
    unwrap(await here.advance('step'))
    const opened = unwrap(await there.open(id))
    expect(opened.progress.blocked).toMatch(/another tab/)
    expect((await there.taskEvents(0)).length).toBeGreaterThan(3)
    expect(await there.start()).toMatchObject({ ok: false, failure: { code: 'run-blocked' } })
    expect(await there.remove(id)).toMatchObject({ ok: false, failure: { code: 'run-elsewhere' } })
    expect((await there.taskEvents(0)).length).toBeGreaterThan(3)
    unwrap(await here.advance('task'))
    await here.create(settings)
    unwrap(await there.advance('event')) // at once, from where the other tab stopped
    await finish(there, id)
    expect(await fileOf(there, id)).toBe(await straight(settings))
  })

  test('the open run stays open where another one cannot be opened, and where it cannot be deleted', async () => {
    let opened: Store | undefined
    const lab = openLab({
      openStore: async () => {
        const store = await openIndexedDb()
        opened = store.ok ? store.value : undefined
        return store
      },
    })
    const other = unwrap(await lab.create(settings)).progress.info.id
    const { id } = unwrap(await lab.create(settings)).progress.info
    unwrap(await lab.advance('step'))
    const store = opened ?? expect.fail('there is no store')
    const broken = async () => failure('storage-broken', 'The disk says no.')
    const tasks = vi.spyOn(store, 'tasks').mockImplementation(broken)
    for (const which of [other, id])
      expect(await lab.open(which)).toMatchObject({ ok: false, failure: { code: 'storage-broken' } })
    tasks.mockRestore()
    unwrap(await lab.advance('step'))
    const remove = vi.spyOn(store, 'remove').mockImplementation(broken)
    expect(await lab.remove(id)).toMatchObject({ ok: false, failure: { code: 'storage-broken' } })
    remove.mockRestore()
    unwrap(await lab.advance('event'))
    await finish(lab, id)
    expect(await fileOf(lab, id)).toBe(await straight(settings))
  })

  test('two tabs without locks cannot mix their events', async () => {
    const [here, there] = [openLab(), openLab()]
    const { id } = unwrap(await here.create(settings)).progress.info
    unwrap(await there.open(id))
    unwrap(await here.advance('step'))
    expect(await there.advance('step')).toMatchObject({ ok: false, failure: { code: 'append-conflict' } })
    await finish(there)
    expect(await fileOf(there, id)).toBe(await straight(settings))
  })

  test('a run of other weights can be read, not continued', async () => {
    const lab = openLab()
    const { id } = unwrap(await lab.create(settings)).progress.info
    unwrap(await lab.advance('task'))
    const other = unwrap(policy).replace(/"weights": \[\s*(-?[\d.e-]+)/, '"weights": [\n  0.125')
    const later = openLab({ loader: { ...loader, policy: async () => success(other) } })
    const { progress, tasks } = unwrap(await later.open(id))
    expect(progress.blocked).toMatch(/another version of its agent/)
    expect(tasks).toHaveLength(1)
    expect(unwrap(await later.world(0, []))).toMatchObject({ view: { page: 'index' } })
    expect(await later.advance('event')).toMatchObject({ ok: false, failure: { code: 'run-blocked' } })
  })

  test('data that cannot be loaded leaves saved runs readable, and is tried again', async () => {
    const lab = openLab()
    const { id } = unwrap(await lab.create(settings)).progress.info
    unwrap(await lab.advance('task'))
    let broken = true
    const flaky = { ...loader, files: async () => (broken ? failure('data-unavailable', 'No network.') : files) }
    const later = openLab({ loader: flaky })
    expect(await later.data('webshop')).toMatchObject({ ok: false, failure: { code: 'data-unavailable' } })
    expect(unwrap(await later.open(id)).progress.blocked).toMatch(/No network/)
    expect((await later.taskEvents(0)).at(-1)?.type).toBe('task-finished')
    broken = false
    expect(unwrap(await later.data('webshop')).name).toMatch(/1,\d+ products$/)
  })

  test('with other data old runs can be read and new ones made; with the shipped data they go on', async () => {
    const lab = openLab()
    const updates: LabUpdate[] = []
    await lab.subscribe((update) => updates.push(update))
    const { id } = unwrap(await lab.create(settings)).progress.info
    unwrap(await lab.advance('task'))
    const official = unwrap(files).filter(({ name }) => name.startsWith('items_'))
    const brought = unwrap(await lab.loadData(official.map(({ name, text }) => new File([text], name))))
    expect(brought).toMatchObject({ origin: 'yours', name: expect.stringMatching(/products$/) })
    expect(updates.at(-1)).toMatchObject({ progress: { blocked: expect.stringMatching(/other data/) } })
    expect(await lab.advance('event')).toMatchObject({ ok: false, failure: { code: 'run-blocked' } })
    expect(await lab.world(0, [])).toMatchObject({ ok: false, failure: { code: 'world-other-data' } })
    expect((await lab.taskEvents(0)).at(-1)?.type).toBe('task-finished')
    unwrap(await lab.create(settings))
    unwrap(await lab.advance('task'))
    expect(unwrap(await lab.world(0, []))).toMatchObject({ view: { page: 'index' } })
    unwrap(await lab.shippedData('webshop'))
    expect(unwrap(await lab.open(id)).progress.blocked).toBeUndefined()
    await finish(lab, id)
    expect(await fileOf(lab, id)).toBe(await straight(settings))
  })

  test('wrong files change nothing', async () => {
    const lab = openLab()
    const before = unwrap(await lab.data('webshop'))
    unwrap(await lab.create(settings))
    expect((await lab.loadData([new File(['[]'], 'items.json')])).ok).toBe(false)
    expect(unwrap(await lab.data('webshop'))).toEqual(before)
    unwrap(await lab.advance('event'))
  })

  test('without storage everything works in memory, and says so', async () => {
    const lab = openLab({ openStore: async () => failure('storage-missing', 'No storage.') })
    const updates: LabUpdate[] = []
    await lab.subscribe((update) => updates.push(update))
    const { id } = unwrap(await lab.create(settings)).progress.info
    await finish(lab)
    expect(await fileOf(lab, id)).toBe(await straight(settings))
    expect(updates[0]).toMatchObject({ type: 'storage', state: 'memory', failure: { code: 'storage-missing' } })
  })

  test('names of runs that nobody has are a sentence', async () => {
    const lab = openLab()
    for (const call of [lab.open('x'), lab.export('x', 'run'), lab.rename('x', 'y')]) {
      expect(await call).toMatchObject({ ok: false, failure: { code: 'run-gone' } })
    }
    expect(await lab.runs()).toEqual([] satisfies RunInfo[])
  })
})

test.each([
  ['has just been asked for', async () => undefined],
  ['is under way', (lab: Lab) => eventually(async () => expect(await lab.taskEvents(0)).not.toEqual([]))],
])('full speed does not wait for a task ahead of time that %s, and makes the same log', async (_, wait) => {
  const large = { seed: 4, tasks: 2, rollouts: 64, candidates: 16, method: 'fixed-size' }
  const lab = openLab()
  const { id } = unwrap(await lab.create(large)).progress.info
  const ahead = lab.advance('task')
  await wait(lab)
  unwrap(await lab.start())
  expect(unwrap(await ahead).info.tasksFinished).toBe(0)
  await eventually(async () => expect((await lab.runs())[0]?.finished).toBe(true))
  const plain = openLab()
  const { id: other } = unwrap(await plain.create(large)).progress.info
  for (let task = 0; task < large.tasks; task++) unwrap(await plain.advance('task'))
  unwrap(await plain.advance('event'))
  const undated = (text: string) => text.slice(text.indexOf('\n'))
  expect(undated(await fileOf(lab, id))).toBe(undated(await fileOf(plain, other)))
})
