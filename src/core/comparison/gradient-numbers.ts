/** The numbers of the policy-gradient methods: names in an address, ranges, defaults, and who reads which. */
import type { Arm, ComparedPolicy } from './comparison.ts'
import { integer, type NumberField, real } from './comparison-numbers.ts'
import { type GradientMethod, type GradientTraining, isGradientMethod } from './gradient-methods.ts'

/** The defaults are those of the publications where they give one (clip: PPO; omega and gamma: GiGPO), else chosen on dev tasks. */
export const GRADIENT_NUMBERS = {
  learningRate: real(0.0001, 1, 0.3, 'Learning rate'),
  batch: integer(1, 64, 8, 'Tasks an update'),
  epochs: integer(1, 200, 4, 'Epochs'),
  klWeight: real(0, 10, 0.01, 'KL weight'),
  clip: real(0.01, 1, 0.2, 'Clip'),
  normalise: integer(0, 1, 1, 'Normalise (1 or 0)'),
  stateWeight: real(0, 10, 1, 'State weight'),
  discount: real(0, 1, 0.95, 'Discount'),
} as const satisfies Record<keyof GradientTraining, NumberField>

export type GradientNumber = keyof GradientTraining

/** Where the small language model has others, chosen on dev tasks (docs/experiments.md). */
const LANGUAGE_NUMBERS: Partial<Record<keyof GradientTraining, NumberField>> = {
  learningRate: real(0.000001, 0.01, 0.0001, 'Learning rate'),
  batch: integer(1, 64, 4, 'Tasks an update'),
  epochs: integer(1, 20, 2, 'Epochs'),
  klWeight: real(0, 10, 0, 'KL weight'),
}

/** RLOO takes one step on a batch: its gradient is right for the policy that sampled only. */
export const GRADIENT_READS: Readonly<Record<GradientMethod, readonly GradientNumber[]>> = {
  rloo: ['learningRate', 'batch', 'klWeight'],
  grpo: ['learningRate', 'batch', 'epochs', 'klWeight', 'clip', 'normalise'],
  gigpo: ['learningRate', 'batch', 'epochs', 'klWeight', 'clip', 'normalise', 'stateWeight', 'discount'],
  vineppo: ['learningRate', 'batch', 'epochs', 'klWeight', 'clip'],
}

/** An arm with every number that its method reads, so that it stays what it is when a default changes. */
export function withNumbers(arm: Arm, policy?: ComparedPolicy): Arm {
  if (!isGradientMethod(arm.method)) return arm
  const numbers = gradientOf(arm, policy)
  return { ...arm, training: Object.fromEntries(GRADIENT_READS[arm.method].map((name) => [name, numbers[name]])) }
}

/** A number's range, and its default for a method: RLOO, which takes one step on a batch, takes smaller ones, and may take longer steps. */
export function gradientField(
  method: Arm['method'],
  name: GradientNumber,
  policy: ComparedPolicy = 'linear',
): NumberField {
  const field = (policy === 'transformer' ? LANGUAGE_NUMBERS[name] : undefined) ?? GRADIENT_NUMBERS[name]
  if (method !== 'rloo') return field
  if (name === 'learningRate' && policy === 'transformer') return { ...field, default: 0.0003 }
  return name === 'batch' ? { ...field, default: 2 } : field
}

/** How a policy-gradient arm is trained: its own numbers, else the defaults. */
export function gradientOf(
  { method, training = {} }: Pick<Arm, 'method' | 'training'>,
  policy?: ComparedPolicy,
): GradientTraining {
  const names = Object.keys(GRADIENT_NUMBERS) as GradientNumber[]
  const numbers = names.map((name) => [name, training[name] ?? gradientField(method, name, policy).default])
  return Object.fromEntries(numbers) as unknown as GradientTraining // one entry for each name
}
