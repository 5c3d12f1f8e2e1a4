import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ARM_METHODS, type Comparison, JUDGING_SPLITS, PAIR_LOSSES } from '../../../src/core/comparison/comparison.ts'
import { formatComparison, parseComparison } from '../../../src/core/comparison/comparison-address.ts'
import { COMPARISON_NUMBERS } from '../../../src/core/comparison/comparison-numbers.ts'
import { DEFAULT_COMPARISON, defaultComparison } from '../../../src/core/comparison/default-comparison.ts'
import { GRADIENT_METHODS, isGradientMethod } from '../../../src/core/comparison/gradient-methods.ts'
import { GRADIENT_NUMBERS } from '../../../src/core/comparison/gradient-numbers.ts'
import { ENVIRONMENT_NAMES, RISE_RULES } from '../../../src/core/settings/settings.ts'

const number = (name: keyof typeof COMPARISON_NUMBERS): fc.Arbitrary<number> => {
  const { least, most, integer } = COMPARISON_NUMBERS[name]
  return integer
    ? fc.integer({ min: least, max: most })
    : fc.double({ min: least, max: most, noNaN: true }).map((value) => (value === 0 ? 0 : value))
}

/** A setting or a policy gradient's number that is its default stands nowhere in an address; so these are never defaults. */
const settings = fc.record(
  {
    candidates: fc.constantFrom(2, 3, 8),
    rollouts: fc.constantFrom(1, 3, 20),
    margin: fc.constantFrom(0.05, 0.1),
    riseRule: fc.constant(RISE_RULES[1]),
  },
  { requiredKeys: [] },
)
const loss = fc.constantFrom(...PAIR_LOSSES)
const pairing = fc.record({
  method: fc.constantFrom(...ARM_METHODS.filter((method) => !isGradientMethod(method))),
  settings,
  training: fc.record({ sftWeight: number('sftWeight'), epochs: number('epochs'), loss }, { requiredKeys: [] }),
})
const { clip, learningRate } = GRADIENT_NUMBERS
const following = fc.record({
  method: fc.constantFrom(...GRADIENT_METHODS.filter((method) => method !== 'rloo')),
  settings,
  training: fc.record(
    {
      learningRate: fc.double({ min: learningRate.least, max: learningRate.most, noNaN: true }),
      clip: fc.double({ min: clip.least, max: clip.most, noNaN: true }),
      batch: fc.integer({ min: 16, max: 64 }),
    },
    { requiredKeys: [] },
  ),
})
const arm = fc
  .oneof(pairing, following)
  .map(({ training, ...rest }) => ({ ...rest, ...(Object.keys(training).length > 0 && { training }) }))

const onShipped: fc.Arbitrary<Comparison> = fc.record({
  environment: fc.constantFrom(...ENVIRONMENT_NAMES),
  start: fc.constantFrom('', 'weak', 'sharp', '0123456789abcdef'),
  arms: fc.array(arm, { minLength: 1, maxLength: 5 }),
  budgets: fc
    .uniqueArray(fc.integer({ min: 100, max: 1_000_000 }), { minLength: 1, maxLength: 6 })
    .map((budgets) => budgets.sort((a, b) => a - b)),
  firstSeed: number('firstSeed'),
  seeds: number('seeds'),
  rounds: number('rounds'),
  episodes: number('episodes'),
  training: fc.record(
    {
      beta: number('beta'),
      learningRate: number('learningRate'),
      epochs: number('epochs'),
      klWeight: number('klWeight'),
      sftWeight: number('sftWeight'),
      // DPO stands nowhere: comparisons from before there was a choice say nothing.
      loss: fc.constantFrom(...PAIR_LOSSES.filter((name) => name !== 'dpo')),
    },
    { requiredKeys: ['beta', 'learningRate', 'epochs', 'klWeight', 'sftWeight'] },
  ),
  split: fc.constantFrom(...JUDGING_SPLITS),
})
/** On data of the visitor's own there is no expert to learn from. */
const onBrought = onShipped
  .map((comparison) => {
    const arms = comparison.arms.filter(({ method }) => method !== 'eto' && method !== 'ipr')
    return { ...comparison, data: 'fedcba9876543210', arms }
  })
  .filter(({ arms }) => arms.length > 0)
/** The language model begins as it ships, has one round and no anchor, and numbers of its own. */
const ofLanguage = onShipped.map((comparison) => {
  const { learningRate, beta, sftWeight, loss } = { ...comparison.training, learningRate: 0.00002 }
  const training = { beta, learningRate, epochs: 3, klWeight: 0, sftWeight, ...(loss !== undefined && { loss }) }
  const arms = comparison.arms.map(({ method, settings }) => ({ method, settings }))
  const own = { arms, policy: 'transformer' as const, start: '', rounds: 1 }
  return { ...comparison, ...own, training: { ...training, beta: Math.max(0.01, Math.min(10, beta)) } }
})
const anyComparison = fc.oneof(onShipped, onBrought, ofLanguage)

