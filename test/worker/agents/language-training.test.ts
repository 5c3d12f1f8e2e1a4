/** Small language models that learn in the lab: paused, gone on with, stopped, and the same whatever happened. */
import { beforeAll, describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { parseConfig } from '../../../src/core/settings/parse-config.ts'
import { writtenConversation } from '../../../src/policies/transformer/conversation.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import { conversationOf } from '../../../src/training/texts/shown-conversation.ts'
import { unfinishedTraining } from '../../../src/worker/agents/language/checkpoint.ts'
import { learningCurve, thinned } from '../../../src/worker/agents/language/learning-curve.ts'
import type { LanguageRequest } from '../../../src/worker/agents/language/train-language.ts'
import type { Learning, TrainedAgent, TrainingPhase } from '../../../src/worker/protocol/agents.ts'
import { SHIPPED, sharedLocks } from '../labs.ts'
import { DEV, taught, worldOf } from './teaching.ts'

/** One more than a mini-batch has: each epoch is two steps. */
const SHOWN = 13
const SFT: LanguageRequest = {
  environment: 'webshop',
  name: 'Taught',
  language: { from: { model: 'tiny' }, demonstrations: SHOWN, epochs: 2 },
}
/** One step, where it does not matter how much is learnt. */
const SHORT: LanguageRequest = { ...SFT, language: { from: { model: 'tiny' }, demonstrations: 3, epochs: 1 } }

interface Stored {
  readonly descent?: { readonly step: number }
}

describe('SFT of a small language model', () => {
  const store = createMemoryStore()
  const phases = new Set<TrainingPhase>()
  /** What was stored on the way, by steps. */
  const kept = new Map<number, Stored>()
  let whole: TrainedAgent
  beforeAll(async () => {
    const records = store.smallRecords('trainings')
    const look = async (): Promise<void> => {
      const stored = unwrap(await records.get('language-model')) as Stored | undefined
      if (stored?.descent !== undefined) kept.set(stored.descent.step, structuredClone(stored))
    }
    const told = (phase: TrainingPhase): void => {
      phases.add(phase)
      void look()
    }
    whole = unwrap(await taught(SFT, { store, told, tickMs: 400 }))
  })

  test('makes an agent that is kept, measured, and can be taught again', async () => {
    const { agent, compared, after, learning } = whole
    expect([...phases]).toEqual(['reading', 'before', 'fitting', 'after'])
    expect(agent).toMatchObject({ policy: 'transformer', name: 'Taught', origin: 'here', environment: 'webshop' })
    expect(agent.trained).toMatchObject({
      method: 'SFT on demonstrations',
      demonstrations: SHOWN,
      epochs: 2,
      devTasks: DEV,
    })
    expect(compared?.before.tasks).toBe(DEV)
    expect(after.tasks).toBe(DEV)
    expect(learning?.losses).toHaveLength(4)
    expect(learning?.tokens).toBe(learning?.of)
    expect(learning?.legal.length).toBeGreaterThan(0)
    expect(learning?.firstLegal?.action).toMatch(/^search\[/)
    expect(unwrap(await unfinishedTraining(store))).toBeUndefined()
    const again = { ...SFT, language: { ...SHORT.language, from: { model: agent.model } } }
    const second = unwrap(await taught(again, { store, dev: 1 }))
    expect(second.agent.model).not.toBe(agent.model)
    expect(second.agent.trained.reference).toBe('Taught')
  })

  test('from random weights begins with knowing nothing, and is not measured before', async () => {
    const request: LanguageRequest = { ...SHORT, language: { ...SHORT.language, from: 'random-tiny' } }
    // It writes on until it has no more room.
    const { agent, compared, learning } = unwrap(await taught(request, { dev: 1, context: 400 }))
    expect(compared).toBeUndefined()
    // 1,536 tokens, all about equally likely: log 1536 = 7.34.
    expect(learning?.losses[0]?.[1]).toBeGreaterThan(6.5)
    expect(agent.trained.method).toBe('SFT from random weights')
  })

  test('is the same, however often it was paused and whatever was kept in memory', async () => {
    const store = createMemoryStore()
    let answer = await taught(SFT, { store, breathed: (count) => (count === 3 ? 'pause' : undefined) })
    let pauses = 0
    // Turns after what is read again: amid the first step, the third, the last, and what is measured after.
    const further = [7, 17, 14, 3]
    const seen = new Set<TrainingPhase>()
    while (!answer.ok && pauses < 60) {
      expect(answer.failure.code).toBe('training-paused')
      pauses++
      const left = unwrap(await unfinishedTraining(store))
      expect(left).toMatchObject({ name: 'Taught', environment: 'webshop', savedAtMs: 5 })
      if (left !== undefined) seen.add(left.phase)
      const at = SHOWN + (further[pauses - 1] ?? Number.POSITIVE_INFINITY)
      answer = await taught(SFT, { store, breathed: (count) => (count === at ? 'pause' : undefined) }, true)
    }
    expect(pauses).toBeGreaterThan(3)
    expect([...seen]).toEqual(['before', 'fitting', 'after'])
    const ended = unwrap(answer) as TrainedAgent
    const { tokensPerSecond: _, ...learning } = ended.learning as Learning
    expect(ended).toMatchObject({ agent: whole.agent, compared: whole.compared, after: whole.after, learning: {} })
    expect(learning).toMatchObject({ losses: whole.learning?.losses, legal: whole.learning?.legal })
    expect(unwrap(await unfinishedTraining(store))).toBeUndefined()
  })

  test('that is stopped keeps nothing', async () => {
    for (const at of [2, SHOWN + 1, SHOWN + DEV + 5]) {
      const store = createMemoryStore()
      // It is stored at each turn.
      const breathed = (count: number) => (count === at ? 'stop' : undefined)
      const answer = await taught(SFT, { store, breathed, tickMs: 5000 })
      expect(answer).toMatchObject({ ok: false, failure: { code: 'training-stopped' } })
      expect(unwrap(await unfinishedTraining(store))).toBeUndefined()
      expect(unwrap(await store.smallRecords('agents').all())).toEqual([])
    }
  })

  test('is stored every few seconds, so that a kill loses no more', async () => {
    expect(kept.size).toBeGreaterThan(1)
    for (const stored of kept.values()) {
      const after = createMemoryStore()
      await after.smallRecords('trainings').put('language-model', stored)
      expect(unwrap(await taught(SFT, { store: after }, true)).agent).toEqual(whole.agent)
    }
  })

  test('goes on only with the same beginning, and says so; what is damaged says so, too', async () => {
    const store = createMemoryStore()
    await taught(SFT, { store, breathed: (count) => (count === 3 ? 'pause' : undefined) })
    const stored = unwrap(await store.smallRecords('trainings').get('language-model')) as object
    await store.smallRecords('trainings').put('language-model', { ...stored, from: '0123456789abcdef' })
    expect(await taught(SFT, { store }, true)).toMatchObject({ failure: { code: 'training-changed' } })
    await store.smallRecords('trainings').put('language-model', { ...stored, before: { sampled: ['x'] } })
    expect(await unfinishedTraining(store)).toMatchObject({ failure: { code: 'training-damaged' } })
  })

  test('goes on in one tab at a time', async () => {
    const locks = sharedLocks()
    const [one, other] = await Promise.all([taught(SHORT, { locks, dev: 1 }), taught(SHORT, { locks, dev: 1 })])
    expect([one, other].filter(({ ok }) => ok)).toHaveLength(1)
    expect([one, other].find(({ ok }) => !ok)).toMatchObject({ failure: { code: 'training-elsewhere' } })
  })
})

test('a demonstration is read as the model was pretrained on it', async () => {
  const { config } = parseConfig({ policy: 'transformer', model: 'tiny' })
  const world = unwrap(await worldOf(config))
  const { language } = world
  if (language === undefined) throw new Error('no language model')
  const files = unwrap(await SHIPPED.model(['demonstrations-webshop.jsonl']))
  const [, line = ''] = new TextDecoder().decode(files.get('demonstrations-webshop.jsonl')).split('\n')
  const { task, actions, reward } = JSON.parse(line)
  const found = conversationOf(language, { taskId: task, actions, reward, skip: [1] })
  expect(found.actions).toHaveLength(actions.length - 1)
  expect(found.slips).toHaveLength(1)
  const text = (from: number, to: number) => language.tokenizer.decode(found.tokens.slice(from, to))
  const spans = [...found.actions, ...found.slips].sort(([a], [b]) => a - b)
  const turns = spans.map(([from, to], i) => {
    const seen = text(i === 0 ? 1 : (spans[i - 1]?.[1] ?? 0), from - 1)
    return { seen, action: text(from, to - 1), imitate: i !== 1 }
  })
  expect(writtenConversation(language.tokenizer, turns)).toEqual(found)
})

test('a curve has no more points than a page can draw, and the same mean', () => {
  const points = Array.from({ length: 1000 }, (_, i): [number, number] => [i + 1, i % 7])
  const few = thinned(points)
  expect(few.length).toBeLessThanOrEqual(120)
  expect(few.at(-1)?.[0]).toBe(1000)
  expect(few.slice(0, -1).reduce((sum, [, value]) => sum + value, 0) / (few.length - 1)).toBeCloseTo(3, 1)
  const curve = learningCurve(100, () => 0, {
    tokens: 40,
    of: 100,
    losses: [[40, 2]],
    legal: [],
    firstLegal: undefined,
  })
  curve.add({ share: 1, step: 2, steps: 2, loss: 1, accuracy: 0, tokens: 60 })
  expect(curve.known).toMatchObject({
    tokens: 100,
    losses: [
      [40, 2],
      [100, 1],
    ],
  })
})
