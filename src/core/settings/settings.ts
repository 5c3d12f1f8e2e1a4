/**
 * Every setting of a run, in one table: its values and its default. Where the defaults come from, and who reads which
 * setting: setting-scopes.ts.
 */
import {
  CONTINUATIONS,
  ENVIRONMENT_NAMES,
  FIRST_BARS,
  FIRST_RISES,
  METHODS,
  NO_RISES,
  PAIRINGS,
  POLICY_NAMES,
  RISE_RULES,
  type RunConfig,
  SPLIT_NAMES,
  SQL_LINES,
  SQL_REWARDS,
  SQL_SUBMITS,
} from './run-config.ts'

export * from './run-config.ts'

export type Setting = { readonly label: string } & (
  | {
      readonly kind: 'choice'
      readonly values: readonly string[]
      /** What a run that was made from a file may have beside; nobody chooses it. */
      readonly imported?: readonly string[]
      readonly default: string
    }
  | { readonly kind: 'text'; readonly most: number; readonly default: string }
  | {
      readonly kind: 'integer' | 'number'
      readonly least: number
      readonly most: number
      readonly default: number
    }
)

/** In the order in which a person would read them. */
export const SETTINGS = {
  seed: {
    kind: 'integer',
    least: 0,
    most: Number.MAX_SAFE_INTEGER,
    default: 7,
    label: 'Seed',
  },
  environment: {
    kind: 'choice',
    values: ENVIRONMENT_NAMES,
    default: 'webshop',
    label: 'Environment',
  },
  policy: {
    kind: 'choice',
    values: POLICY_NAMES,
    imported: ['file'],
    default: 'linear',
    label: 'Agent',
  },
  model: {
    kind: 'text',
    most: 200,
    default: '',
    label: 'Model',
  },
  split: {
    kind: 'choice',
    values: SPLIT_NAMES,
    default: 'train',
    label: 'Tasks from',
  },
  tasks: {
    kind: 'integer',
    least: 1,
    most: 1_000_000,
    default: 20,
    label: 'Tasks',
  },
  firstTask: {
    kind: 'integer',
    least: 1,
    most: 1_000_000,
    default: 1,
    label: 'First task',
  },
  method: {
    kind: 'choice',
    values: METHODS,
    imported: ['replay'],
    default: 'rro',
    label: 'Method',
  },
  rollouts: {
    kind: 'integer',
    least: 1,
    most: 64,
    default: 5,
    label: 'Rollouts m',
  },
  candidates: {
    kind: 'integer',
    least: 1,
    most: 16,
    default: 5,
    label: 'Candidates K',
  },
  startRollouts: {
    kind: 'integer',
    least: 1,
    most: 64,
    default: 10,
    label: 'Rollouts of the start',
  },
  uctConstant: {
    kind: 'number',
    least: 0,
    most: 10,
    default: 0.3,
    label: 'UCT constant c',
  },
  temperature: {
    kind: 'number',
    least: 0.05,
    most: 5,
    default: 1,
    label: 'Temperature',
  },
  riseRule: {
    kind: 'choice',
    values: RISE_RULES,
    default: '>=',
    label: 'Rise rule',
  },
  margin: {
    kind: 'number',
    least: 0,
    most: 1,
    default: 0,
    label: 'Margin',
  },
  firstBar: {
    kind: 'choice',
    values: FIRST_BARS,
    default: 'zero',
    label: 'First bar',
  },
  noRise: {
    kind: 'choice',
    values: NO_RISES,
    default: 'keep-best',
    label: 'When none rises',
  },
  pairing: {
    kind: 'choice',
    values: PAIRINGS,
    default: 'all-lower',
    label: 'Pair against',
  },
  firstRise: {
    kind: 'choice',
    values: FIRST_RISES,
    default: 'skip',
    label: 'When the first rises',
  },
  continuation: {
    kind: 'choice',
    values: CONTINUATIONS,
    default: 'chosen',
    label: 'Continue with',
  },
  stepLimit: {
    kind: 'integer',
    least: 1,
    most: 30,
    default: 10,
    label: 'Step limit',
  },
  sqlReward: {
    kind: 'choice',
    values: SQL_REWARDS,
    default: 'tau',
    label: 'SQL reward',
  },
  sqlLines: {
    kind: 'choice',
    values: SQL_LINES,
    default: 'first',
    label: 'SQL lines read',
  },
  sqlObservation: {
    kind: 'integer',
    least: 50,
    most: 10_000,
    default: 350,
    label: 'SQL observation',
  },
  sqlSubmit: {
    kind: 'choice',
    values: SQL_SUBMITS,
    default: 'anywhere',
    label: 'SQL submit',
  },
} as const satisfies Record<keyof RunConfig, Setting>

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly (keyof RunConfig)[]

export const DEFAULT_CONFIG: RunConfig = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, SETTINGS[name].default]),
) as unknown as RunConfig // one entry for each name, of the table's own type
