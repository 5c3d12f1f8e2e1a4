/** What is said of a step that is decided anew. */
import { describe, expect, test } from 'vitest'
import { type Anew, type Redecision, redecide } from '../../../../src/core/exploration/redecide.ts'
import type { RunConfig } from '../../../../src/core/settings/settings.ts'
import { METHODS } from '../../../../src/core/settings/settings.ts'
import { anewStep } from '../../../../src/ui/explore/knobs/anew-step.ts'
import {
  drawLabel,
  missingWords,
  notDrawn,
  notRedecided,
  outcomeWords,
  partingWords,
  savingWords,
} from '../../../../src/ui/explore/knobs/knob-words.ts'
import { verdictSentence } from '../../../../src/ui/explore/verdict/verdict.ts'
import { CONFIG, toyTask } from '../../toy-task.ts'

const TASK = toyTask()
const SECOND = TASK.steps[1] as (typeof TASK.steps)[number]

function second(changed: Partial<RunConfig>, bar?: number): { anew: Redecision; rules: RunConfig } {
  const rules = { ...CONFIG, ...changed }
  const how: Anew = { rules, maxReward: 1, bar }
  return { anew: redecide(TASK, 2, how), rules }
}

describe('a step decided anew', () => {
  test('is told in the words of recorded steps', () => {
    expect(outcomeWords(SECOND, CONFIG)).toBe('Stops after candidate 2, which rises: 1 pair.')
    const { anew, rules } = second({}, 0)
    const step = anewStep(SECOND, anew, rules)
    expect(outcomeWords(step, rules)).toBe('Stops after candidate 2, which rises: 1 pair.')
    expect(verdictSentence(rules, step, 1)).toBe('0.00, earns nothing: draw another')
    const fixed = second({ method: 'fixed-size', candidates: 2 })
    expect(outcomeWords(anewStep(SECOND, fixed.anew, fixed.rules), fixed.rules)).toBe(
      'Draws all 2: candidate 2 is the best, 1 pair.',
    )
    const held = second({}, 0.75)
    expect(outcomeWords(anewStep(SECOND, held.anew, held.rules), held.rules)).toBe(
      'Stops after candidate 2, which holds the bar: 1 pair.',
    )
    const none = second({ candidates: 1, noRise: 'end-task' }, 0.9)
    expect(outcomeWords(anewStep(SECOND, none.anew, none.rules), none.rules)).toBe(
      'None of 1 rises: candidate 1 is the best, no pair, the task ends.',
    )
  })

  test('with fewer rollouts has the values of the first of them', () => {
    const { anew, rules } = second({ rollouts: 1 })
    expect(anew.bar).toBe(0.5)
    const step = anewStep(SECOND, anew, rules)
    expect(step.candidates.map(({ rollouts, scored }) => [rollouts.length, scored?.reward])).toEqual([
      [1, 0],
      [1, 1],
    ])
    expect(savingWords(anew.cost, second({}).anew.cost)).toBe('Saves 2 rollouts, 2 policy calls.')
  })

  test('says what is missing, and what the button draws', () => {
    const bar = second({ rollouts: 4 }).anew
    expect(missingWords(bar)).toBe(
      'Undecided: the bar is unknown until 2 more rollouts of step 1, candidate 1 are drawn, then up to 8 others.',
    )
    const first = second({ rollouts: 4, candidates: 1 }, 0.2).anew
    expect(missingWords(first)).toBe('Undecided until 2 more rollouts of candidate 1 are drawn.')
    expect(first.missing && drawLabel(first.missing)).toBe('Draw 2 more rollouts')
    const third = second({}, 0.9).anew
    expect(missingWords(third)).toBe(
      'Undecided: a run with these settings draws a candidate 3 here, and 2 rollouts of it.',
    )
    expect(third.missing && drawLabel(third.missing)).toBe('Draw candidate 3 and 2 rollouts')
    expect(missingWords(second({}).anew)).toBe('')
  })

  test('says what is saved and what is spent', () => {
    const cost = (candidates: number, rollouts: number, policyCalls: number) => ({ candidates, rollouts, policyCalls })
    expect(savingWords(cost(1, 5, 9), cost(1, 5, 9))).toBe('Costs what the recorded step did.')
    expect(savingWords(cost(1, 5, 9), cost(3, 15, 1030))).toBe('Saves 2 candidates, 10 rollouts, 1,021 policy calls.')
    expect(savingWords(cost(2, 5, 9), cost(1, 4, 9))).toBe('Costs 1 candidate, 1 rollout more.')
    expect(savingWords(cost(2, 4, 9), cost(1, 5, 9))).toBe('Saves 1 rollout; costs 1 candidate more.')
  })
})

test('whose draws cannot be had is said with what they would cost', () => {
  const { missing } = second({}, 0.9).anew
  if (missing === undefined) throw new Error('a third candidate is missing')
  expect(notDrawn(TASK, CONFIG, missing)).toBeUndefined()
  expect(notDrawn(TASK, { ...CONFIG, policy: 'human' }, missing)).toMatch(/^You act in this run/)
  expect(notDrawn(TASK, { ...CONFIG, policy: 'human' }, { ...missing, proposal: false })).toBeUndefined()
  expect(notDrawn(TASK, { ...CONFIG, policy: 'openai' }, missing)).toMatch(/would ask it about 3 times/)
})

test('every method is decided anew or says why not', () => {
  for (const method of METHODS)
    expect(notRedecided({ method }) === undefined).toBe(method === 'rro' || method === 'fixed-size')
})

test('whether the path would have come here is said', () => {
  expect(partingWords(undefined, 1)).toBe('')
  expect(partingWords(undefined, 3)).toMatch(/comes to step 3 by the same path/)
  for (const how of ['elsewhere', 'ends', 'unknown'] as const)
    expect(partingWords({ step: 2, how }, 3)).toContain('step 2')
})
