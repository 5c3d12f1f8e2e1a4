/** An arm as it stands in an address: its method and what differs from the defaults. */
import { type Failure, failure, quote } from '../failure.ts'
import { parseConfig } from '../settings/parse-config.ts'
import { SETTINGS } from '../settings/settings.ts'
import { ARM_METHODS, ARM_SETTINGS, type Arm } from './comparison.ts'
import { COMPARISON_NUMBERS, numberOf, TRAINING_NUMBERS } from './comparison-numbers.ts'

/** `rro`, `fixed-size:candidates=2`, `ipr:sftWeight=0.1`: how an arm stands in an address. */
export function formatArm({ method, settings, training = {} }: Arm): string {
  const given: Readonly<Record<string, string | number | undefined>> = { ...settings, ...training }
  const words = [...ARM_SETTINGS, ...TRAINING_NUMBERS].filter((name) => given[name] !== undefined)
  return [method, ...words.map((name) => `${name}=${given[name]}`)].join(':')
}

/** Undefined for what is no arm. Settings that are unknown or out of range are corrected and said. */
export function parseArm(text: string, corrections: Failure[]): Arm | undefined {
  const [name, ...words] = text.split(':')
  const method = ARM_METHODS.find((known) => known === name)
  if (method === undefined) {
    corrections.push(
      failure('comparison-arm', `There is no method called ${quote(name ?? '')}; it was left out.`).failure,
    )
    return undefined
  }
  const given: Record<string, string> = {}
  const training: Partial<Record<(typeof TRAINING_NUMBERS)[number], number>> = {}
  for (const word of words) {
    const [key = '', value = ''] = word.split('=', 2)
    const trained = TRAINING_NUMBERS.find((name) => name === key)
    if (ARM_SETTINGS.some((setting) => setting === key)) given[key] = value
    else if (trained !== undefined)
      training[trained] = numberOf(COMPARISON_NUMBERS[trained], value, (words) => {
        corrections.push(failure('comparison-arm', words).failure)
      })
    else
      corrections.push(
        failure('comparison-arm', `${quote(key)} is no setting of a method's exploration; it was ignored.`).failure,
      )
  }
  const parsed = parseConfig(given)
  corrections.push(...parsed.corrections)
  const own = ARM_SETTINGS.filter((setting) => Object.hasOwn(given, setting))
    .filter((setting) => parsed.config[setting] !== SETTINGS[setting].default)
    .map((setting) => [setting, parsed.config[setting]])
  return { method, settings: Object.fromEntries(own), ...(Object.keys(training).length > 0 && { training }) }
}
