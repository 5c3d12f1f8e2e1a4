import { describe, expect, test } from 'vitest'
import { DEFAULT_CONFIG, METHODS } from '../../../src/core/settings/settings.ts'
import { GLOSSARY, type Meaning, PAPER } from '../../../src/ui/words/glossary.ts'
import { METHOD_SENTENCES } from '../../../src/ui/words/method-words.ts'

describe('the glossary', () => {
  test.each(Object.entries<Meaning>(GLOSSARY))(
    '%s is told in a sentence or two, short and whole',
    (term, { means }) => {
      expect(means).toMatch(/^[A-Z].*\.$/)
      expect(means.length).toBeLessThan(240)
      expect(means.match(/[.!?](\s|$)/g)?.length).toBeLessThanOrEqual(3)
      expect(means.toLowerCase().startsWith(`${term.toLowerCase()} is`)).toBe(false)
    },
  )

  test('leads to papers by their numbers, to this one first', () => {
    expect(PAPER.address).toBe('https://arxiv.org/abs/2505.20737')
    for (const { source } of Object.values<Meaning>(GLOSSARY))
      if (source !== undefined) expect(source.address).toMatch(/^https:\/\/arxiv\.org\/abs\/\d{4}\.\d{5}$/)
  })
})

test('a method is told as a sentence with its numbers', () => {
  const told = METHODS.map((method) => METHOD_SENTENCES[method]({ ...DEFAULT_CONFIG, method }))
  expect(told).toEqual([
    'RRO, up to 5 candidates, 5 rollouts each',
    'recycled RRO, up to 5 candidates, 5 rollouts each',
    'fixed-size, 5 candidates, 5 rollouts each',
    'tree search, 25 simulations a step',
    'IPR, 5 rollouts each',
    'ETO, whole trajectories',
    'groups of 10 episodes',
  ])
  const least = { ...DEFAULT_CONFIG, candidates: 1, rollouts: 1, riseRule: '>' } as const
  expect(METHOD_SENTENCES.rro(least)).toBe('RRO (strict), 1 candidate, 1 rollout each')
})
