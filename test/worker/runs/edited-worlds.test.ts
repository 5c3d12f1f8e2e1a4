/** Runs in worlds that a visitor has changed: the same draws as far as they go, and never mistaken for the loaded world's. */
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import type { RunEvent, RunStarted } from '../../../src/core/log/events.ts'
import { foldTask, type TaskState } from '../../../src/core/log/fold-task.ts'
import type { WorldEdit } from '../../../src/core/log/world-edit.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import type { WebShopView } from '../../../src/worker/protocol/lab-api.ts'
import { fileOf, logOf, openTestLab } from '../labs.ts'

const BASE = { seed: 3, tasks: 3, rollouts: 2, candidates: 3, stepLimit: 6 }
/** The second task of BASE by itself. */
const ALONE = { ...BASE, tasks: 1, firstTask: 2 }

async function explored(lab: Lab, given: Record<string, unknown>, edits?: readonly WorldEdit[]) {
  const { id } = unwrap(await lab.create(given, edits)).progress.info
  unwrap(await lab.advance('task'))
  return { id, events: await lab.taskEvents(0) }
}

function stateOf(events: readonly RunEvent[]): TaskState {
  const task = foldTask(events)
  if (task === undefined) throw new Error('the task is explored')
  return task
}

/** All states that an event has to do with, as the actions that lead there, the start first. */
function statesOf(events: readonly RunEvent[], index: number): string[][] {
  const event = events[index]
  const task = stateOf(events.slice(0, index + 1))
  const path = (steps: number): string[] =>
    task.steps.slice(0, steps).map(({ candidates, decided }) => {
      return candidates[(decided?.continued ?? 1) - 1]?.proposed.action ?? ''
    })
  if (event === undefined || !('step' in event)) return [path(task.steps.length)]
  const before = path(Number(event.step) - 1)
  const number = 'candidate' in event ? event.candidate : 'chosen' in event ? Number(event.chosen) : 0
  const own = task.steps[Number(event.step) - 1]?.candidates[number - 1]?.proposed.action
  const actions = [...before, ...(own === undefined ? [] : [own])]
  const on = event.type === 'rollout-finished' ? event.actions : []
  return [...prefixes(actions), ...on.map((_, i) => [...actions, ...on.slice(0, i + 1)])]
}

function prefixes(actions: readonly string[]): string[][] {
  return Array.from({ length: actions.length + 1 }, (_, i) => actions.slice(0, i))
}

/** A product that is opened on the path of a run, with its page. */
async function productOn(lab: Lab, events: readonly RunEvent[]): Promise<NonNullable<WebShopView['product']>> {
  const actions = stateOf(events).steps.map(({ candidates, decided }) => {
    return candidates[(decided?.continued ?? 1) - 1]?.proposed.action ?? ''
  })
  for (const before of prefixes(actions)) {
    const { view } = unwrap(await lab.world(0, before))
    if (view.environment === 'webshop' && view.product !== undefined) return view.product
  }
  throw new Error('the path opens a product')
}

async function priceEdit(lab: Lab, to = '999', given: Record<string, unknown> = ALONE): Promise<WorldEdit> {
  const { events } = await explored(lab, given)
  const { asin, price } = await productOn(lab, events)
  return { kind: 'price', asin, from: price, to }
}

const PAIRED = { ...ALONE, method: 'fixed-size' }

