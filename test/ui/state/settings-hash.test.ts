import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseConfig } from '../../../src/core/settings/parse-config.ts'
import { DEFAULT_CONFIG, PAIRINGS, RISE_RULES } from '../../../src/core/settings/settings.ts'
import { formatHash, parseHash } from '../../../src/ui/state/settings-hash.ts'

test('defaults leave the address alone', () => {
  expect(formatHash(DEFAULT_CONFIG)).toBe('')
  expect(parseConfig(parseHash(''))).toEqual({ config: DEFAULT_CONFIG, corrections: [] })
})
test('what is not a default stands there by name', () => {
  expect(formatHash({ ...DEFAULT_CONFIG, seed: 12, rollouts: 3 })).toBe('#seed=12&rollouts=3')
})
test('every configuration comes back as it went', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.nat(),
        rollouts: fc.integer({ min: 1, max: 64 }),
        margin: fc.double({ min: 0, max: 1, noNaN: true }),
        riseRule: fc.constantFrom(...RISE_RULES),
        pairing: fc.constantFrom(...PAIRINGS),
      }),
      (some) => {
        const config = parseConfig(some).config
        const { config: back, corrections } = parseConfig(parseHash(formatHash(config)))
        expect(corrections).toEqual([])
        expect(back).toEqual({ ...config, margin: config.margin + 0 }) // an address has no negative zero
      },
    ),
  )
})
test('nonsense in the address is corrected, and said', () => {
  const { config, corrections } = parseConfig(parseHash('#rollouts=900&colour=red'))
  expect(config.rollouts).toBe(64)
  expect(corrections.map(({ code }) => code)).toEqual(['setting', 'setting-unknown'])
})
