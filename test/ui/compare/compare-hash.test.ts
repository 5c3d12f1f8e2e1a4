import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ARM_METHODS, type Comparison } from '../../../src/core/comparison/comparison.ts'
import { formatComparison, parseComparison } from '../../../src/core/comparison/comparison-address.ts'
import { DEFAULT_COMPARISON } from '../../../src/core/comparison/default-comparison.ts'
import { ENVIRONMENT_NAMES, PAIRINGS, RISE_RULES } from '../../../src/core/settings/settings.ts'
import { formatCompareHash, parseCompareHash, sameComparison } from '../../../src/ui/compare/compare-hash.ts'
import { VIEWS } from '../../../src/ui/compare/views.ts'
import { workspaceOf } from '../../../src/ui/state/workspace.ts'

const arms = fc.array(
  fc.record({
    method: fc.constantFrom(...ARM_METHODS),
    settings: fc.record(
      {
        rollouts: fc.integer({ min: 1, max: 64 }),
        candidates: fc.integer({ min: 1, max: 16 }),
        margin: fc.double({ min: 0, max: 1, noNaN: true }),
        riseRule: fc.constantFrom(...RISE_RULES),
        pairing: fc.constantFrom(...PAIRINGS),
      },
      { requiredKeys: [] },
    ),
    training: fc.record({ beta: fc.double({ min: 0.001, max: 100, noNaN: true }) }, { requiredKeys: [] }),
  }),
  { minLength: 1, maxLength: 16 },
)

/** Within the tables, as the page only ever has them. */
const comparisons = fc
  .record({
    arms,
    environment: fc.constantFrom(...ENVIRONMENT_NAMES),
    start: fc.constantFrom('', 'weak', 'sharp', '0123456789abcdef'),
    budgets: fc.uniqueArray(fc.integer({ min: 100, max: 1_000_000 }), { minLength: 1, maxLength: 6 }),
    seeds: fc.integer({ min: 1, max: 100 }),
    rounds: fc.integer({ min: 1, max: 10 }),
    learningRate: fc.double({ min: 0.0001, max: 1, noNaN: true }),
    split: fc.constantFrom('test' as const, 'dev' as const),
  })
  .map(({ learningRate, ...some }): Comparison => {
    const training = { ...DEFAULT_COMPARISON.training, learningRate }
    const wanted: Comparison = { ...DEFAULT_COMPARISON, ...some, training }
    return parseComparison(formatComparison(wanted)).comparison
  })

test('every comparison, and what is looked at, comes back from its link to the digit', () => {
  fc.assert(
    fc.property(comparisons, fc.constantFrom(...VIEWS), fc.string(), (comparison, view, figure) => {
      // As a browser hands it on: the fragment of an address.
      const words = formatCompareHash(comparison, view, figure)
      const { hash } = new URL(`#${words}`, 'https://example.org/lab/')
      expect(workspaceOf(hash)).toBe('compare')
      expect(parseCompareHash(hash)).toEqual({ comparison, view, figure, corrections: [] })
      expect(sameComparison(parseCompareHash(hash).comparison, comparison)).toBe(true)
    }),
  )
})

test('a link can be read by people', () => {
  expect(formatCompareHash(DEFAULT_COMPARISON)).toMatch(
    /^compare&environment=webshop&start=weak&arms=sft;eto;ipr:rollouts=1;fixed-size:rollouts=1:candidates=2;.*&budgets=5000,10000,20000$/,
  )
})

test('the bare address is the default comparison; nonsense in it is corrected and said', () => {
  expect(parseCompareHash('#compare')).toEqual({
    ...{ comparison: DEFAULT_COMPARISON, view: 'results', figure: '' },
    corrections: [],
  })
  const { comparison, corrections } = parseCompareHash('#compare&seeds=900&arms=magic;rro:rollouts=0&view=x')
  expect(comparison).toMatchObject({ seeds: 100, arms: [{ method: 'rro', settings: { rollouts: 1 } }] })
  expect(corrections.length).toBe(3)
})

test('only what begins with #compare is Compare', () => {
  expect(['', '#', '#seed=7', '#compared=1', '#compare&x=1', '#compare'].map(workspaceOf)).toEqual([
    ...['explore', 'explore', 'explore', 'explore', 'compare', 'compare'],
  ])
})
