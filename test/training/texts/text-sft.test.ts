/** SFT on conversations, held to the equations in float64 and to their differences. */
import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import type { WrittenConversation } from '../../../src/policies/transformer/conversation.ts'
import { atOnce } from '../../../src/policies/transformer/text-engine.ts'
import { fineTuningTexts, imitating, TEXT_SFT } from '../../../src/training/texts/text-sft.ts'
import { logShareOf, referenceLogits } from '../../policies/transformer/reference.ts'
import { CONFIG, expectGradient, kernelOf, WEIGHTS } from './small-texts.ts'

/** Read, written, read, a slip, read, written. */
function conversation(seed: number): WrittenConversation {
  const random = stream(seed)
  const tokens = Array.from({ length: 16 }, () => random.below(CONFIG.vocabulary))
  return {
    tokens,
    actions: [
      [3, 6],
      [12, 16],
    ],
    slips: [[8, 10]],
  }
}

const WRITTEN = [3, 4, 5, 12, 13, 14, 15]
const READ = [1, 2, 6, 7, 10, 11]

/** -log p of what was written, and `reading` times that of what was read, summed, by the equations. */
function lossOf({ tokens }: WrittenConversation, reading: number, weights = WEIGHTS): number {
  const logits = referenceLogits(CONFIG, weights, tokens)
  const log = (at: number): number => logShareOf(logits[at - 1] as number[], tokens[at] as number) // inside
  const sum = (places: readonly number[]): number => places.reduce((all, at) => all - log(at), 0)
  return sum(WRITTEN) + reading * sum(READ)
}

test.each([0, 0.2, 1])('what is written is learnt, slips are not, and what is read weighs %d', async (reading) => {
  const kernel = await kernelOf()
  const shown = conversation(1)
  const { loss, weight, count, tokens } = atOnce(imitating(kernel, shown, reading))
  expect(loss).toBeCloseTo(lossOf(shown, 0), 2)
  expect(count).toBe(WRITTEN.length)
  expect(weight).toBeCloseTo(WRITTEN.length + reading * READ.length, 9)
  expect(tokens).toBe(16)
  expectGradient(kernel.gradient.slice(), (weights) => lossOf(shown, reading, weights))
})

test('a conversation in which nothing was written teaches nothing', async () => {
  const kernel = await kernelOf()
  const silent = { ...conversation(1), actions: [], slips: [] }
  expect(atOnce(imitating(kernel, silent, 0))).toEqual({ loss: 0, weight: 0, count: 0, tokens: 0 })
  expect(kernel.gradient.every((slope) => slope === 0)).toBe(true)
})

test('the rate rises over the first tenth of the steps and falls in a line to a twentieth', async () => {
  const texts = [1, 2].map(conversation)
  const options = { ...TEXT_SFT, epochs: 20, batchSize: 2, learningRate: 1e-3, decay: 0, reading: 0 }
  const kernel = await kernelOf()
  const rates: number[] = []
  const descend = kernel.descend.bind(kernel)
  kernel.descend = (descent) => {
    rates.push(descent.rate)
    descend(descent)
  }
  for (const _ of fineTuningTexts(kernel, texts, stream(1), options));
  expect(rates).toHaveLength(20)
  expect(rates[0]).toBeCloseTo(0.5e-3, 12)
  expect(Math.max(...rates)).toBe(rates[1])
  expect(rates[1]).toBeCloseTo(1e-3, 12)
  expect(rates.at(-1)).toBeCloseTo(0.05e-3, 12)
  expect((rates[10] ?? 0) - (rates[11] ?? 0)).toBeCloseTo((rates[15] ?? 0) - (rates[16] ?? 0), 12)
})
