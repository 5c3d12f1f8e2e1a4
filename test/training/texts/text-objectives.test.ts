/** KTO and policy gradients on what a language model says: by hand, and held to differences of the equations. */
import { describe, expect, test, vi } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import type { Kernel } from '../../../src/policies/transformer/kernel/kernel.ts'
import { atOnce } from '../../../src/policies/transformer/text-engine.ts'
import type { Utterance } from '../../../src/policies/transformer/transformer-actor.ts'
import { groupRelative, leaveOneOut } from '../../../src/training/objectives/advantages.ts'
import type { Preference } from '../../../src/training/objectives/pair-objective.ts'
import { clippedSurrogate, reinforce, type Trajectory } from '../../../src/training/objectives/surrogate.ts'
import {
  optimisingTexts,
  optimisingTextsInSlices,
  TEXT_DPO,
  type TextDpoOptions,
} from '../../../src/training/texts/text-dpo.ts'
import { textLearner } from '../../../src/training/texts/text-learner.ts'
import { labelledTexts, textKtoLoss } from '../../../src/training/texts/text-pairs.ts'
import { judgingUtterances, textPolicy, utteranceLogs } from '../../../src/training/texts/text-policy.ts'
import { episode, expectGradient, kernelOf, logOf, OTHERS, utterance, WEIGHTS } from './small-texts.ts'

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))

