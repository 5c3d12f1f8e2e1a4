/** A run's method in a few words, for chips and lists. */
import type { RunConfig } from '../../core/settings/settings.ts'

export const METHOD_WORDS: Record<RunConfig['method'], (config: RunConfig) => string> = {
  rro: ({ rollouts, candidates, riseRule }) => `RRO ${riseRule === '>=' ? '≥' : '>'}, K ${candidates}, m ${rollouts}`,
  'rro-recycled': ({ rollouts, candidates, startRollouts }) =>
    `RRO, recycled, n ${startRollouts}, K ${candidates}, m ${rollouts}`,
  'fixed-size': ({ rollouts, candidates }) => `fixed-size, k ${candidates}, m ${rollouts}`,
  uct: ({ rollouts, candidates }) => `tree search, K ${candidates}, m ${rollouts}`,
  ipr: ({ rollouts }) => `IPR, m ${rollouts}`,
  eto: () => 'ETO',
}
