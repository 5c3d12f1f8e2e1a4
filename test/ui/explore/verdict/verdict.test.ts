import { describe, expect, test } from 'vitest'
import type { StepState } from '../../../../src/core/log/fold-task.ts'
import { firstBarWords, ruleWords } from '../../../../src/ui/explore/verdict/bar-words.ts'
import { decisionWords } from '../../../../src/ui/explore/verdict/decision-words.ts'
import { equalityWords, riseLabel } from '../../../../src/ui/explore/verdict/rise-words.ts'
import { verdictOf, verdictSentence } from '../../../../src/ui/explore/verdict/verdict.ts'
import { CONFIG, toyTask } from '../../toy-task.ts'

const stepOf = (bar: number, outcomes: readonly number[], rises: boolean, done = false): StepState =>
  toyTask([{ bar, candidates: [{ action: 'click[a]', outcomes, rises, done }], chosen: 1 }]).steps[0] as StepState

describe('the verdict of a candidate', () => {
  test('says by how much it rises, and that the step stops', () => {
    expect(verdictSentence(CONFIG, stepOf(0.4, [0.6, 0.64], true), 1)).toBe('0.62 ± 0.10, rises by 0.22: stop')
  })
  test('says by how much it falls short, and that another is drawn', () => {
    expect(verdictSentence(CONFIG, stepOf(0.48, [0.4, 0.4], false), 1)).toBe(
      '0.40 ± 0.10, falls short by 0.08: draw another',
    )
  })
  test('never says that it falls short by nothing', () => {
    expect(verdictOf(CONFIG, stepOf(0.4001, [0.4], false, true), 1).relation).toContain('falls just short')
  })
  test('of an exact outcome does not say the value twice', () => {
    expect(verdictSentence(CONFIG, stepOf(0.5, [0.75], true, true), 1)).toBe(
      'ends here with exactly 0.75, rises by 0.25: stop',
    )
  })
  test('tells equal from lower', () => {
    expect(verdictOf(CONFIG, stepOf(0.5, [0.5, 0.5], true), 1).relation).toBe('holds the bar')
    expect(verdictOf({ ...CONFIG, riseRule: '>' }, stepOf(0.5, [0.5, 0.5], false), 1).relation).toBe(
      'only equals the bar',
    )
    expect(verdictOf(CONFIG, stepOf(0, [0, 0], false), 1).relation).toBe('earns nothing')
  })
  test('never says of one that equals the bar that it rises', () => {
    const step = stepOf(0.5, [0.5, 0.5], true)
    expect(verdictOf(CONFIG, step, 1).tone).toBe('hold')
    expect(decisionWords(step)).toBe('candidate 1 holds the bar')
    expect([0.2, -0.08, 0, 0.001].map(riseLabel)).toEqual(['+0.20', '−0.08', 'holds', 'holds'])
    expect(verdictOf(CONFIG, stepOf(0.5, [0.6, 0.6], true), 1).tone).toBe('rise')
  })
  test('says why equality counts, where it has counted', () => {
    const candidate = (step: StepState) => step.candidates[0] as StepState['candidates'][number]
    const equal = candidate(stepOf(0.5, [0.5, 0.5], true))
    expect(equalityWords(CONFIG, equal, 0.5)).toMatch(/^Equal counts, by our default/)
    expect(equalityWords({ ...CONFIG, method: 'fixed-size' }, equal, 0.5)).toBe('')
    expect(equalityWords({ ...CONFIG, riseRule: '>' }, equal, 0.5)).toBe('')
    expect(equalityWords(CONFIG, candidate(stepOf(0.5, [0.6, 0.6], true)), 0.5)).toBe('')
    expect(equalityWords(CONFIG, candidate(stepOf(0.5, [0, 0], false)), 0.5)).toBe('')
  })
  test('names the margin where that is what is missing', () => {
    const rules = { ...CONFIG, margin: 0.05 }
    expect(verdictOf(rules, stepOf(0.5, [0.52, 0.52], false), 1).relation).toBe(
      'higher by 0.02, less than the margin 0.05',
    )
  })
  test('of the last of K says that none rose', () => {
    expect(verdictOf({ ...CONFIG, candidates: 1 }, stepOf(0.5, [0, 0], false), 1).consequence).toBe('none of 1 rose')
  })
  test('says that one more is drawn where the settings ask for it', () => {
    const rules = { ...CONFIG, firstRise: 'draw-one-more' } as const
    expect(verdictOf(rules, stepOf(0, [1, 1], true), 1).consequence).toBe('draw one more')
  })
  test('of fixed-size draws on until k', () => {
    const rules = { ...CONFIG, method: 'fixed-size', candidates: 2 } as const
    const step = toyTask().steps[1] as StepState
    expect([1, 2].map((number) => verdictOf(rules, step, number).consequence)).toEqual([
      'draw another',
      'the last of 2',
    ])
  })
  test('is open while rollouts come in', () => {
    const step = toyTask(undefined, 4).steps[0] as StepState
    expect(verdictOf(CONFIG, step, 1)).toEqual({ tone: 'open', relation: 'rollout 1 of 2', consequence: '' })
  })
})

test('a decision says who was kept and why', () => {
  expect(toyTask().steps.map(decisionWords)).toEqual(['candidate 1 rises', 'candidate 2 rises', 'candidate 1 rises'])
})

test('the rule stands there with the numbers of the step', () => {
  expect(ruleWords(CONFIG, { bar: 0.48 })).toBe('Rises when r is at least the bar: r ≥ 0.48.')
  expect(ruleWords(CONFIG, { bar: 0 })).toBe('Rises when r is at least the bar and above 0: r > 0.00.')
  expect(ruleWords({ ...CONFIG, riseRule: '>', margin: 0.05 }, { bar: 0.48 })).toBe(
    'Rises when r is above bar 0.48 + margin 0.05: r > 0.53.',
  )
  expect(ruleWords(CONFIG, { bar: 1 })).toContain('reaching the maximum counts as rising')
})

test('the start tells the rule that its first bar is held to, with its margin', () => {
  expect(firstBarWords(CONFIG)).toBe('The first bar is 0. Rises when r is at least the bar and above 0: r > 0.00.')
  expect(firstBarWords({ ...CONFIG, margin: 0.2 })).toBe(
    'The first bar is 0. Rises when r is at least bar 0.00 + margin 0.2: r ≥ 0.20.',
  )
  expect(firstBarWords({ ...CONFIG, method: 'fixed-size' })).toContain('The bar is only a reference.')
  expect(firstBarWords({ ...CONFIG, firstBar: 'value' })).toContain('the value of the empty prefix')
})
