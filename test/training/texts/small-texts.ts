/** Utterances of a small random model, and what the equations say of them in float64. */
import { expect } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { Kernel } from '../../../src/policies/transformer/kernel/kernel.ts'
import { flattened } from '../../../src/policies/transformer/parameters.ts'
import type { Utterance } from '../../../src/policies/transformer/transformer-actor.ts'
import { logShareOf, referenceLogits } from '../../policies/transformer/reference.ts'
import { randomModel, SMALL_CONFIG } from '../../policies/transformer/small-model.ts'

export const CONFIG = { ...SMALL_CONFIG, keyValueHeads: SMALL_CONFIG.heads }
export const WEIGHTS = flattened(randomModel(CONFIG, 4))
/** Another model: a reference that the first one has moved away from. */
export const OTHERS = flattened(randomModel(CONFIG, 5))

export async function kernelOf(weights = WEIGHTS): Promise<Kernel> {
  const made = await Kernel.open(CONFIG)
  made.parameters.set(weights)
  made.openTraining()
  return made
}

export function utterance(seed: number, before: number, length: number, prefixSeed = 0): Utterance {
  return { prefix: draw('prefix', before, prefixSeed), written: draw('written', length, seed) }
}

/** What is said in turn in one conversation, each time after `read` more tokens. */
export function episode(seed: number, read: readonly number[], lengths: readonly number[]): Utterance[] {
  const said: Utterance[] = []
  let prefix: readonly number[] = []
  for (const [i, length] of lengths.entries()) {
    prefix = [...prefix, ...draw('read', read[i] as number, 100 * seed + i)]
    const written = draw('written', length, 100 * seed + i)
    said.push({ prefix, written })
    prefix = [...prefix, ...written]
  }
  return said
}

function draw(of: string, count: number, at: number): number[] {
  const random = stream(at).child(of)
  return Array.from({ length: count }, () => random.below(CONFIG.vocabulary))
}

/** By the equations, in float64. */
export function logOf({ prefix, written }: Utterance, weights = WEIGHTS): number {
  const logits = referenceLogits(CONFIG, weights, [...prefix, ...written])
  return written.reduce((sum, token, i) => sum + logShareOf(logits[prefix.length - 1 + i] as number[], token), 0)
}

/** Holds a gradient to central differences of a loss, along random directions. */
export function expectGradient(gradient: Float32Array, lossAt: (weights: Float32Array) => number): void {
  const random = stream(6)
  for (let n = 0; n < 4; n++) {
    const direction = Float64Array.from(WEIGHTS, () => random.next() - 0.5)
    const moved = (sign: number) => WEIGHTS.map((w, i) => w + sign * (direction[i] as number) * 2 ** -12)
    const slope = (lossAt(moved(1)) - lossAt(moved(-1))) / 2 ** -11
    const found = direction.reduce((sum, d, i) => sum + d * (gradient[i] as number), 0)
    expect(Math.abs(found - slope)).toBeLessThan(0.01 * Math.max(1, Math.abs(slope)))
  }
}
