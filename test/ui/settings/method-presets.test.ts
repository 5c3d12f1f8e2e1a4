import { expect, test } from 'vitest'
import { DEFAULT_CONFIG, METHODS } from '../../../src/core/settings/settings.ts'
import { presetOf, withMethod } from '../../../src/ui/settings/method-presets.ts'

test('a method comes with the values it is best tried with', () => {
  expect(presetOf('uct')).toEqual({ candidates: 3 })
  expect(presetOf('rro-recycled')).toEqual({ rollouts: 3, candidates: 3 })
  expect(presetOf('fixed-size')).toEqual({})
  expect(withMethod(DEFAULT_CONFIG, 'uct')).toMatchObject({ method: 'uct', candidates: 3, rollouts: 5 })
})
test('back and forth leaves the settings as they were', () => {
  for (const method of METHODS) {
    const there = { ...DEFAULT_CONFIG, ...withMethod(DEFAULT_CONFIG, method) }
    expect({ ...there, ...withMethod(there, 'rro') }).toEqual(DEFAULT_CONFIG)
  }
})
test('what was set by hand stays', () => {
  const byHand = { ...DEFAULT_CONFIG, candidates: 8, riseRule: '>' } as const
  const chosen = { ...byHand, ...withMethod(byHand, 'rro-recycled') }
  expect(chosen).toMatchObject({ method: 'rro-recycled', candidates: 8, rollouts: 3, riseRule: '>' })
  expect({ ...chosen, ...withMethod(chosen, 'fixed-size') }).toMatchObject({ candidates: 8, rollouts: 5 })
})
