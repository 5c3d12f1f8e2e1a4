import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { Kernel } from '../../../src/policies/transformer/kernel/kernel.ts'
import { flattened } from '../../../src/policies/transformer/parameters.ts'
import type { Utterance } from '../../../src/policies/transformer/transformer-actor.ts'
import { gather, optimisingTexts, TEXT_DPO } from '../../../src/training/texts/text-dpo.ts'
import { textPolicy, utteranceLogs } from '../../../src/training/texts/text-policy.ts'
import { logShareOf, referenceLogits } from '../../policies/transformer/reference.ts'
import { randomModel, SMALL_CONFIG } from '../../policies/transformer/small-model.ts'

const CONFIG = { ...SMALL_CONFIG, keyValueHeads: SMALL_CONFIG.heads }
const WEIGHTS = flattened(randomModel(CONFIG, 4))

async function kernel(): Promise<Kernel> {
  const made = await Kernel.open(CONFIG)
  made.parameters.set(WEIGHTS)
  made.openTraining()
  return made
}

function utterance(seed: number, before: number, length: number, prefixSeed = 0): Utterance {
  const draw = (of: string, count: number, at: number) => {
    const random = stream(at).child(of)
    return Array.from({ length: count }, () => random.below(CONFIG.vocabulary))
  }
  return { prefix: draw('prefix', before, prefixSeed), written: draw('written', length, seed) }
}

/** By the equations, in float64. */
function logOf({ prefix, written }: Utterance, weights = WEIGHTS): number {
  const logits = referenceLogits(CONFIG, weights, [...prefix, ...written])
  return written.reduce((sum, token, i) => sum + logShareOf(logits[prefix.length - 1 + i] as number[], token), 0)
}

test('the log-probability of what is said is the sum over its tokens, whatever shares its prefix', async () => {
  const one = await kernel()
  const said = [utterance(1, 12, 5), utterance(2, 12, 1), utterance(3, 9, 4, 7), utterance(4, 12, 7)]
  const logs = utteranceLogs(one, said)
  for (const [i, each] of said.entries()) expect(logs[i]).toBeCloseTo(logOf(each), 3)
})

test('slopes pull as finite differences of the equations say, with one prefix and with several', async () => {
  for (const said of [
    [utterance(1, 10, 4), utterance(2, 10, 3)],
    [utterance(1, 10, 4), utterance(5, 6, 3, 9)],
  ]) {
    const one = await kernel()
    textPolicy(one).pull(said, (logs) => {
      for (const [i, each] of said.entries()) expect(logs[i]).toBeCloseTo(logOf(each), 3)
      return [1, -0.5]
    })
    const gradient = one.gradient.slice()
    const random = stream(6)
    for (let n = 0; n < 4; n++) {
      const direction = Float64Array.from(WEIGHTS, () => random.next() - 0.5)
      const moved = (sign: number) => WEIGHTS.map((w, i) => w + sign * (direction[i] as number) * 2 ** -12)
      const value = (weights: Float32Array) =>
        logOf(said[0] as Utterance, weights) - 0.5 * logOf(said[1] as Utterance, weights)
      const slope = (value(moved(1)) - value(moved(-1))) / 2 ** -11
      const found = direction.reduce((sum, d, i) => sum + d * (gradient[i] as number), 0)
      expect(Math.abs(found - slope)).toBeLessThan(0.01 * Math.max(1, Math.abs(slope)))
    }
  }
})

test('DPO by hand: at the reference the loss is log 2, and each side is pulled by beta / 2', async () => {
  const one = await kernel()
  const [chosen, rejected] = [utterance(1, 10, 4), utterance(2, 10, 3)]
  const reference = logOf(chosen) - logOf(rejected)
  const preference = { chosen: [chosen], rejected: [rejected], weight: 1, reference }
  const { loss } = gather(one, [preference], { loss: 'dpo', beta: 0.4, sftWeight: 0 })
  expect(loss).toBeCloseTo(Math.log(2), 4)
  const dpo = one.gradient.slice()
  one.gradient.fill(0)
  // sigmoid(0) = 1/2: the slope of the loss is -beta / 2 by log pi(chosen) and +beta / 2 by log pi(rejected).
  textPolicy(one).pull([chosen, rejected], () => [-0.2, 0.2])
  const scale = Math.max(...dpo.map(Math.abs))
  for (const [i, slope] of one.gradient.entries())
    expect(Math.abs(slope - (dpo[i] as number))).toBeLessThan(1e-3 * scale)
  // With a margin of 2 already there (a reference 2 lower), z = 0.8: loss log(1 + e^-0.8) = 0.3711, SFT term 0.3 times -log pi.
  const ahead = { ...preference, reference: reference - 2 }
  const more = gather(one, [ahead], { loss: 'dpo', beta: 0.4, sftWeight: 0.3 })
  expect(more.loss).toBeCloseTo(0.3711 - 0.3 * logOf(chosen), 3)
  expect(more.accuracy).toBe(1)
  // IPO: (margin - 1 / (2 tau))^2 = (2 - 1.25)^2.
  expect(gather(one, [ahead], { loss: 'ipo', beta: 0.4, sftWeight: 0 }).loss).toBeCloseTo(0.5625, 3)
})

test('training prefers what was chosen, the same in each run, and nothing without preferences', async () => {
  const preferences = Array.from({ length: 6 }, (_, i) => ({
    ...{ chosen: [utterance(20 + i, 8, 3, i)], rejected: [utterance(40 + i, 8, 3, i)], weight: 1 + (i % 2) },
  }))
  const train = async () => {
    const one = await kernel()
    const steps = [
      ...optimisingTexts(one, preferences, stream(1), { ...TEXT_DPO, epochs: 8, batchSize: 3, learningRate: 3e-3 }),
    ]
    return { steps, parameters: one.parameters.slice() }
  }
  const { steps, parameters } = await train()
  expect(steps).toHaveLength(16)
  expect(steps.at(-1)?.share).toBe(1)
  expect(steps.at(-1)?.accuracy).toBe(1)
  expect(steps.at(-1)?.loss).toBeLessThan(steps[0]?.loss ?? 0)
  expect((await train()).parameters).toEqual(parameters)
  const none = await kernel()
  expect([...optimisingTexts(none, [], stream(1))]).toEqual([])
  expect(none.parameters).toEqual(WEIGHTS)
})

test('only ratios of weights count, and what weighs nothing is left out', async () => {
  const pair = (i: number, weight: number) => ({
    ...{ chosen: [utterance(60 + i, 8, 3, i)], rejected: [utterance(80 + i, 8, 3, i)], weight },
  })
  const trained = async (preferences: ReturnType<typeof pair>[]) => {
    const one = await kernel()
    const options = { ...TEXT_DPO, epochs: 1, batchSize: 2, learningRate: 1e-3 }
    const losses = [...optimisingTexts(one, preferences, stream(1), options)].map(({ loss }) => loss)
    return { losses, parameters: one.parameters.slice() }
  }
  const light = await trained([pair(0, 1), pair(1, 3), pair(2, 2)])
  expect(await trained([pair(0, 4), pair(1, 12), pair(2, 8)])).toEqual(light)
  expect(await trained([pair(0, 1), pair(1, 3), pair(2, 2), pair(3, 0)])).toEqual(light)
  expect((await trained([pair(0, 3), pair(1, 1), pair(2, 2)])).parameters).not.toEqual(light.parameters)
})
