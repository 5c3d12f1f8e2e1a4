/** What small language models cannot learn from, or only in part: said in sentences, before anything is measured. */
import { describe, expect, test } from 'vitest'
import type { Training } from '../../../src/core/comparison/comparison.ts'
import { success, unwrap } from '../../../src/core/failure.ts'
import type { RunEvent } from '../../../src/core/log/events.ts'
import { parseConfig } from '../../../src/core/settings/parse-config.ts'
import { loadShippedWorld } from '../../../src/node/node-lab.ts'
import { fingerprintOf, type LanguageModel, openReader } from '../../../src/policies/transformer/language-model.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import { measure } from '../../../src/worker/agents/dev-score.ts'
import { unfinishedTraining } from '../../../src/worker/agents/language/checkpoint.ts'
import { demonstrationLesson, pairLesson } from '../../../src/worker/agents/language/lessons.ts'
import type { LanguageRequest } from '../../../src/worker/agents/language/train-language.ts'
import type { RunToLearnFrom } from '../../../src/worker/agents/run-to-learn-from.ts'
import { trainOnDemonstrations } from '../../../src/worker/agents/train-agent.ts'
import type { TrainingPhase } from '../../../src/worker/protocol/agents.ts'
import { headerOf } from '../../../src/worker/runs/log-text.ts'
import type { World } from '../../../src/worker/worlds/world.ts'
import { logOf, openTestLab, SHIPPED, sharedLocks } from '../labs.ts'
import { narrower, taught, worldOf } from './teaching.ts'

const { config } = parseConfig({ policy: 'transformer', model: 'tiny' })
const world = unwrap(await worldOf(config))
const training = { beta: 0.3, learningRate: 5e-5, epochs: 1, klWeight: 0, sftWeight: 0.1 }
const pace = { breathe: async () => false }

let explored: Promise<readonly RunEvent[]> | undefined

/** Two tasks with pairs. */
async function explore(): Promise<readonly RunEvent[]> {
  const lab = openTestLab()
  const made = unwrap(
    await lab.create({ policy: 'transformer', model: 'tiny', method: 'rro-recycled', tasks: 2, rollouts: 3, seed: 2 }),
  )
  for (let task = 0; task < 2; task++) unwrap(await lab.advance('task'))
  return logOf(lab, made.progress.info.id)
}

/** A run of two tasks with pairs, as it came back from a file in which somebody changed something. */
async function runToLearnFrom(change = (log: RunEvent[]): RunEvent[] => log): Promise<RunToLearnFrom> {
  explored ??= explore()
  const store = createMemoryStore()
  const lab = openTestLab({ openStore: async () => success(store) })
  const text = change([...(await explored)])
    .map((event) => `${JSON.stringify(event)}\n`)
    .join('')
  const { id } = unwrap(await lab.importRun(new File([text], 'changed.jsonl')))
  const [record, header] = [unwrap(await store.run(id)), unwrap(await headerOf(store, id))]
  return { runs: store, record, header, world }
}

const ended = (run: RunToLearnFrom) => pairLesson(run, training, run.record.events, pace)

/** The same with a model that has room for so many tokens. */
const narrow = (context: number): World => narrower(world, context)

describe('a run', () => {
  test('that was made here says what it cost as far as it counts', async () => {
    const run = await runToLearnFrom()
    const lesson = unwrap(await ended(run))
    expect(lesson.facts).toMatchObject({ tasks: 2, policyCalls: run.record.cost.policyCalls })
    let second = 0
    for await (const batch of run.runs.batches(run.record.id, run.record.events))
      if (second === 0 && unwrap(batch).task === 1) second = unwrap(batch).firstSeq
    const part = unwrap(await pairLesson(run, training, second, pace))
    expect(part.facts.tasks).toBe(1)
    expect(part.facts.policyCalls).toBeLessThan(run.record.cost.policyCalls)
  })

  test.each<[string, (log: RunEvent[]) => RunEvent[], string]>([
    [
      'whose data is not here',
      ([head, ...log]) => [
        { ...(head as RunEvent & { type: 'run-started' }), data: { name: 'Mine', fingerprint: 'f' } },
        ...log,
      ],
      'training-other-data',
    ],
    [
      'whose agent is another version',
      ([head, ...log]) => [
        { ...(head as RunEvent & { type: 'run-started' }), agent: { name: 'Small', fingerprint: 'f' } },
        ...log,
      ],
      'training-other-agent',
    ],
    [
      'with a task that its data does not have',
      (log) => log.map((event) => (event.type === 'task-started' ? { ...event, taskId: 'nowhere' } : event)),
      'training-task-unknown',
    ],
  ])('%s is refused', async (_, change, code) => {
    expect(await ended(await runToLearnFrom(change))).toMatchObject({ ok: false, failure: { code } })
  })

  test('with pairs that the model has no room for teaches the others, and says so where there are none', async () => {
    const run = await runToLearnFrom()
    const all = unwrap(await ended(run)).facts
    expect(all).not.toHaveProperty('pairsSampled')
    const few = unwrap(await ended({ ...run, world: narrow(60) })).facts
    expect(few.pairs).toBe(all.pairs)
    expect(few.pairsSampled).toBeLessThan(Number(all.pairs))
    expect(await ended({ ...run, world: narrow(8) })).toMatchObject({ failure: { code: 'training-too-long' } })
  })
})

