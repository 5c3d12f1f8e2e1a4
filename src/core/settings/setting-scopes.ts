/** Of each setting: where its default comes from, and which runs it is about. Whoever shows settings needs it, no run does. */
import type { ENVIRONMENT_NAMES, RunConfig } from './run-config.ts'

export const SETTING_SOURCES = ['our default', 'IPR', 'ETO', 'InterCode', 'the paper'] as const

export interface SettingScope {
  /** Who chose the default. The paper's own values are not public except where it says so. */
  readonly source: (typeof SETTING_SOURCES)[number]
  /** The one environment that it is about; undefined for all. */
  readonly only?: (typeof ENVIRONMENT_NAMES)[number]
  /** The methods that read it; undefined for all. */
  readonly methods?: readonly RunConfig['method'][]
}

export const SETTING_SCOPES: Readonly<Record<keyof RunConfig, SettingScope>> = {
  seed: { source: 'our default' },
  environment: { source: 'the paper' },
  policy: { source: 'our default' },
  model: { source: 'our default' },
  split: { source: 'our default' },
  tasks: { source: 'our default' },
  firstTask: { source: 'our default' },
  method: { source: 'the paper' },
  rollouts: { source: 'IPR', methods: ['rro', 'rro-recycled', 'fixed-size', 'uct', 'ipr'] },
  candidates: { source: 'our default', methods: ['rro', 'rro-recycled', 'fixed-size', 'uct'] },
  startRollouts: { source: 'our default', methods: ['rro-recycled', 'groups'] },
  uctConstant: { source: 'our default', methods: ['uct'] },
  temperature: { source: 'IPR' },
  riseRule: { source: 'our default', methods: ['rro', 'rro-recycled'] },
  margin: { source: 'our default', methods: ['rro', 'rro-recycled'] },
  firstBar: { source: 'our default', methods: ['rro', 'fixed-size'] },
  noRise: { source: 'our default', methods: ['rro'] },
  pairing: { source: 'our default', methods: ['rro', 'fixed-size'] },
  firstRise: { source: 'our default', methods: ['rro'] },
  continuation: { source: 'our default', methods: ['rro', 'fixed-size'] },
  stepLimit: { source: 'ETO' },
  sqlReward: { source: 'InterCode', only: 'intercode-sql' },
  sqlLines: { source: 'IPR', only: 'intercode-sql' },
  sqlObservation: { source: 'IPR', only: 'intercode-sql' },
  sqlSubmit: { source: 'IPR', only: 'intercode-sql' },
}