describe('a comparison in an address', () => {
  test('comes back to the digit', () => {
    fc.assert(
      fc.property(anyComparison, (comparison) => {
        const words = new URLSearchParams(formatComparison(comparison)).toString()
        const back = parseComparison(Object.fromEntries(new URLSearchParams(words)))
        expect(back).toEqual({ comparison, corrections: [] })
      }),
    )
  })

  test('is the default when nothing is said', () => {
    expect(parseComparison({})).toEqual({ comparison: DEFAULT_COMPARISON, corrections: [] })
  })

  test('is the default of the language model where only that is said, and says what that cannot have', () => {
    const usual = defaultComparison('transformer')
    expect(parseComparison({ policy: 'transformer' })).toEqual({ comparison: usual, corrections: [] })
    const tiny = { ...usual, start: 'tiny' }
    expect(parseComparison(formatComparison(tiny))).toEqual({ comparison: tiny, corrections: [] })
    expect(parseComparison({ start: 'tiny' })).toMatchObject({ comparison: { start: 'weak' }, corrections: [{}] })
    const given = {
      policy: 'transformer',
      start: 'weak',
      rounds: '3',
      data: 'fedcba9876543210',
      arms: 'rloo;grpo:learningRate=0.3',
    }
    const { comparison, corrections } = parseComparison(given)
    expect(comparison).toMatchObject({ policy: 'transformer', start: '', rounds: 1 })
    expect(comparison.data).toBeUndefined()
    expect(comparison.arms).toEqual([
      { method: 'rloo', settings: {} },
      { method: 'grpo', settings: {}, training: { learningRate: 0.01 } },
    ])
    expect(corrections).toHaveLength(4)
    expect(parseComparison({ policy: 'magic' }).corrections.map(({ message }) => message)).toEqual([
      'There is no policy "magic" to compare. Using linear.',
    ])
  })

  test('is always within the tables, whatever is said, and every correction is a sentence', () => {
    const keys = [
      ...Object.keys(COMPARISON_NUMBERS),
      'environment',
      'policy',
      'data',
      'start',
      'arms',
      'budgets',
      'split',
    ]
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...keys), fc.oneof(fc.string(), fc.double(), fc.anything())),
        (given) => {
          const { comparison, corrections } = parseComparison(given)
          expect(comparison.arms.length).toBeGreaterThan(0)
          expect(comparison.budgets.length).toBeGreaterThan(0)
          for (const { message } of corrections) expect(message).toMatch(/\.$/)
          // What was corrected is good as it is.
          expect(parseComparison(formatComparison(comparison))).toEqual({ comparison, corrections: [] })
        },
      ),
    )
  })

  test('says what it left out', () => {
    const { comparison, corrections } = parseComparison({
      arms: 'rro:candidates=99;magic;eto:seed=3',
      budgets: '5,2000,x',
      seeds: '0',
    })
    expect(comparison.arms).toEqual([
      { method: 'rro', settings: { candidates: 16 } },
      { method: 'eto', settings: {} },
    ])
    expect(comparison.budgets).toEqual([2000])
    expect(comparison.seeds).toBe(1)
    expect(corrections.map(({ message }) => message)).toEqual([
      expect.stringContaining('"99"'),
      expect.stringContaining('"magic"'),
      expect.stringContaining('"seed"'),
      expect.stringContaining('"0"'),
      expect.stringContaining('Budgets'),
    ])
  })

  test('says of a flood of nonsense how much more there was', () => {
    for (const arms of ['x;'.repeat(5000), `rro:${'x=1:'.repeat(5000)}`]) {
      const { corrections } = parseComparison({ arms, seeds: 'many' })
      expect(corrections.length).toBeLessThan(12)
      expect(corrections.at(-1)?.message).toMatch(/^And [45],\d\d\d more of this kind\.$/)
    }
  })

  test('tells of words that turn the direction of a sentence without turning it', () => {
    const [first] = parseComparison({ arms: '\u202erro' }).corrections
    expect(first?.message).toBe('There is no method called "rro"; it was left out.')
    for (const { message } of parseComparison({ arms: 'rro:\u2066x=1', start: '\u202bx' }).corrections)
      expect(message).not.toMatch(/\p{Bidi_C}/u)
  })

  test('reads no half of a value', () => {
    const { comparison, corrections } = parseComparison({ arms: 'rro:candidates=3=4' })
    expect(comparison.arms).toEqual([{ method: 'rro', settings: {} }])
    expect(corrections.map(({ message }) => message)).toEqual([expect.stringContaining('"3=4" is not a number')])
  })

  test('leaves out who learns from an expert, where the data is the visitor’s own and has none', () => {
    const data = '0123456789abcdef'
    const some = parseComparison({ data, arms: 'eto;rro;ipr' })
    expect(some.comparison).toMatchObject({ data, arms: [{ method: 'rro' }] })
    expect(some.corrections.map(({ message }) => message)).toEqual([expect.stringMatching(/^ETO and IPR learn from/)])
    const none = parseComparison({ data, arms: 'eto' }).comparison
    expect(none.arms.map(({ method }) => method)).toEqual(
      DEFAULT_COMPARISON.arms.map(({ method }) => method).filter((method) => method !== 'eto' && method !== 'ipr'),
    )
    expect(parseComparison(formatComparison(none))).toEqual({ comparison: none, corrections: [] })
  })

  test('names data by its fingerprint, and says where a word is none', () => {
    for (const data of ['0123456789ABCDEF', 'mine', '0123456789abcdef0', '../x']) {
      const { comparison, corrections } = parseComparison({ data })
      expect(comparison).toEqual(DEFAULT_COMPARISON)
      expect(corrections.map(({ message }) => message)).toEqual([expect.stringContaining('is no fingerprint of data')])
    }
    expect(parseComparison({ data: '' })).toEqual({ comparison: DEFAULT_COMPARISON, corrections: [] })
  })
})
