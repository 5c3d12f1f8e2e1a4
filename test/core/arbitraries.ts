import fc from 'fast-check'
import {
  CONTINUATIONS,
  FIRST_BARS,
  FIRST_RISES,
  METHODS,
  NO_RISES,
  PAIRINGS,
  RISE_RULES,
  type RunConfig,
} from '../../src/core/settings/settings.ts'
import { toyConfig } from './toy.ts'

/** Any combination of the algorithm's settings, at toy size. */
export const anyConfig: fc.Arbitrary<RunConfig> = fc
  .record({
    seed: fc.nat(),
    tasks: fc.integer({ min: 1, max: 4 }),
    method: fc.constantFrom(...METHODS),
    rollouts: fc.integer({ min: 1, max: 6 }),
    candidates: fc.integer({ min: 1, max: 6 }),
    startRollouts: fc.integer({ min: 1, max: 12 }),
    uctConstant: fc.constantFrom(0, 0.3, 2),
    riseRule: fc.constantFrom(...RISE_RULES),
    margin: fc.constantFrom(0, 0.05, 0.3, 1),
    firstBar: fc.constantFrom(...FIRST_BARS),
    noRise: fc.constantFrom(...NO_RISES),
    pairing: fc.constantFrom(...PAIRINGS),
    firstRise: fc.constantFrom(...FIRST_RISES),
    continuation: fc.constantFrom(...CONTINUATIONS),
    stepLimit: fc.integer({ min: 1, max: 6 }),
  })
  .map(toyConfig)

/** The same, of the methods that draw candidates one after the other and score each. */
export const anyStepwiseConfig: fc.Arbitrary<RunConfig> = fc
  .tuple(anyConfig, fc.constantFrom('rro' as const, 'fixed-size' as const))
  .map(([config, method]) => ({ ...config, method }))
