/** The library beside running: labels, deletion that can be undone, and all of it as one file and back. */
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { failure, success, unwrap } from '../../../src/core/failure.ts'
import { writeFolder } from '../../../src/policies/transformer/hugging-face/folder.ts'
import { zipFolder } from '../../../src/policies/transformer/hugging-face/zip.ts'
import { openIndexedDb } from '../../../src/store/indexed-db.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import type { LabParts } from '../../../src/worker/lab/lab-ports.ts'
import { labelled } from '../../../src/worker/library/labels.ts'
import { DISCARDED_MS } from '../../../src/worker/protocol/library.ts'
import { eventually } from '../../eventually.ts'
import { randomModel, SMALL_CONFIG, SMALL_VOCABULARY } from '../../policies/transformer/small-model.ts'
import { forgetStored } from '../../store/browser-store.ts'
import { fileOf, openTestLab, sharedLocks } from '../labs.ts'

beforeEach(forgetStored)

const SMALL = { tasks: 2, rollouts: 1, candidates: 2 }

async function made(lab: Lab, seed: number, strides = 1): Promise<string> {
  const { progress } = unwrap(await lab.create({ ...SMALL, seed }))
  for (let stride = 0; stride < strides; stride++) unwrap(await lab.advance('task'))
  return progress.info.id
}

const stored = (parts: Partial<LabParts> = {}): Lab => openTestLab({ openStore: () => openIndexedDb(), ...parts })
const ids = async (lab: Lab): Promise<readonly string[]> => (await lab.runs()).map(({ id }) => id)
const backedUp = async (lab: Lab): Promise<string> => unwrap(await lab.library('backup')).file.text()
const fileFrom = (text: string): File => new File([text], 'rro-lab.backup.jsonl')

/** A file that is whole when it is read first, and then stays silent from a place on. */
function fileThatEnds(text: string, at: number): { broken: File; reached: Promise<void> } {
  const broken = fileFrom(text)
  let readings = 0
  const reached = new Promise<void>((resolve) => {
    Object.assign(broken, {
      stream() {
        if (readings++ === 0) return new Blob([text]).stream()
        let given = false
        return new ReadableStream<Uint8Array>(
          {
            pull(controller) {
              if (!given) controller.enqueue(new TextEncoder().encode(text.slice(0, at)))
              else resolve() // all that was given has been asked for
              if (!given) given = true
              else return new Promise(() => {})
              return undefined
            },
          },
          { highWaterMark: 0 },
        )
      },
    })
  })
  return { broken, reached }
}

describe('labels', () => {
  test('are on the run, after a reload, while it goes on, and of many runs at once', async () => {
    const lab = stored()
    const first = await made(lab, 1)
    const second = await made(lab, 2)
    expect(unwrap(await lab.library('label', [first, second, 'gone'], { tag: '  Best  Of Week ' }))).toBe(2)
    unwrap(await lab.library('label', [second], { pinned: true, note: 'look at task 2\u202e ' }))
    unwrap(await lab.advance('task'))
    await lab.close()
    const again = await stored().runs()
    expect(again.map(({ id, labels }) => [id, labels])).toEqual([
      [second, { pinned: true, tags: ['best of week'], note: 'look at task 2' }],
      [first, { pinned: false, tags: ['best of week'], note: '' }],
    ])
  })

  test('are as they are stored however often they are changed, and never more than a list can show', () => {
    const change = fc.record({ tag: fc.string(), untag: fc.string(), note: fc.string() }, { requiredKeys: [] })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const labels = changes.reduce<ReturnType<typeof labelled> | undefined>(labelled, undefined)
        const whole = labelled(labels, {})
        expect(labelled(whole, {})).toEqual(whole)
        expect(whole.tags).toEqual([...new Set(whole.tags)].toSorted())
        expect(whole.tags.every((tag) => tag.trim() === tag && tag !== '' && tag.length <= 40)).toBe(true)
        const [tag] = whole.tags
        expect(labelled(whole, { untag: tag ?? 'none' }).tags).not.toContain(tag)
      }),
    )
  })

  test('that are damaged do not keep a run from being listed', async () => {
    const store = unwrap(await openIndexedDb())
    const lab = openTestLab({ openStore: async () => ({ ok: true, value: store }) })
    const id = await made(lab, 1)
    await store.amend([id], () => ({ labels: { pinned: 'yes' } as never }))
    expect(await lab.runs()).toMatchObject([{ id, labels: undefined }])
  })
})

