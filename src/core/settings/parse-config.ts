/**
 * Settings from outside. The settings panel, the URL, run files and Node programs all go through `parseConfig`, so nothing
 * out of range is ever run.
 */
import { type Failure, failure, quote } from '../failure.ts'
import { LANGUAGE_MODEL_NAMES, type RunConfig, STEPWISE_METHODS } from './run-config.ts'
import { SETTING_NAMES, SETTINGS, type Setting } from './settings.ts'

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
    const { value, correction } = parseSetting(setting, given[name])
    if (correction !== undefined) corrections.push(correction)
    return [name, value]
  })
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(SETTINGS, name))
      corrections.push(failure('setting-unknown', `There is no setting called ${quote(name)}; it was ignored.`).failure)
  }
  const parsed = Object.fromEntries(entries) as unknown as RunConfig // every entry was checked above
  const config = withOneSmallModel(parsed, corrections)
  const { method, policy } = config
  const odd = (method === 'replay') !== (policy === 'file')
  if (!odd && (policy !== 'human' || STEPWISE_METHODS.includes(method))) return { config, corrections }
  const words = odd
    ? `${method} and ${policy} do not go together.`
    : `${method} draws its actions from a policy, so nobody can act in its place.`
  corrections.push(failure('setting', `${SETTINGS.method.label}: ${words} Using rro.`).failure)
  return { config: { ...config, method: 'rro', policy: odd ? 'linear' : policy }, corrections }
}

/** A language model that does not ship is named by its fingerprint. */
function withOneSmallModel(config: RunConfig, corrections: Failure[]): RunConfig {
  const { policy, model } = config
  const known = LANGUAGE_MODEL_NAMES.some((name) => name === model) || /^[0-9a-f]{16}$/.test(model)
  if (policy !== 'transformer' || known) return config
  const words = `${quote(model)} is no small language model. Using the one that ships.`
  corrections.push(failure('setting', `${SETTINGS.model.label}: ${words}`).failure)
  return { ...config, model: '' }
}

/** One value of a table like that of the settings. @returns a value within its limits, and a sentence where it had to be corrected */
export function parseSetting(
  setting: Setting,
  given: unknown,
): { readonly value: string | number; readonly correction?: Failure } {
  const [value, problem] = parseValue(setting, given)
  if (problem === undefined) return { value }
  return { value, correction: failure('setting', `${setting.label}: ${problem} Using ${value}.`).failure }
}

function parseValue(setting: Setting, given: unknown): [string | number, string?] {
  if (setting.kind === 'text') {
    if (typeof given !== 'string') return [setting.default, `${quote(given)} is not a text.`]
    return given.length <= setting.most ? [given] : [setting.default, `longer than ${setting.most} characters.`]
  }
  if (setting.kind === 'choice') {
    if (typeof given === 'string' && [...setting.values, ...(setting.imported ?? [])].includes(given)) return [given]
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
