import { expect, test } from 'vitest'
import type { ModelCall } from '../../../src/core/log/conversation.ts'
import type { RunEvent } from '../../../src/core/log/events.ts'
import { addTokens, NO_TOKENS, tokenCost } from '../../../src/core/log/token-cost.ts'

/** Every reply has 10 tokens and every observation 90, the opening 500: a prompt after n replies has 500 + 100 n. */
function call(replies: number, parts: Partial<ModelCall> = {}): ModelCall {
  return { prompt: '', promptTokens: 500 + 100 * replies, completionTokens: 10, finish: 'stop', ...parts }
}

const AT = { task: 0, step: 1 }

function started(): RunEvent[] {
  return [
    { type: 'task-started', task: 0, taskId: 't', instruction: '', observation: '' },
    { type: 'step-started', ...AT, bar: 0 },
  ]
}

/** A candidate, and m rollouts of n actions, all different. */
function candidate(number: number, m: number, n: number, parts: Partial<ModelCall> = {}): RunEvent[] {
  const proposed = { text: `c${number}`, action: '', done: false, outcome: null, usage: call(0, parts) }
  return [
    { type: 'candidate-proposed', ...AT, candidate: number, ...proposed },
    ...Array.from({ length: m }, (_, r): RunEvent => {
      const texts = Array.from({ length: n }, (_, i) => `c${number} r${r} a${i}`)
      const usages = texts.map((_, i) => call(1 + i, parts))
      const said = { actions: texts, reward: 0, texts, usages }
      return { type: 'rollout-finished', ...AT, candidate: number, rollout: r + 1, ...said }
    }),
  ]
}

test('depth first, an engine with one conversation reads a prefix once for each rollout, and then only what is new', () => {
  const [m, n] = [3, 4]
  const cost = tokenCost([...started(), ...candidate(1, m, n)])
  const prompts = 500 + m * (n * 500 + 100 * ((n * (n + 1)) / 2))
  expect(cost).toMatchObject({ calls: 1 + m * n, uncounted: 0, prompt: prompts, decoded: 10 * (1 + m * n) })
  // The first rollout goes on after the proposal; the others begin anew; each later call reads one observation.
  expect(cost.prefilled).toBe(500 + 90 + (m - 1) * 600 + m * (n - 1) * 90)
  // In turns, only the first call of the first rollout goes on where the engine is.
  expect(cost.interleaved).toBe(prompts - 510)
  // With everything kept: the opening, and one observation for each conversation that differs.
  expect(cost.shared).toBe(500 + 90 + m * (n - 1) * 90)
})

test('one rollout is the same in any order', () => {
  const cost = tokenCost([...started(), ...candidate(1, 1, 5)])
  expect(cost.interleaved).toBe(cost.prefilled)
  expect(cost.shared).toBe(cost.prefilled)
})

test('a reply that is cut off, or a prompt that leaves out something else, is read anew', () => {
  const cut = tokenCost([...started(), ...candidate(1, 1, 3, { finish: 'length' })])
  expect(cut.prefilled).toBe(cut.prompt)
  const [start, proposed, rollout] = [started(), ...candidate(1, 1, 1)] as [RunEvent[], RunEvent, RunEvent]
  const fitted = { ...rollout, usages: [call(1, { fit: { shortened: 1, dropped: 0, cut: null } })] } as RunEvent
  const cost = tokenCost([...start, proposed, fitted])
  expect(cost.prefilled).toBe(500 + 600)
})

test('a second candidate begins anew, and a continued one goes on where a server kept it', () => {
  const decided: RunEvent = { type: 'step-decided', ...AT, chosen: 2, continued: 2, reason: 'rise', observation: '' }
  const next: RunEvent[] = [
    { type: 'step-started', ...AT, step: 2, bar: 0 },
    {
      ...AT,
      type: 'candidate-proposed',
      step: 2,
      candidate: 1,
      text: 'n',
      action: '',
      done: false,
      outcome: null,
      usage: call(1),
    },
  ]
  const cost = tokenCost([...started(), ...candidate(1, 1, 1), ...candidate(2, 1, 1), decided, ...next])
  expect(cost.prefilled).toBe(2 * (500 + 90) + 600)
  expect(cost.shared).toBe(500 + 90 + 90)
})

test('calls that nobody counted are counted as such, and a log without a model costs nothing', () => {
  const cost = tokenCost([...started(), ...candidate(1, 1, 2, { promptTokens: null })])
  expect(cost).toEqual({ calls: 3, uncounted: 3, prompt: 0, decoded: 0, prefilled: 0, interleaved: 0, shared: 0 })
  expect(tokenCost(started()).calls).toBe(0)
})

test('costs of tasks add up to the cost of the run', () => {
  const task = [...started(), ...candidate(1, 2, 3)]
  const twice = tokenCost([...task, ...task])
  expect(addTokens(addTokens(NO_TOKENS, tokenCost(task)), tokenCost(task))).toEqual(twice)
})
