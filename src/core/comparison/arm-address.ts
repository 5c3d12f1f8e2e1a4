/** An arm as it stands in an address: its method and what differs from the defaults. */
import { type Failure, failure, quote } from '../failure.ts'
import { parseConfig } from '../settings/parse-config.ts'
import { SETTINGS } from '../settings/settings.ts'
import { ARM_METHODS, ARM_SETTINGS, type Arm, type ComparedPolicy, PAIR_LOSSES } from './comparison.ts'
import { comparisonField, type NumberField, numberOf, TRAINING_NUMBERS } from './comparison-numbers.ts'
import { isGradientMethod } from './gradient-methods.ts'
import { GRADIENT_READS, type GradientNumber, gradientField } from './gradient-numbers.ts'

/** `rro`, `fixed-size:candidates=2`, `ipr:sftWeight=0.1`: how an arm stands in an address. */
export function formatArm({ method, settings, training = {} }: Arm): string {
  const given: Readonly<Record<string, string | number | undefined>> = { ...settings, ...training }
  const names = [...ARM_SETTINGS, ...trainingNumbers(method), 'loss']
  const words = names.filter((name) => given[name] !== undefined)
  return [method, ...words.map((name) => `${name}=${given[name]}`)].join(':')
}

/** What an arm of this method may have of its own training, but its loss. */
export function trainingNumbers(
  method: Arm['method'],
): readonly ((typeof TRAINING_NUMBERS)[number] | GradientNumber)[] {
  return isGradientMethod(method) ? GRADIENT_READS[method] : TRAINING_NUMBERS
}

/** The range of such a number, which may differ by method and policy. */
export function trainingField(
  method: Arm['method'],
  name: ReturnType<typeof trainingNumbers>[number],
  policy?: ComparedPolicy,
): NumberField {
  if (isGradientMethod(method)) return gradientField(method, name as GradientNumber, policy) // what it reads has a field
  return comparisonField(name as (typeof TRAINING_NUMBERS)[number], policy) // so here
}

/** Undefined for what is no arm. Settings that are unknown or out of range are corrected and said. */
export function parseArm(text: string, corrections: Failure[], policy?: ComparedPolicy): Arm | undefined {
  const [name, ...words] = text.split(':')
  const method = ARM_METHODS.find((known) => known === name)
  if (method === undefined) {
    corrections.push(
      failure('comparison-arm', `There is no method called ${quote(name ?? '')}; it was left out.`).failure,
    )
    return undefined
  }
  const given: Record<string, string> = {}
  const training: { -readonly [name in keyof NonNullable<Arm['training']>]: NonNullable<Arm['training']>[name] } = {}
  for (const word of words) {
    const [key = '', ...values] = word.split('=')
    const value = values.join('=')
    const trained = trainingNumbers(method).find((name) => name === key)
    const loss = key === 'loss' && !isGradientMethod(method) ? PAIR_LOSSES.find((name) => name === value) : undefined
    if (ARM_SETTINGS.some((setting) => setting === key)) given[key] = value
    else if (trained !== undefined) {
      const field = trainingField(method, trained, policy)
      const number = numberOf(field, value, (words) => {
        corrections.push(failure('comparison-arm', words).failure)
      })
      // A policy gradient's defaults are its own; others take the comparison's, from which a default may be the difference.
      if (!isGradientMethod(method) || number !== field.default) training[trained] = number
    } else if (loss !== undefined) training.loss = loss
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
