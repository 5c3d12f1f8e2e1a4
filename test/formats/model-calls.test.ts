import { expect, test } from 'vitest'
import type { CandidateProposed, RolloutFinished } from '../../src/core/log/events.ts'
import { lineOf, parseEvent } from '../../src/formats/event-schema.ts'
import { readWholeRunFile, writeRunFile } from '../../src/formats/run-file.ts'
import { collect, toyConfig, toyRun, treeActor } from '../core/toy.ts'

const call = { prompt: 'abc', promptTokens: 7, completionTokens: null, finish: 'stop' } as const
const proposed = {
  ...{ type: 'candidate-proposed', task: 0, step: 1, candidate: 1, text: 't', action: 'a', done: false, outcome: null },
} as const satisfies CandidateProposed
const rolled = {
  ...{ type: 'rollout-finished', task: 0, step: 1, candidate: 1, rollout: 1, actions: ['a'], reward: 0 },
} as const satisfies RolloutFinished

test('what a language model said and took is kept to the byte, and its absence, too', () => {
  const fit = { shortened: 1, dropped: 0, cut: null }
  for (const event of [
    proposed,
    { ...proposed, usage: { ...call, fit, elapsedMs: 12 } },
    rolled,
    { ...rolled, texts: ['t'], usages: [call] },
  ]) {
    const parsed = parseEvent(JSON.parse(lineOf(event)))
    expect(parsed.ok && lineOf(parsed.value)).toBe(lineOf(event))
  }
})

test.each([
  { ...proposed, usage: { ...call, promptTokens: -1 } },
  { ...proposed, usage: { ...call, finish: 'tired' } },
  { ...proposed, usage: { ...call, elapsedMs: Number.NaN } },
  { ...proposed, usage: 'abc' },
  { ...rolled, texts: 't' },
  { ...rolled, usages: Array(99).fill(call) },
])('what no model took is refused: %j', (event) => {
  const parsed = parseEvent(JSON.parse(JSON.stringify(event)))
  expect(parsed.ok ? '' : parsed.failure.message).toMatch(/has a bad/)
})

test('a log with other numbers of replies than of actions is refused', async () => {
  const log = await collect(toyRun(treeActor(), toyConfig({ tasks: 1, candidates: 1, rollouts: 1 })))
  const at = log.findIndex(({ type }) => type === 'rollout-finished')
  const good = log.with(at, { ...(log[at] as RolloutFinished), texts: (log[at] as RolloutFinished).actions })
  expect(await readWholeRunFile(writeRunFile(good))).toEqual({ ok: true, value: good })
  const bad = log.with(at, { ...(log[at] as RolloutFinished), usages: [] })
  const read = await readWholeRunFile(writeRunFile(bad))
  expect(read.ok ? '' : read.failure.message).toMatch(/has another number of replies than of actions/)
})
