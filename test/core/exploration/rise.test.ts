import { expect, test } from 'vitest'
import { rises } from '../../../src/core/exploration/rise.ts'

test.each([
  ['>=', 0, 0.4, 0.4, true, 'equal is not lower'],
  ['>', 0, 0.4, 0.4, false, 'equal is not higher'],
  ['>=', 0, 0.39, 0.4, false, 'lower never rises'],
  ['>=', 0, 0, 0, false, 'nothing gained is no rise'],
  ['>', 0, 0.2, 0, true, 'any positive reward clears a zero bar'],
  ['>=', 0.1, 0.5, 0.4, true, 'at the margin'],
  ['>', 0.1, 0.5, 0.4, false, 'strictly, at the margin'],
  ['>', 0, 1, 1, true, 'the maximum cannot be beaten, reaching it counts'],
  ['>', 0.3, 1, 0.8, true, 'a margin that no reward could clear'],
  ['>', 0, 0.9, 1, false, 'below a bar at the maximum'],
] as const)('%s margin %f: %f over %f rises: %s (%s)', (riseRule, margin, reward, bar, expected, _why) => {
  expect(rises({ riseRule, margin }, reward, bar, 1)).toBe(expected)
})