test('a name or a label for a run that is gone meanwhile is refused', async () => {
  const lab = stored()
  const id = await made(lab, 1)
  unwrap(await lab.remove(id))
  expect(await lab.rename(id, 'Best')).toMatchObject({ ok: false, failure: { code: 'run-gone' } })
  expect(await lab.library('label', [id], { note: 'x' })).toMatchObject({ ok: false, failure: { code: 'run-gone' } })
})

test('the size of a long run is that of its file, and it is read once for it, until it has gone on', async () => {
  const store = createMemoryStore()
  const { batches } = store
  let read = 0
  Object.assign(store, {
    batches(...given: Parameters<typeof batches>) {
      read++
      return batches(...given)
    },
  })
  const lab = openTestLab({ openStore: async () => success(store) })
  const { id } = unwrap(await lab.create({ tasks: 40, seed: 1 })).progress.info
  const sizeIs = async (readings: number): Promise<void> => {
    for (let task = 0; task < 20; task++) unwrap(await lab.advance('task'))
    const { size } = unwrap(await lab.export(id, 'run')).file
    expect(size).toBeGreaterThan(100_000)
    read = 0
    for (let time = 0; time < 3; time++) expect(unwrap(await lab.library('size', id))).toBe(size)
    expect(read).toBe(readings)
  }
  await sizeIs(1)
  await sizeIs(1)
  const [info] = await lab.runs()
  expect(info).not.toHaveProperty('measured')
})

