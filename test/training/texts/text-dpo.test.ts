import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { atOnce } from '../../../src/policies/transformer/text-engine.ts'
import type { PairObjective } from '../../../src/training/objectives/pair-objective.ts'
import { optimisingTexts, TEXT_DPO } from '../../../src/training/texts/text-dpo.ts'
import { textPairLoss, textPairs } from '../../../src/training/texts/text-pairs.ts'
import { judgingUtterances, textPolicy, utteranceLogs } from '../../../src/training/texts/text-policy.ts'
import { sharedTexts, tokensRead } from '../../../src/training/texts/utterance-text.ts'
import { episode, expectGradient, kernelOf as kernel, logOf, utterance, WEIGHTS } from './small-texts.ts'

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
    const [first, second] = said as [(typeof said)[number], (typeof said)[number]]
    expectGradient(one.gradient.slice(), (weights) => logOf(first, weights) - 0.5 * logOf(second, weights))
  }
})

test('an episode is one text, and what might be said at its end are branches of it', async () => {
  const said = episode(1, [5, 3, 2], [2, 4, 3])
  const last = said[2] as (typeof said)[number]
  const all = [...said, { ...last, written: [...last.written].reverse() }, utterance(9, 4, 2, 8)]
  const texts = sharedTexts(all)
  expect(texts.map(({ indices }) => indices)).toEqual([[0, 1, 2, 3], [4]])
  // 5 + 2 + 3 + 4 + 2 read and written before the ends, of which each foretells its last token by the one before; then 4 + 1.
  expect(texts.map(({ text }) => text.tokens.length)).toEqual([16 + 2 + 2, 5])
  expect(tokensRead(all)).toBe(25)
  const one = await kernel()
  const logs = utteranceLogs(one, all)
  for (const [i, each] of all.entries()) expect(logs[i]).toBeCloseTo(logOf(each), 3)
  const slopes = [1, -0.5, 0.25, 0.75, -1]
  textPolicy(one).pull(all, () => slopes)
  expectGradient(one.gradient.slice(), (weights) =>
    all.reduce((sum, each, i) => sum + (slopes[i] as number) * logOf(each, weights), 0),
  )
})

test('what does not go on where the conversation was is another text', () => {
  const said = episode(2, [4, 3], [3, 2])
  const [first, second] = said as [(typeof said)[number], (typeof said)[number]]
  const elsewhere = { ...second, prefix: second.prefix.map((token, i) => (i === 5 ? token ^ 1 : token)) }
  expect(sharedTexts([first, elsewhere]).map(({ indices }) => indices)).toEqual([[0], [1]])
  expect(sharedTexts([second, first]).map(({ indices }) => indices)).toEqual([[0], [1]])
})

test('DPO by hand: at the reference the loss is log 2, and each side is pulled by beta / 2', async () => {
  const one = await kernel()
  const [chosen, rejected] = [utterance(1, 10, 4), utterance(2, 10, 3)]
  const [pair] = atOnce(
    textPairs([{ chosen: [chosen], rejected: [rejected], weight: 1 }], (said) => judgingUtterances(one, said)),
  )
  if (pair === undefined) throw new Error('no pair')
  expect(pair.reference).toBeCloseTo(logOf(chosen) - logOf(rejected), 3)
  const lossOf = (ready: typeof pair, objective: PairObjective) =>
    atOnce(textPairLoss(ready, textPolicy(one), objective))
  const { loss } = lossOf(pair, { loss: 'dpo', beta: 0.4, sftWeight: 0 })
  expect(loss).toBeCloseTo(Math.log(2), 4)
  const dpo = one.gradient.slice()
  one.gradient.fill(0)
  // sigmoid(0) = 1/2: the slope of the loss is -beta / 2 by log pi(chosen) and +beta / 2 by log pi(rejected).
  textPolicy(one).pull([chosen, rejected], () => [-0.2, 0.2])
  const scale = Math.max(...dpo.map(Math.abs))
  for (const [i, slope] of one.gradient.entries())
    expect(Math.abs(slope - (dpo[i] as number))).toBeLessThan(1e-3 * scale)
  // With a margin of 2 already there (a reference 2 lower), z = 0.8: loss log(1 + e^-0.8) = 0.3711, SFT term 0.3 times -log pi.
  const ahead = { ...pair, reference: pair.reference - 2 }
  const more = lossOf(ahead, { loss: 'dpo', beta: 0.4, sftWeight: 0.3 })
  expect(more.loss).toBeCloseTo(0.3711 - 0.3 * logOf(chosen), 3)
  expect(more.right).toBe(1)
  // IPO: (margin - 1 / (2 tau))^2 = (2 - 1.25)^2.
  expect(lossOf(ahead, { loss: 'ipo', beta: 0.4, sftWeight: 0 }).loss).toBeCloseTo(0.5625, 3)
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

test('a training begins anew, whatever the same kernel was trained on before', async () => {
  const preferences = [{ chosen: [utterance(1, 8, 3)], rejected: [utterance(2, 8, 3)], weight: 1 }]
  const options = { ...TEXT_DPO, epochs: 2, learningRate: 1e-3 }
  const train = (one: Awaited<ReturnType<typeof kernel>>): Float32Array => {
    one.parameters.set(WEIGHTS)
    for (const _ of optimisingTexts(one, preferences, stream(1), options));
    return one.parameters.slice()
  }
  const used = await kernel()
  const first = train(used)
  expect(train(used)).toEqual(first)
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
