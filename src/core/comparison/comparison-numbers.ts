/** The numbers of a comparison and of its training: their names in an address, their ranges and their defaults. */
import { quote } from '../failure.ts'
import type { ComparedPolicy, Training } from './comparison.ts'

export interface NumberField {
  readonly least: number
  readonly most: number
  readonly default: number
  readonly integer: boolean
  readonly label: string
}

export const integer = (least: number, most: number, value: number, label: string): NumberField => ({
  ...{ least, most, default: value, integer: true, label },
})
export const real = (least: number, most: number, value: number, label: string): NumberField => ({
  ...{ least, most, default: value, integer: false, label },
})

/** The numbers of a comparison and of its training, by their names in an address. */
export const COMPARISON_NUMBERS = {
  firstSeed: integer(0, 1_000_000_000, 1, 'First seed'),
  seeds: integer(1, 100, 10, 'Seeds'),
  rounds: integer(1, 10, 1, 'Rounds'),
  episodes: integer(1, 50, 4, 'Episodes per test task'),
  beta: real(0.001, 100, 0.1, 'DPO beta'),
  learningRate: real(0.0001, 1, 0.03, 'Learning rate'),
  epochs: integer(1, 200, 30, 'Epochs'),
  klWeight: real(0, 10, 0.01, 'KL weight'),
  sftWeight: real(0, 10, 0, 'SFT weight'),
} as const satisfies Record<string, NumberField>

/** The names of `Training`. */
export const TRAINING_NUMBERS = [
  'beta',
  'learningRate',
  'epochs',
  'klWeight',
  'sftWeight',
] as const satisfies readonly (keyof Training)[]

export const DEFAULT_TRAINING: Training = {
  beta: COMPARISON_NUMBERS.beta.default,
  learningRate: COMPARISON_NUMBERS.learningRate.default,
  epochs: COMPARISON_NUMBERS.epochs.default,
  klWeight: COMPARISON_NUMBERS.klWeight.default,
  sftWeight: COMPARISON_NUMBERS.sftWeight.default,
}

/** The numbers of the training of a small language model on pairs. */
export const TEXT_TRAINING_NUMBERS = {
  beta: real(0.01, 10, 0.3, 'DPO beta'),
  learningRate: real(0.000001, 0.01, 0.00005, 'Learning rate'),
  epochs: integer(1, 20, 2, 'Epochs'),
  sftWeight: real(0, 10, 0.1, 'SFT weight'),
} as const satisfies Record<string, NumberField>

/** Where a comparison of the small language model has others: it has one round, and no anchor. */
const TEXT_COMPARISON_NUMBERS: Partial<Record<keyof typeof COMPARISON_NUMBERS, NumberField>> = {
  ...TEXT_TRAINING_NUMBERS,
  seeds: integer(1, 100, 5, 'Seeds'),
  rounds: integer(1, 1, 1, 'Rounds'),
  episodes: integer(1, 50, 1, 'Episodes per test task'),
  klWeight: real(0, 0, 0, 'KL weight'),
}

/** A number of a comparison of one policy. */
export function comparisonField(name: keyof typeof COMPARISON_NUMBERS, policy: ComparedPolicy = 'linear'): NumberField {
  return (policy === 'transformer' ? TEXT_COMPARISON_NUMBERS[name] : undefined) ?? COMPARISON_NUMBERS[name]
}

export const BUDGET_LIMITS = { least: 100, most: 1_000_000, count: 6 } as const
/** Arms of one comparison. */
export const MOST_ARMS = 16

/** A number from outside, within its range; what had to be corrected is said. */
export function numberOf(field: NumberField, given: unknown, say: (words: string) => void): number {
  if (given === undefined) return field.default
  const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given
  if (typeof number !== 'number' || Number.isNaN(number)) {
    say(`${field.label}: ${quote(given)} is not a number. Using ${field.default}.`)
    return field.default
  }
  const within = Math.min(field.most, Math.max(field.least, field.integer ? Math.round(number) : number))
  if (within !== number) say(`${field.label}: ${quote(given)} is not allowed. Using ${within}.`)
  return within
}