describe('KTO', () => {
  const preferences: Preference<Utterance>[] = [
    { chosen: [utterance(1, 7, 3)], rejected: [utterance(2, 7, 2)], weight: 1 },
    { chosen: [utterance(3, 5, 2, 7)], rejected: [utterance(4, 5, 4, 7)], weight: 3 },
  ]

  /** Preferences with the log-probabilities of a reference, which are those of another model. */
  const labelled = () =>
    atOnce(
      labelledTexts(preferences, function* (said): Generator<never, number[], void> {
        return said.map((each) => logOf(each, OTHERS))
      }),
    )
  const objective = { loss: 'kto', beta: 0.2, sftWeight: 0.1 } as const

  /** To its end, and how often it gave way. */
  function lossOf(
    ...[batch, kernel, numbers]: [ReturnType<typeof labelled>, Kernel, Pick<TextDpoOptions, 'beta' | 'sftWeight'>]
  ) {
    const slices = textKtoLoss(batch, textPolicy(kernel), numbers)
    for (let turns = 0; ; turns++) {
      const { done, value } = slices.next()
      if (done) return { ...value, turns }
    }
  }

  test('by hand, at the reference', async () => {
    const one = await kernelOf()
    const [first] = atOnce(labelledTexts(preferences.slice(0, 1), (said) => judgingUtterances(one, said)))
    if (first === undefined) throw new Error('no pair')
    // pi = ref: every ratio is 0, so is the reference point, and each side costs 1 - sigmoid(0) = 1/2, of weight 1.
    const { loss, right } = lossOf([first], one, { beta: 0.4, sftWeight: 0 })
    expect({ loss, right }).toEqual({ loss: 0.5, right: 0 })
    const kto = one.gradient.slice()
    one.gradient.fill(0)
    // The slope of 1 - sigmoid is -1/4 at 0: by log pi -beta / 4 / 2 of what was chosen, +beta / 4 / 2 of what was rejected.
    const { chosen, rejected } = preferences[0] as Preference<Utterance>
    textPolicy(one).pull([...chosen, ...rejected], () => [-0.05, 0.05])
    const scale = Math.max(...kto.map(Math.abs))
    for (const [i, slope] of one.gradient.entries())
      expect(Math.abs(slope - (kto[i] as number))).toBeLessThan(1e-3 * scale)
  })

  test('is the loss of the equations, with the reference point from mismatched replies, and has its gradient', async () => {
    const one = await kernelOf()
    const [a, b] = preferences as [Preference<Utterance>, Preference<Utterance>]
    const at = (here: Preference<Utterance>, there: Preference<Utterance>): Utterance[] => [
      { prefix: here.chosen[0]?.prefix ?? [], written: there.chosen[0]?.written ?? [] },
      { prefix: here.rejected[0]?.prefix ?? [], written: there.rejected[0]?.written ?? [] },
    ]
    const ratio = (said: Utterance, weights = WEIGHTS) => logOf(said, weights) - logOf(said, OTHERS)
    const point = Math.max(0, [...at(a, b), ...at(b, a)].reduce((sum, said) => sum + ratio(said), 0) / 4)
    const lossAt = (weights: Float32Array): number => {
      const costs = preferences.map(({ chosen, rejected, weight }) => {
        const [wanted, unwanted] = [ratio(chosen[0] as Utterance, weights), ratio(rejected[0] as Utterance, weights)]
        const both = 1 - sigmoid(0.2 * (wanted - point)) + 1 - sigmoid(0.2 * (point - unwanted))
        // Weights 1 and 3 have the mean 2: they count as 1/2 and 3/2.
        return ((weight / 2) * both) / 2 - 0.1 * (weight / 2) * logOf(chosen[0] as Utterance, weights)
      })
      return costs.reduce((sum, cost) => sum + cost, 0)
    }
    const { loss } = lossOf(labelled(), one, objective)
    expect(loss).toBeCloseTo(lossAt(WEIGHTS), 3)
    expectGradient(one.gradient.slice(), lossAt)
  })

  test('gives way after every text, so that whoever waits for it can be answered', async () => {
    const one = await kernelOf()
    let [read, most] = [0, 0]
    const judged = vi.spyOn(one, 'logProbabilities')
    for (const _ of optimisingTextsInSlices(one, preferences, stream(1), { ...TEXT_DPO, ...objective, epochs: 2 })) {
      most = Math.max(most, judged.mock.calls.length - read)
      read = judged.mock.calls.length
    }
    // Both sides of a preference are one text. Each is read under the reference, and twice in each epoch.
    expect(read).toBe(2 + 2 * 2 * 2)
    expect(most).toBe(1)
  })

  test('training makes what was chosen likelier, and what was rejected less so', async () => {
    const one = await kernelOf()
    const pairs = Array.from({ length: 6 }, (_, i) => ({
      ...{ chosen: [utterance(20 + i, 8, 3, i)], rejected: [utterance(40 + i, 8, 3, i)], weight: 1 },
    }))
    const options = { ...TEXT_DPO, loss: 'kto', sftWeight: 0, epochs: 8, batchSize: 3, learningRate: 3e-3 } as const
    const before = utteranceLogs(
      one,
      pairs.flatMap(({ chosen, rejected }) => [...chosen, ...rejected]),
    )
    const steps = [...optimisingTexts(one, pairs, stream(1), options)]
    expect(steps).toHaveLength(16)
    expect(steps.at(-1)?.accuracy).toBe(1)
    const after = utteranceLogs(
      one,
      pairs.flatMap(({ chosen, rejected }) => [...chosen, ...rejected]),
    )
    for (const [i, log] of after.entries())
      if (i % 2 === 0) expect(log).toBeGreaterThan(before[i] as number)
      else expect(log).toBeLessThan(before[i] as number)
  })
})