describe('a run of the task by itself', () => {
  test.each([
    'rro',
    'ipr', // the expert has shown most tasks more than once, and takes turns
    'eto',
  ])('in the world as it is, draws what the whole run draws (%s)', async (method) => {
    const lab = openTestLab()
    unwrap(await lab.create({ ...BASE, method }))
    for (let task = 0; task < 2; task++) unwrap(await lab.advance('task'))
    const whole = await lab.taskEvents(1)
    expect((await explored(lab, { ...ALONE, method })).events).toEqual(whole.map((event) => ({ ...event, task: 0 })))
  })

  test('in an edited world is the same up to the first action whose result the edit changes', async () => {
    const lab = openTestLab()
    const edit = await priceEdit(lab)
    const before = await explored(lab, ALONE)
    const after = await explored(lab, ALONE, [edit])
    const at = after.events.findIndex((event, i) => JSON.stringify(event) !== JSON.stringify(before.events[i]))
    expect(at).toBeGreaterThan(2)
    const seen = async (id: string): Promise<string[]> => {
      unwrap(await lab.open(id))
      const paths = after.events.slice(0, at + 1).flatMap((_, i) => statesOf(after.events, i))
      return Promise.all(paths.map(async (actions) => unwrap(await lab.world(0, actions)).observation))
    }
    expect(await seen(after.id)).not.toEqual(await seen(before.id)) // what differs was seen by then
    const [first] = after.events.filter((event) => event.type === 'candidate-proposed')
    expect(first).toEqual(before.events.find((event) => event.type === 'candidate-proposed'))
  })

  test('whose edit nothing comes across, is the same to its end', async () => {
    const lab = openTestLab()
    const before = await explored(lab, ALONE)
    const { instruction } = stateOf(before.events)
    const other = unwrap(await lab.create({ ...ALONE, seed: 8 })).progress
    unwrap(await lab.advance('task'))
    const unlike = stateOf(await lab.taskEvents(0))
    expect(unlike.instruction).not.toBe(instruction)
    const edit: WorldEdit = { kind: 'instruction', task: unlike.taskId, from: unlike.instruction, to: 'buy nothing' }
    const after = await explored(lab, ALONE, [edit])
    expect(after.events).toEqual(before.events)
    const [head] = (await logOf(lab, after.id)) as [RunStarted]
    const [plain] = (await logOf(lab, before.id)) as [RunStarted]
    expect(head.data.fingerprint).not.toBe(plain.data.fingerprint) // and is not mistaken for it
    expect(other.edits).toBeUndefined()
  })
})

describe('an edited world', () => {
  test('comes along: the run goes on in another lab, in its file, and says so', async () => {
    const store = createMemoryStore()
    const openStore = async () => ({ ok: true, value: store }) as const
    const lab = openTestLab({ openStore })
    const edit = await priceEdit(lab, '12.5', PAIRED)
    const whole = await explored(lab, PAIRED, [edit])
    const { id } = unwrap(await lab.create(PAIRED, [edit])).progress.info
    unwrap(await lab.advance('step'))

    const later = openTestLab({ openStore })
    const opened = unwrap(await later.open(id)).progress
    expect(opened).toMatchObject({ blocked: undefined, edits: [edit] })
    expect(opened.info.name).toMatch(/, edited world$/)
    unwrap(await later.advance('task'))
    expect(await later.taskEvents(0)).toEqual(whole.events)
    expect((await productOn(later, whole.events)).price).toBe('$12.5')

    const [head] = (await logOf(later, id)) as [RunStarted] // parsed and checked
    expect(head.edits).toEqual([edit])
    expect(head.data.name).toMatch(/, edited by hand$/)
    const file = new File([await fileOf(later, id)], 'edited.jsonl')
    const imported = unwrap(await later.importRun(file)).id
    expect(unwrap(await later.open(imported)).progress.edits).toEqual([edit])
    const pairs = unwrap(await later.export(id, 'trl-dpo'))
    expect(await pairs.file.text()).toContain('edited by hand')
  })

  test('has a title, an option and an instruction of one’s own, and search finds the title', async () => {
    const lab = openTestLab()
    const { id, events } = await explored(lab, ALONE)
    const { asin, title } = await productOn(lab, events)
    const { taskId, instruction } = stateOf(events)
    unwrap(await lab.open(id))
    const edits: WorldEdit[] = [
      { kind: 'title', asin, from: title, to: 'Zymurgical <b>Quokka</b> Lantern' },
      { kind: 'instruction', task: taskId, from: instruction, to: 'find a quokka, and price lower than 5.00 dollars' },
    ]
    const edited = await explored(lab, ALONE, edits)
    expect(stateOf(edited.events).instruction).toBe('find a quokka, and price lower than 5.00 dollars')
    const { view } = unwrap(await lab.world(0, ['search[zymurgical quokka]']))
    if (view.environment !== 'webshop') throw new Error('a shop')
    expect(view.results[0]).toMatchObject({ asin, title: 'Zymurgical <b>Quokka</b> Lantern' })
  })

  test('is refused with a sentence where an edit is none', async () => {
    const lab = openTestLab()
    const { events } = await explored(lab, ALONE)
    const { asin, title, price, options } = await productOn(lab, events)
    const [option] = options
    const hostile: WorldEdit[] = [
      { kind: 'price', asin, from: price, to: '-3' },
      { kind: 'price', asin, from: price, to: '1e9' },
      { kind: 'price', asin, from: price, to: '0' },
      { kind: 'price', asin, from: '$0.01', to: '3' },
      { kind: 'price', asin: '__proto__', from: price, to: '3' },
      { kind: 'title', asin, from: title, to: ' ' },
      { kind: 'title', asin, from: title, to: 'x'.repeat(1_000_000) },
      { kind: 'option', asin, name: 'constructor', from: 'x', to: 'y' },
      { kind: 'instruction', task: 'train-999999', from: '', to: 'x' },
      { kind: 'cell', database: 'a', table: 'b', row: 0, column: 'c', from: null, to: '1' },
    ]
    if (option !== undefined)
      hostile.push({ kind: 'option', asin, name: option.name, from: option.values[0] ?? '', to: 'Buy Now' })
    const known = (await lab.runs()).length
    for (const edit of hostile)
      expect(await lab.create(ALONE, [edit]), JSON.stringify(edit).slice(0, 200)).toMatchObject({
        failure: { code: 'edit' },
      })
    expect(await lab.create(ALONE, [])).toMatchObject({ failure: { code: 'edit' } })
    expect((await lab.runs()).length).toBe(known)
  })
})

