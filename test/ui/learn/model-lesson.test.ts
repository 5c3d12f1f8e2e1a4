/** The language model's run takes the example's place in its chapter, is there again, and leaves Explore as it was found. */
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { failure, success } from '../../../src/core/failure.ts'
import { parseConfig } from '../../../src/core/settings/parse-config.ts'
import { SHIPPED_DATA } from '../../../src/core/settings/shipped-data.ts'
import type { Chapter } from '../../../src/ui/learn/chapter.ts'
import { LANGUAGE_MODEL } from '../../../src/ui/learn/chapters/language-model.ts'
import { lessonOf } from '../../../src/ui/learn/lesson.ts'
import { AGENT_NAME, modelLessonOf, RUN_NAME, TASKS } from '../../../src/ui/learn/model-lesson.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import type { AgentInfo, RunInfo, Spelled } from '../../../src/worker/protocol/lab-api.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, rested, type SlowLab, toyRun } from '../slow-lab.ts'
import { STEPS } from '../toy-task.ts'

const SHOP = toyRun('shop', { environment: 'webshop' }, 'shipped')
const MINE = toyRun('mine')
const OTHER = toyRun('other')
/** Learn can be told with them. */
const TOLD = STEPS.map((step) => ({
  ...step,
  candidates: step.candidates.map((candidate) => ({ ...candidate, done: candidate.done ?? !candidate.rises })),
}))
const PLACE = { runId: 'mine', task: 0, count: 9, pinned: { step: 1, candidate: 1 } }
const { config } = parseConfig({ policy: 'transformer', model: 'tiny', tasks: TASKS })
const MADE = `fresh ${config.seed}`
const BEGUN: RunInfo = { ...toyRun('begun', config), name: RUN_NAME, config }
const SPELLED: Spelled = { read: '', tokens: [{ text: 'search', probability: 0.5, others: [] }] }

beforeEach(async () => {
  await LANGUAGE_MODEL.fetch?.() // its code is here
  stubBrowser()
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
})

/** In the chapter, with a run of the visitor's that stood there before. */
async function begin(runs: readonly RunInfo[] = [MINE, OTHER, SHOP], beat = 1) {
  const lab = createSlowLab(runs, [], TOLD)
  const renamed: string[] = []
  Object.assign(lab.api, {
    rename: async (id: string, name: string) => {
      renamed.push(name)
      return success(toyRun(id))
    },
    visit: async () => success(SPELLED),
  })
  const page = new PageState(() => lab.api)
  await page.begin('')
  if (runs.includes(MINE)) await page.opener.open('mine', PLACE)
  const lesson = lessonOf(page)
  const model = modelLessonOf(page)
  const enter = async (): Promise<void> => {
    page.address.workspace = 'learn'
    void lesson.enter()
    await rested()
  }
  const leave = (): void => {
    page.address.workspace = 'explore'
    lesson.leave()
  }
  const turnTo = async (chapter: string): Promise<void> => {
    page.address.hashes.learn = `#learn&chapter=${chapter}`
    lesson.read(page.address.hashes.learn)
    await rested()
  }
  page.address.hashes.learn = '#learn&chapter=language-model'
  await enter()
  for (let at = 1; at < beat; at++) {
    lesson.goOn()
    await rested()
    if (lesson.at < at) lesson.goOn()
    await rested()
  }
  return { lab, page, lesson, model, enter, leave, turnTo, renamed, standing: () => page.explorer.progress?.info.id }
}

/** A run can be read from now on, but not gone on with. */
function block({ api }: SlowLab, blocked: string): void {
  const { open } = api
  api.open = async (id) => {
    const opened = await open(id)
    if (!opened.ok || id !== blocked) return opened
    return success({ ...opened.value, progress: { ...opened.value.progress, blocked: 'Not here.' } })
  }
}

/** The lab tells that the run is explored. */
async function finish(lab: SlowLab, page: PageState, revision = 1e6): Promise<void> {
  const { progress } = page.explorer
  if (progress === undefined) throw new Error('a run stands there')
  const info = { ...progress.info, finished: true, tasksFinished: 3 }
  lab.tell({ type: 'progress', progress: { ...progress, revision, info, status: 'finished' }, newTasks: [], from: 0 })
  await rested()
}

const made = (calls: readonly string[]): string[] => calls.filter((call) => call.startsWith('create'))