describe('demonstrations', () => {
  const language = { from: { model: 'tiny' }, demonstrations: 5, epochs: 1 } as const
  const lesson = (of: World) => demonstrationLesson(SHIPPED, of, config, language, pace)

  test('are of the data that ships, and are not shown on any other', async () => {
    const brought = { ...world, data: { ...world.data, origin: 'yours' as const } }
    expect((await lesson(brought)).ok).toBe(true)
    const other = { ...brought, data: { ...brought.data, fingerprint: 'ffffffffffffffff' } }
    expect(await lesson(other)).toMatchObject({ failure: { code: 'training-other-data' } })
    const { policy, data } = unwrap(await loadShippedWorld())
    if (policy === undefined) throw new Error('no embedded policy')
    const linear = { ...other, policy, data: { ...data, origin: 'yours' as const, fingerprint: 'ffffffffffffffff' } }
    const ports = { store: createMemoryStore(), loader: SHIPPED, date: () => 0, now: () => 0, report: () => {} }
    const sft = { demonstrations: 5, epochs: 1 }
    const answer = await trainOnDemonstrations({ ...ports, signal: new AbortController().signal }, linear, 'A', sft)
    expect(answer).toMatchObject({ failure: { code: 'training-other-data' } })
  })

  test('that the model has no room for are not learnt; where none is left, that is said', async () => {
    expect(unwrap(await lesson(world)).facts.demonstrations).toBe(5)
    expect(await lesson(narrow(8))).toMatchObject({ failure: { code: 'training-too-long' } })
  })
})

describe('a training that is not finished', () => {
  const SFT: LanguageRequest = {
    environment: 'webshop',
    name: 'Taught',
    language: { from: { model: 'tiny' }, demonstrations: 2, epochs: 1 },
  }
  async function paused(at = 3) {
    const store = createMemoryStore()
    await taught(SFT, { store, breathed: (count) => (count === at ? 'pause' : undefined) })
    return store
  }

  test('is not lost to another one that is begun', async () => {
    const store = await paused()
    const before = unwrap(await unfinishedTraining(store))
    const answer = await taught({ ...SFT, name: 'Other' }, { store })
    expect(answer).toMatchObject({ failure: { code: 'training-unfinished' } })
    expect(answer.ok ? '' : answer.failure.message).toContain('Taught')
    expect(unwrap(await unfinishedTraining(store))).toEqual(before)
  })

  test('gives way to another one where it is damaged', async () => {
    const store = createMemoryStore()
    await store.smallRecords('trainings').put('language-model', { version: 1 })
    unwrap(await taught(SFT, { store, dev: 1 }))
    expect(unwrap(await unfinishedTraining(store))).toBeUndefined()
  })

  test('is forgotten where it is stopped while what it learns from is read again', async () => {
    const store = await paused()
    const answer = await taught(SFT, { store, breathed: (count) => (count === 1 ? 'stop' : undefined) }, true)
    expect(answer).toMatchObject({ failure: { code: 'training-stopped' } })
    expect(unwrap(await unfinishedTraining(store))).toBeUndefined()
  })

  test('is not discarded while another tab has it', async () => {
    const [store, locks] = [await paused(), sharedLocks()]
    const lab = openTestLab({ openStore: async () => success(store), locks })
    const release = await locks.acquire('language-training')
    expect(await lab.agent('discard')).toMatchObject({ failure: { code: 'training-elsewhere' } })
    await release?.()
    unwrap(await lab.agent('discard'))
    expect(unwrap(await lab.agent('unfinished'))).toBeUndefined()
    expect(await lab.agent('resume')).toMatchObject({ failure: { code: 'training-none' } })
  })

  test.each([
    [
      'parameters of another model',
      { descent: { step: 1, parameters: new Float32Array(9), moments: [new Float32Array(9), new Float32Array(9)] } },
    ],
    ['moments that are too short', undefined],
    [
      'more tasks than there are',
      { before: { sampled: Array(999).fill(0), greedy: Array(999).fill(0), successes: 0, greedySuccesses: 0 } },
    ],
    [
      'tasks that were measured by half',
      { before: { sampled: [1, 1], greedy: [1], successes: 0, greedySuccesses: 0 } },
    ],
  ])('with %s does not go on', async (_, change) => {
    const store = await paused()
    const records = store.smallRecords('trainings')
    const stored = unwrap(await records.get('language-model')) as object
    const size = world.languageModel?.parameters.length ?? 0
    const short = {
      step: 1,
      parameters: new Float32Array(size),
      moments: [new Float32Array(size), new Float32Array(9)],
    }
    await records.put('language-model', { ...stored, ...(change ?? { descent: short }) })
    expect(await taught(SFT, { store }, true)).toMatchObject({ failure: { code: 'training-damaged' } })
  })
})