describe('a run that is deleted', () => {
  test('is listed nowhere, can be put back after a reload, and is the same event for event', async () => {
    const lab = stored()
    const [first, second] = [await made(lab, 1), await made(lab, 2)]
    const before = await fileOf(lab, second)
    expect(unwrap(await lab.library('discard', [first, second]))).toEqual({ ids: [first, second], refused: undefined })
    expect(await ids(lab)).toEqual([])
    await lab.close()
    const again = stored()
    expect(await ids(again)).toEqual([])
    expect(
      unwrap(await again.library('discarded'))
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([first, second].toSorted())
    expect(unwrap(await again.library('putBack', [second]))).toBe(1)
    expect(await ids(again)).toEqual([second])
    expect(await fileOf(again, second)).toBe(before)
  })

  test('is removed when a day is over, or at once where that is said, and not before', async () => {
    let now = 1e12
    const lab = stored({ date: () => now })
    const [first, second, third] = [await made(lab, 1), await made(lab, 2), await made(lab, 3)]
    unwrap(await lab.library('discard', [first, second]))
    now += DISCARDED_MS - 1
    expect(unwrap(await lab.library('discarded'))).toHaveLength(2)
    expect(unwrap(await lab.library('purge', [second, third]))).toBe(1) // one that is not discarded stays
    now += 1
    expect(unwrap(await lab.library('discarded'))).toEqual([])
    expect(unwrap(await lab.library('putBack', [first, second]))).toBe(0)
    expect(await ids(lab)).toEqual([third])
  })

  test('stays where another tab writes it, and what was open there is open', async () => {
    const locks = sharedLocks()
    const parts = { locks, openStore: () => openIndexedDb() }
    const [here, there] = [openTestLab(parts), openTestLab(parts)]
    const written = await made(there, 1)
    const free = await made(here, 2)
    const discarded = unwrap(await here.library('discard', [written, free]))
    expect(discarded).toMatchObject({ ids: [free], refused: { code: 'run-elsewhere', message: /another tab/ } })
    unwrap(await there.advance('task'))
    expect(await ids(here)).toEqual([written])
  })
})

describe('a backup', () => {
  test('into an empty library gives the same runs with their labels, and the same backup', async () => {
    const lab = stored()
    const [first, second] = [await made(lab, 1, 2), await made(lab, 2)]
    unwrap(await lab.library('label', [first], { pinned: true, tag: 'kept', note: 'why' }))
    unwrap(await lab.library('discard', [await made(lab, 3)]))
    const listed = await lab.runs()
    const logs = [await fileOf(lab, first), await fileOf(lab, second)]
    const text = await backedUp(lab)
    await lab.close()
    forgetStored()
    const other = stored()
    const report = unwrap(await other.library('restore', fileFrom(text)))
    expect(report.runs).toEqual({ added: 2, known: 0, copied: 0 })
    expect(await other.runs()).toEqual(listed)
    expect([await fileOf(other, first), await fileOf(other, second)]).toEqual(logs)
    expect(await backedUp(other)).toBe(text)
    // And once more: all of it is there.
    expect(unwrap(await other.library('restore', fileFrom(text))).runs).toEqual({ added: 0, known: 2, copied: 0 })
    expect(await other.runs()).toEqual(listed)
  })

  test('beside a run that has gone on since is a copy; one that was deleted since is back', async () => {
    const lab = stored()
    const deleted = await made(lab, 5)
    const gone = await made(lab, 1)
    const text = await backedUp(lab)
    unwrap(await lab.advance('task'))
    const on = await fileOf(lab, gone)
    unwrap(await lab.library('label', [gone], { note: 'mine' }))
    unwrap(await lab.library('discard', [deleted]))
    expect(unwrap(await lab.library('restore', fileFrom(text))).runs).toEqual({ added: 1, known: 0, copied: 1 })
    const runs = await lab.runs()
    expect(runs.map(({ tasksFinished }) => tasksFinished).toSorted()).toEqual([1, 1, 2])
    expect(runs.find(({ id }) => id === gone)?.labels?.note).toBe('mine')
    expect(await fileOf(lab, gone)).toBe(on)
    expect(runs.some(({ id }) => id === deleted)).toBe(true)
  })

  test('for which the disk has no room leaves everything as it was, and says so', async () => {
    const lab = openTestLab()
    await made(lab, 1)
    await made(lab, 2)
    const text = await backedUp(lab)
    const store = createMemoryStore()
    const full = failure('storage-full', 'The newest events were not saved.')
    const other = openTestLab({ openStore: async () => success(store) })
    unwrap(await other.library('restore', fileFrom(text)))
    const [second = expect.fail(), first = expect.fail()] = await ids(other)
    unwrap(await other.library('discard', [first]))
    unwrap(await other.remove(second))
    Object.assign(store, { publish: async () => full })
    const refused = await other.library('restore', fileFrom(text))
    expect(refused).toMatchObject({ failure: { code: 'storage-full', message: expect.stringMatching(/as it was/) } })
    expect(await ids(other)).toEqual([])
    expect(unwrap(await other.library('discarded')).map(({ id }) => id)).toEqual([first])
    Object.assign(store, { amend: async () => full })
    const label = await other.library('label', [first], { note: 'odd' })
    expect(label).toMatchObject({
      failure: { code: 'storage-full', message: expect.stringMatching(/not put on the run/) },
    })
  })

  test('that two tabs restore at once is there once, whoever was first, and what one gives up the other keeps', async () => {
    const lab = openTestLab()
    await made(lab, 1)
    await made(lab, 2)
    const text = await backedUp(lab)
    const parts = { locks: sharedLocks(), openStore: () => openIndexedDb() }
    const tabs = [openTestLab(parts), openTestLab(parts), openTestLab(parts)]
    const done = await Promise.all(tabs.map((tab) => tab.library('restore', fileFrom(text))))
    const [first = expect.fail()] = tabs
    expect(done.some(({ ok }) => ok)).toBe(true)
    expect(await backedUp(first)).toBe(text)
    expect(unwrap(await first.library('restore', fileFrom(text))).runs).toEqual({ added: 0, known: 2, copied: 0 })
  })

  test('that a reload breaks off leaves no run of it, and can be restored then', async () => {
    const lab = openTestLab()
    for (const seed of [1, 2, 3]) await made(lab, seed)
    const text = await backedUp(lab)
    const before = stored({ locks: sharedLocks() })
    const here = await made(before, 9)
    const { broken, reached } = fileThatEnds(text, text.lastIndexOf('"library-run"'))
    void before.library('restore', broken)
    await reached
    // The page is left; the browser gives its locks back.
    const after = stored({ locks: sharedLocks() })
    expect(await ids(after)).toEqual([here])
    const store = unwrap(await openIndexedDb())
    await eventually(async () => expect(unwrap(await store.drafts())).toEqual([]))
    store.close()
    expect(unwrap(await after.library('restore', fileFrom(text))).runs).toEqual({ added: 3, known: 0, copied: 0 })
    expect(await ids(after)).toHaveLength(4)
  })

  test('that one tab restores twice at once is there once', async () => {
    const lab = openTestLab()
    await made(lab, 1)
    const text = await backedUp(lab)
    const other = stored()
    await Promise.all([1, 2].map(() => other.library('restore', fileFrom(text))))
    expect(await backedUp(other)).toBe(text)
  })

  test('has the agents and the comparisons', async () => {
    const lab = openTestLab()
    const sft = { demonstrations: 5, epochs: 1 }
    const { agent } = unwrap(await lab.agent('train', { environment: 'webshop', name: 'Mine', sft }))
    const settings = { budgets: '60', seeds: '1', rounds: '1', dev: '2', methods: 'rro' }
    const { progress } = unwrap(await lab.compare(settings))
    await lab.pauseComparison()
    const text = await backedUp(lab)
    const other = openTestLab()
    const odd = text.replace('"name":"Mine"', `"name":"\u202e Mine ${'!'.repeat(5000)}"`)
    const named = openTestLab()
    unwrap(await named.library('restore', fileFrom(odd)))
    const [own] = unwrap(await named.agent('list', 'webshop')).filter(({ model }) => model === agent.model)
    expect(own?.name).toBe(`Mine ${'!'.repeat(115)}`)
    const report = unwrap(await other.library('restore', fileFrom(text)))
    expect([report.agents, report.comparisons]).toEqual(Array(2).fill({ added: 1, known: 0, copied: 0 }))
    expect(unwrap(await other.agent('list', 'webshop')).some(({ model }) => model === agent.model)).toBe(true)
    expect((await other.comparisons()).map(({ id }) => id)).toEqual([progress.info.id])
    const again = unwrap(await other.library('restore', fileFrom(text)))
    expect([again.agents.known, again.comparisons.known]).toEqual([1, 1])
    expect(await backedUp(other)).toBe(text)
  })
})

describe('a small language model in a backup', () => {
  const bytes = zipFolder(
    writeFolder(
      { model: randomModel({ ...SMALL_CONFIG, keyValueHeads: SMALL_CONFIG.heads }), vocabulary: SMALL_VOCABULARY },
      { name: 'x', licence: 'mit', trained: {}, example: 'x' },
      'F32',
    ),
  )
  async function withModel() {
    const lab = openTestLab()
    const sent = [new File([new Uint8Array(bytes)], 'mine.zip')]
    const { model } = unwrap(await lab.agent('importModel', sent, 'webshop'))
    return { model, text: await backedUp(lab) }
  }

  test('comes with its weights, and is itself again', async () => {
    const { model, text } = await withModel()
    expect(text).toMatch(/^{"type":"library-started","version":2}/)
    const other = openTestLab()
    const report = unwrap(await other.library('restore', fileFrom(text)))
    expect(report.agents).toEqual({ added: 1, known: 0, copied: 0 })
    expect(unwrap(await other.agent('export', { policy: 'transformer', model, environment: 'webshop' })).name).toBe(
      'mine.zip',
    )
    expect(await backedUp(other)).toBe(text)
    expect(unwrap(await other.library('restore', fileFrom(text))).agents.known).toBe(1)
  })

  test.each<[string, (text: string, model: string) => string]>([
    ['without its weights', (whole) => whole.replace(/.*library-model.*\n/, '')],
    ['with other weights', (whole, model) => whole.replace(`"model":"${model}"`, '"model":"0123456789abcdef"')],
    ['with weights that are no base64', (whole) => whole.replace('"base64":"', '"base64":"!')],
    ['with a piece too many', (whole) => whole.replace('"of":1', '"of":2')],
    ['with weights cut short', (whole) => whole.replace(/"base64":".{2000}/, '"base64":"')],
  ])('%s is refused in a sentence, and nothing is kept', async (_, harm) => {
    const { model, text } = await withModel()
    const harmed = harm(text, model)
    expect(harmed).not.toBe(text)
    const other = openTestLab()
    const answer = await other.library('restore', fileFrom(harmed))
    expect(answer.ok).toBe(false)
    if (!answer.ok) expect(answer.failure.message).toContain('Nothing was restored')
    expect(unwrap(await other.agent('list', 'webshop')).filter(({ origin }) => origin !== 'shipped')).toEqual([])
  })
})

describe('a file that is no good backup is a sentence, and changes nothing:', () => {
  const cut = (text: string, lines: number): string => text.split('\n').slice(0, lines).join('\n')
  test.each<readonly [string, (text: string) => string, string | RegExp]>([
    ['nothing', () => '', 'backup-foreign'],
    ['a run file', (text) => text.split('\n').slice(2).join('\n'), 'backup-foreign'],
    ['prose', () => 'Dear library,\nhow are you?', 'backup-foreign'],
    ['a newer version', (text) => text.replace('"version":1', '"version":3'), 'backup-newer'],
    ['cut off in a run', (text) => cut(text, 9), 'backup-cut-off'],
    ['cut off after a run', (text) => cut(text, text.trimEnd().split('\n').length - 1), 'backup-cut-off'],
    ['with a line lost', (text) => text.split('\n').toSpliced(5, 1).join('\n'), /^run-file/],
    ['with a run lost', (text) => text.replace('"runs":2', '"runs":3'), 'backup-damaged'],
    ['with more after its end', (text) => `${text}{"type":"library-started","version":1}\n`, 'backup-order'],
    ['with an odd frame', (text) => text.replace('"library-ended"', '"library-bomb"'), 'backup-line'],
    ['with a path for an id', (text) => text.replace(/"id":"[0-9a-f]+"/, '"id":"../../x"'), 'backup-line'],
    ['with a date that is none', (text) => text.replace(/"createdAtMs":\d+/, '"createdAtMs":1e300'), 'backup-line'],
    [
      'with a comparison of no time',
      (text) =>
        text
          .replace('"comparisons":0', '"comparisons":1')
          .replace(
            '{"type":"library-ended"',
            `${JSON.stringify({ type: 'library-comparison', record: { version: 1, id: 'x', name: 'x', createdAtMs: 9e15, words: {} } })}\n{"type":"library-ended"`,
          ),
      'backup-damaged',
    ],
    [
      'with an agent that is none',
      (text) =>
        text.replace('{"type":"library-ended"', '{"type":"library-agent","record":{}}\n{"type":"library-ended"'),
      /^agent/,
    ],
  ])('%s', async (_name, change, code) => {
    const lab = openTestLab({ openStore: async () => ({ ok: true, value: createMemoryStore() }) })
    await made(lab, 1)
    await made(lab, 2)
    const text = await backedUp(lab)
    const before = await lab.runs()
    const restored = await lab.library('restore', fileFrom(change(text)))
    expect(restored).toMatchObject({ ok: false, failure: { code: expect.stringMatching(code) } })
    expect(restored).toMatchObject({
      failure: { message: expect.stringMatching(/Nothing was restored|Reload the page/) },
    })
    expect(await lab.runs()).toEqual(before)
    const empty = openTestLab()
    expect(await empty.library('restore', fileFrom(change(text)))).toMatchObject({ ok: false })
    expect(await empty.runs()).toEqual([])
  })

  test('any line of it changed in any way is refused or gives what it says, and nothing is thrown', async () => {
    const lab = openTestLab()
    await made(lab, 1)
    const lines = (await backedUp(lab)).split('\n')
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.string(), async (at, junk) => {
        const changed = lines.toSpliced(at % lines.length, 1, junk).join('\n')
        const empty = openTestLab()
        const restored = await empty.library('restore', fileFrom(changed))
        expect((await empty.runs()).length).toBe(restored.ok ? restored.value.runs.added : 0)
      }),
      { numRuns: 30 },
    )
  })
})
