import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseConfig } from '../../../src/core/settings/parse-config.ts'
import { DEFAULT_CONFIG, SETTING_NAMES, SETTINGS, type Setting } from '../../../src/core/settings/settings.ts'

test('nothing given is every default', () => {
  expect(parseConfig({})).toEqual({ config: DEFAULT_CONFIG, corrections: [] })
})

test('text from a form or an address is read as numbers', () => {
  expect(parseConfig({ rollouts: '12', margin: '0.25', method: 'fixed-size' })).toEqual({
    config: { ...DEFAULT_CONFIG, rollouts: 12, margin: 0.25, method: 'fixed-size' },
    corrections: [],
  })
})

test.each([
  [{ rollouts: 0 }, { rollouts: 1 }, 'Rollouts m: "0" is below the least value 1. Using 1.'],
  [{ rollouts: '65' }, { rollouts: 64 }, 'Rollouts m: "65" is above the largest value 64. Using 64.'],
  [{ candidates: 2.6 }, { candidates: 3 }, 'Candidates K: "2.6" is not a whole number. Using 3.'],
  [{ temperature: 'warm' }, {}, 'Temperature: "warm" is not a number. Using 1.'],
  [{ temperature: Number.NaN }, {}, 'Temperature: "NaN" is not a number. Using 1.'],
  [{ seed: -1 }, { seed: 0 }, 'Seed: "-1" is below the least value 0. Using 0.'],
  [
    { method: 'magic' },
    {},
    'Method: "magic" is none of rro, rro-recycled, fixed-size, uct, ipr, eto, groups. Using rro.',
  ],
  [{ colour: 'red' }, {}, 'There is no setting called "colour"; it was ignored.'],
])('%j is corrected and said', (given, changed, sentence) => {
  const { config, corrections } = parseConfig(given)
  expect(config).toEqual({ ...DEFAULT_CONFIG, ...changed })
  expect(corrections.map(({ message }) => message)).toEqual([sentence])
})

test('whatever is given, what comes out is within the table', () => {
  const anything = fc.dictionary(fc.oneof(fc.constantFrom(...SETTING_NAMES), fc.string()), fc.anything())
  fc.assert(
    fc.property(anything, (given) => {
      const { config } = parseConfig(given)
      for (const name of SETTING_NAMES) {
        const setting: Setting = SETTINGS[name]
        const value = config[name]
        if (setting.kind === 'choice') expect(setting.values).toContain(value)
        else if (setting.kind === 'text') expect(String(value).length).toBeLessThanOrEqual(setting.most)
        else {
          expect(value).toBeGreaterThanOrEqual(setting.least)
          expect(value).toBeLessThanOrEqual(setting.most)
          if (setting.kind === 'integer') expect(Number.isInteger(value)).toBe(true)
        }
      }
      expect(parseConfig({ ...config })).toEqual({ config, corrections: [] })
    }),
  )
})

test('a small language model ships or has a fingerprint: whatever else is named is said, and gives way to the one that ships', () => {
  for (const model of ['weak', '0123456789abcdeX', 'gemma-2']) {
    const { config, corrections } = parseConfig({ policy: 'transformer', model })
    expect([config.policy, config.model]).toEqual(['transformer', ''])
    expect(corrections.map(({ message }) => message)).toEqual([
      `Model: "${model}" is no small language model. Using the one that ships.`,
    ])
  }
  for (const model of ['0123456789abcdef', 'tiny']) {
    const own = { policy: 'transformer', model }
    expect(parseConfig(own)).toMatchObject({ config: own, corrections: [] })
  }
  expect(parseConfig({ policy: 'transformer' })).toMatchObject({ config: { policy: 'transformer' }, corrections: [] })
  expect(parseConfig({ policy: 'linear', model: 'weak' }).config.model).toBe('weak')
})