describe('the run of the chapter', () => {
  test('is made at a press and not before, under a name that says where it comes from', async () => {
    const { lab, lesson, model, renamed, standing } = await begin()
    expect([standing(), made(lab.calls), lesson.heard]).toEqual(['shop', [], undefined])
    lesson.goOn()
    await rested()
    expect([standing(), model.here, model.first]).toEqual([MADE, true, SPELLED])
    expect([made(lab.calls).length, renamed]).toEqual([1, [RUN_NAME]])
    expect(lesson.heard).toBeDefined()
  })

  test('is gone on with where it was begun before a reload', async () => {
    const { lab, lesson, model, standing } = await begin([BEGUN, MINE, SHOP])
    lesson.goOn()
    await rested()
    expect([standing(), model.here, made(lab.calls)]).toEqual(['begun', true, []])
  })

  test('is made anew where it cannot be gone on with', async () => {
    const { lab, lesson, page, model } = await begin([BEGUN, MINE, SHOP])
    block(lab, 'begun')
    lesson.goOn()
    await rested()
    expect([page.explorer.progress?.info.id, model.here]).toEqual([MADE, true])
  })

  test('is made anew where other data has come in the place of its own', async () => {
    const { lab, page, lesson, model } = await begin()
    lesson.goOn()
    await rested()
    const { progress } = page.explorer
    if (progress === undefined) throw new Error('a run stands there')
    block(lab, MADE)
    const blocked = { ...progress, revision: 1e6, blocked: 'Made with other data.' }
    lab.tell({ type: 'progress', progress: blocked, newTasks: [], from: 0 })
    lesson.say('fetch')
    await rested()
    expect([made(lab.calls).length, model.here]).toEqual([2, true])
  })

  test('is one also where other settings have the same name, or a visitor’s run the same settings', async () => {
    const others = [
      { ...BEGUN, config: { ...config, seed: 8 } },
      { ...BEGUN, id: 'theirs', name: 'Mine' },
    ]
    const { lab, lesson } = await begin([...others, MINE, SHOP])
    lesson.goOn()
    await rested()
    expect(made(lab.calls)).toHaveLength(1)
  })

  test('that could not be fetched is told of, and fetched at the next press', async () => {
    const { lab, lesson, model, standing } = await begin()
    lab.slow.add('create')
    lesson.say('fetch')
    await lab.fail('create')
    expect([standing(), model.here, model.fetching, lesson.heard]).toEqual(['shop', false, false, undefined])
    expect(model.failure).toMatch(/^It could not be fetched\. .*once more\.$/)
    lab.slow.clear()
    lesson.say('fetch')
    await rested()
    expect([standing(), model.failure]).toEqual([MADE, undefined])
  })

  test('that there is no room for says that, not that the connection is to blame', async () => {
    const { lab, lesson, model } = await begin()
    const { create } = lab.api
    lab.api.create = async () => failure('storage-full', 'No room is left.')
    lesson.say('fetch')
    await rested()
    expect(model.failure).toBe('No room is left. Press once more to try again.')
    lab.api.create = create
    lesson.say('fetch')
    await rested()
    expect([model.here, model.failure]).toEqual([true, undefined])
  })

  test('that cannot be opened any more is made anew, and nothing is amiss then', async () => {
    const { lab, lesson, model, standing } = await begin([BEGUN, MINE, SHOP])
    const { open } = lab.api
    lab.api.open = async (id) => (id === 'begun' ? failure('run-gone', 'It is gone.') : open(id))
    lesson.say('fetch')
    await rested()
    expect([standing(), model.failure]).toEqual([MADE, undefined])
  })

  test('gives way to what the visitor opens meanwhile', async () => {
    const { lab, page, lesson, model, leave, standing } = await begin()
    lab.slow.add('create')
    lesson.goOn()
    await rested()
    const opened = page.opener.open('other')
    leave()
    lab.slow.clear()
    await lab.answer('create')
    await opened
    await rested()
    expect([standing(), model.here, lab.open()]).toEqual(['other', false, 'other'])
  })
})

describe('what stood in Explore', () => {
  test('comes back when Learn is left in the chapter', async () => {
    const { lab, page, lesson, leave } = await begin()
    lesson.goOn()
    await rested()
    leave()
    await rested()
    expect([page.explorer.place, lab.open()]).toEqual([PLACE, 'mine'])
  })

  test('comes back also where it was the example itself', async () => {
    const { page, lesson, leave } = await begin([SHOP])
    lesson.goOn()
    await rested()
    expect(page.explorer.progress?.info.id).toBe(MADE)
    leave()
    await rested()
    expect(page.explorer.progress?.info.id).toBe('shop')
  })

  test('comes back where Learn was left and come back to at once', async () => {
    const { page, lesson, enter, leave, standing } = await begin()
    lesson.goOn()
    await rested()
    leave()
    await enter()
    expect(standing()).toBe('shop')
    leave()
    await rested()
    expect(page.explorer.place).toEqual(PLACE)
  })
})

