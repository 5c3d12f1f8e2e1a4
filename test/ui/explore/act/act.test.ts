import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../../../src/core/settings/parse-config.ts'
import { configToAct } from '../../../../src/ui/explore/act/act-here.ts'
import {
  againstWords,
  lastWords,
  percentText,
  statementOf,
  turnWords,
} from '../../../../src/ui/explore/act/act-words.ts'
import { stateOf, tryWords, withTry } from '../../../../src/ui/explore/act/tries.ts'
import { verdictOf } from '../../../../src/ui/explore/verdict/verdict.ts'
import type { WhatIf } from '../../../../src/worker/protocol/lab-api.ts'
import { CONFIG, STEPS, toyEvents, toyTask } from '../../toy-task.ts'

describe('whose turn it is', () => {
  test('is said with the place, how many may follow, and the bar', () => {
    const started = toyTask(STEPS, 2)
    expect(turnWords(started, CONFIG)).toBe('Step 1, candidate 1 of up to 3. The bar is 0.00.')
    expect(turnWords(started, { ...CONFIG, method: 'fixed-size' })).toBe('Step 1, candidate 1 of 3. The bar is 0.00.')
    expect(lastWords(started, CONFIG)).toBe('')
  })

  test('comes with what became of the candidate before', () => {
    const at = (type: string, skip = 0) => {
      const events = toyEvents()
      const places = events.flatMap((event, i) => (event.type === type ? i : []))
      return toyTask(STEPS, (places[skip] ?? 0) + 1)
    }
    expect(lastWords(at('candidate-scored', 1), CONFIG)).toBe(
      'click[b01]: 0.00 ± 0.10, falls short by 0.25. Try another.',
    )
    expect(lastWords(at('step-decided', 1), CONFIG)).toBe('click[b02]: 0.75 ± 0.10, rises by 0.50. The step is yours.')
    expect(lastWords(at('candidate-scored', 1), CONFIG, 'no such button: the page stayed as it was')).toBe(
      'click[b01]: No such button: the page stayed as it was. 0.00 ± 0.10, falls short by 0.25. Try another.',
    )
    const [first, second, ...rest] = STEPS
    const bestOfWorse = { ...second, candidates: second?.candidates.toReversed() ?? [], bar: 0.9, chosen: 1 }
    const kept = toyTask([first, bestOfWorse, ...rest] as typeof STEPS)
    const until = { ...kept, steps: kept.steps.slice(0, 2) }
    expect(lastWords(until, CONFIG)).toMatch(/^click\[b01\]: .* Candidate 1 goes on: click\[b02\]\.$/)
  })
})

test('the end is told beside the embedded agent’s own average', () => {
  const average = { agent: 'x', episodes: 100, mean: 0.4, standardError: 0.05 }
  expect(againstWords(1, average)).toMatch(
    /0\.40 ± 0\.05 \(mean of 100 episodes of this task\)\. You are 0\.60 above it\.$/,
  )
  expect(againstWords(0, average)).toMatch(/You are 0\.40 below it\.$/)
  expect(againstWords(0.4, average)).toMatch(/You did as well\.$/)
  expect(againstWords(1, undefined)).toMatch(/…$/)
})

test('a statement over several lines is one action where only its first line would count', () => {
  const typed = '  SELECT a\n  FROM t\r\n WHERE b = 1 '
  expect(statementOf(typed, { sqlLines: 'first' })).toBe('SELECT a FROM t WHERE b = 1')
  expect(statementOf(typed, { sqlLines: 'all' })).toBe(typed.trim())
  expect(statementOf('SELECT a -- not b\nFROM t', { sqlLines: 'first' })).toContain('\n')
})

test('probabilities are told in whole percent', () => {
  expect([1, 0.994, 0.125, 0.004, 0].map(percentText)).toEqual(['100 %', '99 %', '13 %', '< 1 %', '< 1 %'])
})

describe('to act in the task that stands there', () => {
  test('is a run of one task at that place of the same seed, by a method that asks one by one', () => {
    const acted = configToAct({ ...CONFIG, seed: 141, tasks: 10, method: 'uct', firstTask: 3 }, 6)
    expect(acted).toMatchObject({ policy: 'human', seed: 141, tasks: 1, firstTask: 9, method: 'rro', model: '' })
    expect(parseConfig({ ...acted })).toEqual({ config: acted, corrections: [] })
    expect(configToAct({ ...CONFIG, method: 'fixed-size', model: 'weak' }, 0)).toMatchObject({
      ...{ method: 'fixed-size', model: 'weak', firstTask: 1 },
    })
  })

  test('after a language model is scored by the shipped agent', () => {
    expect(configToAct({ ...CONFIG, policy: 'openai', model: 'some-model' }, 0).model).toBe('')
  })
})

describe('a try at a recorded step', () => {
  const place = { task: 0, step: 2, candidate: 3 }
  const scored = (reward: number, rises: boolean): WhatIf => ({
    events: [
      {
        ...{ type: 'candidate-proposed', ...place, text: 'Thought: Typed by hand.\nAction: click[b03]' },
        ...{ action: 'click[b03]', done: false, outcome: null, source: 'you' },
      },
      { type: 'rollout-finished', ...place, rollout: 1, actions: [], reward },
      { type: 'candidate-scored', ...place, reward, standardError: null, rises },
    ],
    observation: 'after',
    agent: 'Embedded agent',
  })
  const step = toyTask().steps[1]
  if (step === undefined) throw new Error('the toy has two steps')
  const tried = (reward: number, rises: boolean) => ({
    ...{ run: 'toy', state: stateOf(scored(reward, rises)), observation: 'after', agent: 'Embedded agent' },
  })

  test('is a candidate after the others, and the step itself stays as it was', () => {
    const before = JSON.stringify(step)
    const own = withTry(step, tried(0.5, true))
    expect(own.candidates).toHaveLength(3)
    expect(verdictOf(CONFIG, own, 3)).toMatchObject({ tone: 'rise', relation: 'rises by 0.25' })
    expect(JSON.stringify(step)).toBe(before)
  })

  test('is told against the bar and beside the chosen one', () => {
    expect(tryWords(tried(1, true), step, CONFIG)).toBe('rises by 0.75. That is 0.25 more than the chosen candidate.')
    expect(tryWords(tried(0, false), step, CONFIG)).toBe(
      'falls short by 0.25. That is 0.75 less than the chosen candidate.',
    )
    expect(tryWords(tried(0.75, true), step, CONFIG)).toMatch(/as much as the chosen candidate/)
    expect(tryWords(tried(1, true), { ...step, decided: undefined }, CONFIG)).toBe('rises by 0.75.')
  })
})
