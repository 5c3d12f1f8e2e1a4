/**
 * Every setting of a run, in one table: its values and its default. The settings panel, the URL, run files and Node
 * programs all go through `parseConfig`, so nothing out of range is ever run. Where the defaults come from, and who reads
 * which setting: setting-scopes.ts.
 */
import { type Failure, failure, quote } from '../failure.ts'
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
  STEPWISE_METHODS,
} from './run-config.ts'

export * from './run-config.ts'

export type Setting = { readonly label: string } & (
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly default: string }
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
    most: 100_000,
    default: 20,
    label: 'Tasks',
  },
  firstTask: {
    kind: 'integer',
    least: 1,
    most: 100_000,
    default: 1,
    label: 'First task',
  },
  method: {
    kind: 'choice',
    values: METHODS,
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

export interface ParsedConfig {
  /** Always within the table. */
  readonly config: RunConfig
  /** One sentence for each value that had to be corrected; empty when all were good. */
  readonly corrections: readonly Failure[]
}

/**
 * Reads settings from outside (URL, form, file). A missing name takes its default silently; a bad value is corrected to
 * the nearest allowed one, or to the default, and said; an unknown name is said and ignored.
 */
export function parseConfig(given: Readonly<Record<string, unknown>>): ParsedConfig {
  const corrections: Failure[] = []
  const entries = SETTING_NAMES.map((name) => {
    const setting: Setting = SETTINGS[name]
    if (!Object.hasOwn(given, name)) return [name, setting.default]
    const [value, problem] = parseValue(setting, given[name])
    if (problem !== undefined)
      corrections.push(failure('setting', `${setting.label}: ${problem} Using ${value}.`).failure)
    return [name, value]
  })
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(SETTINGS, name))
      corrections.push(failure('setting-unknown', `There is no setting called ${quote(name)}; it was ignored.`).failure)
  }
  const config = Object.fromEntries(entries) as unknown as RunConfig // every entry was checked above
  if (config.policy !== 'human' || STEPWISE_METHODS.includes(config.method)) return { config, corrections }
  const words = `${SETTINGS.method.label}: ${config.method} draws its actions from a policy, so nobody can act in its place.`
  corrections.push(failure('setting', `${words} Using rro.`).failure)
  return { config: { ...config, method: 'rro' }, corrections }
}

function parseValue(setting: Setting, given: unknown): [string | number, string?] {
  if (setting.kind === 'text') {
    if (typeof given !== 'string') return [setting.default, `${quote(given)} is not a text.`]
    return given.length <= setting.most ? [given] : [setting.default, `longer than ${setting.most} characters.`]
  }
  if (setting.kind === 'choice') {
    if (typeof given === 'string' && setting.values.includes(given)) return [given]
    return [setting.default, `${quote(given)} is none of ${setting.values.join(', ')}.`]
  }
  const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given
  if (typeof number !== 'number' || Number.isNaN(number)) return [setting.default, `${quote(given)} is not a number.`]
  if (number < setting.least) return [setting.least, `${quote(given)} is below the least value ${setting.least}.`]
  if (number > setting.most) return [setting.most, `${quote(given)} is above the largest value ${setting.most}.`]
  if (setting.kind === 'integer' && !Number.isInteger(number))
    return [Math.round(number), `${quote(given)} is not a whole number.`]
  return [number]
}