test('a chapter whose code could not be fetched says so, and is fetched when it is opened again', async () => {
  const asked = vi.spyOn(LANGUAGE_MODEL as Required<Chapter>, 'fetch').mockRejectedValueOnce(new Error('offline'))
  onTestFinished(() => asked.mockRestore())
  const { lesson, turnTo } = await begin()
  expect(lesson.scene).toBeUndefined()
  expect(lesson.failure).toMatch(/^This chapter could not be fetched\. Check the connection/)
  await turnTo('pair')
  expect([lesson.failure, lesson.scene?.example.runId]).toEqual([undefined, 'shop'])
  await turnTo('language-model')
  expect([lesson.failure, lesson.scene?.example.runId, asked.mock.calls.length]).toEqual([undefined, 'shop', 2])
})

test('another chapter has the example again, and this one its run, which is not made twice', async () => {
  const { lab, lesson, turnTo, standing } = await begin()
  lesson.goOn()
  await rested()
  await turnTo('pair')
  expect([standing(), lesson.scene?.example.runId]).toEqual(['shop', 'shop'])
  await turnTo('language-model')
  lesson.goOn()
  await rested()
  expect([standing(), made(lab.calls).length]).toEqual([MADE, 1])
})

test('exploring that is stopped says nothing, and goes on at the next press', async () => {
  const { lab, page, lesson, model } = await begin(undefined, 3)
  const starts = () => lab.calls.filter((call) => call === 'start').length
  lesson.say('explore')
  await rested()
  expect([starts(), model.exploring, lesson.heard]).toEqual([1, true, undefined])
  await model.stop()
  await rested()
  expect([model.exploring, model.explored, lesson.heard]).toEqual([false, false, undefined])
  lesson.say('explore')
  await rested()
  expect([starts(), model.exploring]).toEqual([2, true])
  lab.api.visit = (async () => failure('toy', 'No.')) as typeof lab.api.visit
  await finish(lab, page)
  expect([model.exploring, model.explored]).toEqual([false, true])
  expect(lesson.heard).toBeDefined()
  expect(model.failure).toBe('No step of this run made a pair that can be shown.')
})

test('exploring ends with a sentence where other data comes meanwhile, and begins anew at the next press', async () => {
  const { lab, page, lesson, model, standing } = await begin([BEGUN, MINE, SHOP], 3)
  lesson.say('explore')
  await rested()
  expect([standing(), model.exploring]).toEqual(['begun', true])
  block(lab, 'begun')
  const { progress } = page.explorer
  if (progress === undefined) throw new Error('a run stands there')
  lab.tell({ type: 'progress', progress: { ...progress, revision: 1e6, blocked: 'Not here.' }, newTasks: [], from: 0 })
  await rested()
  expect(model.exploring).toBe(false)
  expect(model.failure).toBe('Other data has come in the place of its own. Press once more to begin anew.')
  lesson.say('explore')
  await rested()
  expect([standing(), model.exploring, model.failure]).toEqual([MADE, true, undefined])
})

test('the pair of a run that is made anew is judged anew, also by the model that judged the one before', async () => {
  const { lab, page, lesson, model, standing } = await begin([BEGUN, MINE, SHOP], 3)
  const trained = { run: RUN_NAME, data: SHIPPED_DATA.webshop }
  const agent = { ...{ policy: 'transformer', model: 'kept', name: AGENT_NAME, origin: 'here' }, trained }
  page.library.agents.webshop = [agent as unknown as AgentInfo]
  lesson.say('explore')
  await rested()
  await finish(lab, page)
  expect([standing(), model.pair?.chosen.after]).toEqual(['begun', SPELLED])
  block(lab, 'begun')
  const { progress } = page.explorer
  if (progress === undefined) throw new Error('a run stands there')
  lab.tell({ type: 'progress', progress: { ...progress, revision: 2e6, blocked: 'Gone.' }, newTasks: [], from: 0 })
  lesson.say('explore')
  await rested()
  expect([standing(), model.pair]).toEqual([MADE, undefined])
  await finish(lab, page, 3e6)
  expect(model.pair?.chosen.after).toEqual(SPELLED)
})