describe('a training on pairs', () => {
  /** Only the pairs that are short. */
  const shortRun = async () => ({ ...(await runToLearnFrom()), world: narrow(60) })
  const request = (numbers: Partial<Training>): LanguageRequest => ({
    ...{ runId: 'a', name: 'Trained', training: { ...training, ...numbers } },
  })

  test('that changes nothing, or runs away, makes no agent and leaves nothing behind', async () => {
    const run = success(await shortRun())
    for (const [learningRate, code] of [
      [0, 'training-unchanged'],
      [1e30, 'training-diverged'],
    ] as const) {
      const store = createMemoryStore()
      expect(await taught(request({ learningRate }), { store, run })).toMatchObject({ failure: { code } })
      expect(unwrap(await store.smallRecords('agents').all())).toEqual([])
      expect(unwrap(await unfinishedTraining(store))).toBeUndefined()
    }
  })

  test('is judged by the weights that came of it, whatever was read with others before', async () => {
    const store = createMemoryStore()
    const given = await runToLearnFrom((log) => log.filter((event) => !('task' in event && event.task > 0)))
    const strong = request({ learningRate: 1e-3 })
    const { agent, compared, after } = unwrap(await taught(strong, { store, run: success(given) }))
    const own = parseConfig({ policy: 'transformer', model: agent.model }).config
    const fresh = unwrap(await worldOf(own, store))
    const judged = await measure(fresh.actor, fresh, given.header.config, 'after', pace, { episodes: 4 })
    expect(after).toEqual(judged?.score)
    expect(after).not.toEqual(compared?.before)
  })

  test('follows its numbers, each of which comes to other weights', async () => {
    const run = await shortRun()
    const learnt = new Set<string>()
    const { kernel } = unwrap(await openReader(run.world.languageModel as LanguageModel))
    for (const numbers of [
      {},
      { beta: 1 },
      { sftWeight: 0 },
      { epochs: 2 },
      { learningRate: 1e-4 },
      { loss: 'ipo' },
      { loss: 'kto' },
    ] as const) {
      const { model, descent } = unwrap(await pairLesson(run, { ...training, ...numbers }, run.record.events, pace))
      kernel.parameters.set(model.parameters)
      for (const _ of descent(kernel));
      learnt.add(fingerprintOf(model.config, kernel.parameters, model.tokenizer))
    }
    expect(learnt.size).toBe(7)
  })

  test.each(['dpo', 'kto'] as const)('by %s is the same, however often it was paused', async (loss) => {
    const run = success(await shortRun())
    const asked = request({ loss, epochs: 2 })
    const whole = unwrap(await taught(asked, { run }))
    const store = createMemoryStore()
    const seen = new Set<TrainingPhase>()
    let answer = await taught(asked, { store, run, breathed: (count) => (count === 3 ? 'pause' : undefined) })
    for (let pauses = 1; !answer.ok; pauses++) {
      expect(answer.failure.code).toBe('training-paused')
      seen.add(unwrap(await unfinishedTraining(store))?.phase ?? 'after')
      const at = 7 * pauses
      answer = await taught(asked, { store, run, breathed: (count) => (count === at ? 'pause' : undefined) }, true)
    }
    expect(seen).toContain('fitting')
    expect(answer.value).toMatchObject({ agent: whole.agent, compared: whole.compared, after: whole.after })
    expect(whole.agent.trained.method).toBe(`${loss.toUpperCase()} on the pairs of a run by rro-recycled`)
  })
})