describe('policy gradients', () => {
  /** Three episodes of two actions each, of rewards 1, 0 and 0.5. */
  const episodes = [1, 2, 3].map((seed) => episode(seed, [4, 2], [2, 3]))

  function trajectories(advantages: readonly number[], old: Float32Array, reference: Float32Array) {
    return episodes.map((decisions, i): Trajectory<Utterance> => {
      const logs = (weights: Float32Array) => decisions.map((said) => logOf(said, weights))
      const own = decisions.map(() => advantages[i] as number)
      return { decisions, advantages: own, old: logs(old), reference: logs(reference), share: 1 / 6 }
    })
  }

  test('RLOO: the loss is minus the mean of advantage times log-probability, and so is the gradient', async () => {
    const one = await kernelOf()
    // The others of 1 have the mean 0.25, those of 0 0.75, those of 0.5 0.5.
    const advantages = leaveOneOut([1, 0, 0.5])
    expect(advantages).toEqual([0.75, -0.75, 0])
    const lossAt = (weights: Float32Array): number =>
      -episodes.reduce(
        (sum, said, i) => sum + said.reduce((own, each) => own + (advantages[i] as number) * logOf(each, weights), 0),
        0,
      ) / 6
    expect(reinforce(trajectories(advantages, WEIGHTS, WEIGHTS), textPolicy(one))).toBeCloseTo(lossAt(WEIGHTS), 3)
    expectGradient(one.gradient.slice(), lossAt)
  })

  test('GRPO: the clipped surrogate of the equations with its divergence, and its gradient', async () => {
    // The policy that sampled is near, the reference is another model; both move ratio and divergence off their start.
    const near = WEIGHTS.map((weight, i) => weight + 0.02 * ((OTHERS[i] as number) - weight))
    const advantages = groupRelative([1, 0, 0.5], true)
    const sampled = trajectories(advantages, near, OTHERS)
    const [clip, klWeight] = [0.05, 0.01]
    const lossAt = (weights: Float32Array): number =>
      sampled.reduce(
        (sum, { decisions, old, reference }, i) =>
          sum +
          decisions.reduce((own, said, at) => {
            const log = logOf(said, weights)
            const ratio = Math.exp(log - (old[at] as number))
            const advantage = advantages[i] as number
            const held = Math.min(1 + clip, Math.max(1 - clip, ratio)) * advantage
            const delta = (reference[at] as number) - log
            return own - (Math.min(ratio * advantage, held) - klWeight * (Math.exp(delta) - delta - 1)) / 6
          }, 0),
        0,
      )
    const one = await kernelOf()
    expect(clippedSurrogate(sampled, textPolicy(one), { clip, klWeight })).toBeCloseTo(lossAt(WEIGHTS), 3)
    expectGradient(one.gradient.slice(), lossAt)
  })
})

describe('a learner', () => {
  const said = [utterance(1, 6, 3), utterance(2, 6, 2), utterance(3, 5, 4, 9)]

  async function learner(): Promise<{ readonly kernel: Kernel; readonly policy: ReturnType<typeof textLearner> }> {
    const kernel = await kernelOf()
    return { kernel, policy: textLearner(kernel, 1e-3) }
  }

  test('keeps its reference while it moves, and moves as it is pulled', async () => {
    const { kernel, policy } = await learner()
    const before = policy.logs(said)
    expect(policy.reference(said)).toEqual(before)
    policy.pull(said, () => [-1, 1, 0])
    policy.step()
    const after = policy.logs(said)
    expect(after[0]).toBeGreaterThan(before[0] as number)
    expect(after[1]).toBeLessThan(before[1] as number)
    expect(policy.reference(said)).toEqual(before)
    expect(policy.logs(said)).toEqual(after)
    expect(kernel.gradient.every((slope) => slope === 0)).toBe(true)
  })

  test('steps by a mean of what it was given as a sum', async () => {
    const [sum, mean] = [await learner(), await learner()]
    sum.policy.pull(said, () => [-4, 4, 2])
    sum.policy.step(4)
    mean.policy.pull(said, () => [-1, 1, 0.5])
    mean.policy.step()
    expect(sum.kernel.parameters).toEqual(mean.kernel.parameters)
  })

  test('begins anew in a kernel that has been trained before', async () => {
    const { kernel, policy } = await learner()
    policy.pull(said, () => [-1, 1, 0])
    policy.step()
    kernel.parameters.set(WEIGHTS)
    const again = textLearner(kernel, 1e-3)
    again.pull(said, () => [-1, 1, 0])
    again.step()
    const once = await learner()
    once.policy.pull(said, () => [-1, 1, 0])
    once.policy.step()
    expect(kernel.parameters).toEqual(once.kernel.parameters)
  })
})