describe('an edited database', () => {
  const SQL = { ...ALONE, environment: 'intercode-sql' }

  test('has the cell that was typed, as a value and nothing else', async () => {
    const lab = openTestLab()
    await explored(lab, SQL)
    const tables = unwrap(await lab.visit('tables', 0))
    const table = tables.find(
      ({ rows, columns }) => rows.length > 0 && columns.some(({ fixed, type }) => !fixed && /char|text/i.test(type)),
    )
    if (table === undefined) throw new Error('a table with texts')
    const at = table.columns.findIndex(({ fixed, type }) => !fixed && /char|text/i.test(type))
    const { name: column } = table.columns[at] ?? { name: '' }
    const place = { kind: 'cell', database: table.database, table: table.name, row: 0, column } as const
    const to = "'); DROP --"
    const edit: WorldEdit = { ...place, from: table.rows[0]?.[at] ?? null, to }
    const { id } = await explored(lab, SQL, [edit])
    const all = unwrap(await lab.world(0, [`SELECT \`${column}\` FROM \`${table.name}\``]))
    expect(all.observation).toContain('DROP --')
    expect(unwrap(await lab.visit('tables', 0)).find(({ name }) => name === table.name)?.rows[0]?.[at]).toBe(to)
    expect(((await logOf(lab, id)) as [RunStarted])[0].edits).toEqual([edit])
    for (const wrong of [
      { ...edit, to: 'x'.repeat(2_000) },
      { ...edit, row: 1e6 },
      { ...edit, column: 'nothing' },
      { ...edit, table: 'nothing' },
      { ...edit, from: 'something else' },
    ])
      expect(await lab.create(SQL, [wrong])).toMatchObject({ failure: { code: 'edit' } })
    for (const [i, { fixed, name, type }] of table.columns.entries()) {
      const from = table.rows[0]?.[i] ?? null
      const typed = { ...place, column: name, from, to: 'no number' }
      if (fixed || /int|decimal|double|float|real/i.test(type))
        expect(await lab.create(SQL, [typed])).toMatchObject({ failure: { code: 'edit' } })
    }
  })
})
