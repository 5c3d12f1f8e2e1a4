/** A run's method in a few words for lists, and as a sentence of the header. */
import type { RunConfig } from '../../core/settings/settings.ts'

const fromFile = (): string => 'from a file'

export const METHOD_WORDS: Record<RunConfig['method'], (config: RunConfig) => string> = {
  rro: ({ rollouts, candidates, riseRule }) => `RRO ${riseRule === '>=' ? '≥' : '>'}, K ${candidates}, m ${rollouts}`,
  'rro-recycled': ({ rollouts, candidates, startRollouts }) =>
    `RRO, recycled, n ${startRollouts}, K ${candidates}, m ${rollouts}`,
  'fixed-size': ({ rollouts, candidates }) => `fixed-size, k ${candidates}, m ${rollouts}`,
  uct: ({ rollouts, candidates }) => `tree search, K ${candidates}, m ${rollouts}`,
  ipr: ({ rollouts }) => `IPR, m ${rollouts}`,
  eto: () => 'ETO',
  groups: ({ startRollouts }) => `groups of ${startRollouts}`,
  replay: fromFile,
}

const each = ({ rollouts }: RunConfig): string => `${rollouts} ${rollouts === 1 ? 'rollout' : 'rollouts'} each`
const upTo = ({ candidates }: RunConfig): string =>
  candidates === 1 ? '1 candidate' : `up to ${candidates} candidates`

/** `RRO, up to 5 candidates, 5 rollouts each`. */
export const METHOD_SENTENCES: Record<RunConfig['method'], (config: RunConfig) => string> = {
  rro: (config) => `RRO${config.riseRule === '>' ? ' (strict)' : ''}, ${upTo(config)}, ${each(config)}`,
  'rro-recycled': (config) => `recycled RRO, ${upTo(config)}, ${each(config)}`,
  'fixed-size': (config) => `fixed-size, ${upTo(config).replace('up to ', '')}, ${each(config)}`,
  uct: ({ candidates, rollouts }) => `tree search, ${candidates * rollouts} simulations a step`,
  ipr: (config) => `IPR, ${each(config)}`,
  eto: () => 'ETO, whole trajectories',
  groups: ({ startRollouts }) => `groups of ${startRollouts} episodes`,
  replay: fromFile,
}
