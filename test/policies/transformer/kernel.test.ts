import { describe, expect, it } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { Kernel } from '../../../src/policies/transformer/kernel/kernel.ts'
import { type LlamaConfig, parameterCount } from '../../../src/policies/transformer/llama.ts'
import { tensorPlaces } from '../../../src/policies/transformer/parameters.ts'
import type { BranchingText } from '../../../src/policies/transformer/text-engine.ts'
import { logShareOf, referenceLogits } from './reference.ts'

const SHAPE: LlamaConfig = {
  hidden: 32,
  layers: 2,
  heads: 2,
  keyValueHeads: 2,
  headSize: 16,
  intermediate: 44,
  vocabulary: 52,
  context: 96,
  ropeTheta: 10_000,
  normEpsilon: 1e-5,
}

/** Large enough that every part of the network matters. */
function weights(seed: number, shape = SHAPE): Float32Array {
  const random = stream(seed)
  const made = Float32Array.from({ length: parameterCount(shape) }, () => (random.next() - 0.5) * 0.8)
  for (const { name, size, offset } of tensorPlaces(shape))
    if (name.includes('norm')) for (let i = 0; i < size[0]; i++) made[offset + i] = (made[offset + i] as number) + 1
  return made
}

async function kernel(seed: number): Promise<Kernel> {
  const made = await Kernel.open(SHAPE)
  made.parameters.set(weights(seed))
  return made
}

function tokens(seed: number, count: number): number[] {
  const random = stream(seed).child('tokens')
  return Array.from({ length: count }, () => random.below(SHAPE.vocabulary))
}

/** One text without branches, every token of it predicted. */
function plain(words: readonly number[]): BranchingText {
  return {
    tokens: words.slice(0, -1),
    prefix: words.length - 1,
    branches: [],
    targetRows: words.slice(1).map((_, i) => i),
    targetTokens: words.slice(1),
  }
}

/** Reads a whole conversation into a slot. */
function readAll(of: Kernel, slot: number, words: readonly number[], from = 0): void {
  const rows = words.slice(from)
  of.read({
    tokens: rows,
    slots: rows.map(() => slot),
    positions: rows.map((_, i) => from + i),
    wanted: rows.map((_, i) => i),
  })
}

describe('the kernel', () => {
  it('gives the logits of the Llama equations', async () => {
    const one = await kernel(1)
    const words = tokens(1, 70)
    one.openCache(1)
    readAll(one, 0, words)
    const expected = referenceLogits(SHAPE, weights(1), words)
    const spread = Math.max(...expected.flat().map(Math.abs))
    expect(spread).toBeGreaterThan(3)
    for (const [i, logits] of expected.entries())
      for (const [token, logit] of logits.entries()) expect(one.logits(i)[token]).toBeCloseTo(logit, 3)
  })

  it('gives the same bits whatever else is in the batch, and whether a prefix was read, copied or branched off', async () => {
    const one = await kernel(2)
    const words = tokens(2, 61)
    one.openCache(3)
    const alone: Float32Array[] = []
    for (const [position, token] of words.entries()) {
      one.read({ tokens: [token], slots: [0], positions: [position], wanted: [0] })
      alone.push(one.logits(0).slice())
    }
    readAll(one, 1, words)
    for (const [i, logits] of alone.entries()) expect(one.logits(i)).toEqual(logits)
    one.copyPrefix(0, 2, 40)
    const other = tokens(3, 30)
    const rest = words.slice(40)
    one.read({
      tokens: [...other, ...rest],
      slots: [...other.map(() => 0), ...rest.map(() => 2)],
      positions: [...other.map((_, i) => i), ...rest.map((_, i) => 40 + i)],
      wanted: rest.map((_, i) => other.length + i),
    })
    for (const [i, logits] of alone.slice(40).entries()) expect(one.logits(i)).toEqual(logits)
    const branching = {
      tokens: [...words.slice(0, 20), ...other, ...words.slice(20, -1)],
      prefix: 20,
      branches: [30, 40],
      targetRows: words.slice(1).map((_, i) => (i < 20 ? i : i + 30)),
      targetTokens: words.slice(1),
    }
    const found = one.logProbabilities(branching)
    expect(one.logProbabilities(plain(words))).toEqual(found)
    for (const [i, token] of words.slice(1).entries())
      expect(found[i]).toBeCloseTo(logShareOf([...(alone[i] as Float32Array)], token), 5)
  })

  it('finds log-probabilities of texts and of their branches as the equations do', async () => {
    const one = await kernel(4)
    const [prefix, a, b] = [tokens(5, 21), tokens(6, 18), tokens(7, 5)]
    const found = one.logProbabilities({
      tokens: [...prefix, ...a, ...b],
      prefix: prefix.length,
      branches: [a.length, b.length],
      targetRows: [20, 21, 38, 39, 43],
      targetTokens: [a[0] as number, a[1] as number, 3, b[1] as number, 51],
    })
    const la = referenceLogits(SHAPE, weights(4), [...prefix, ...a])
    const lb = referenceLogits(SHAPE, weights(4), [...prefix, ...b])
    const expected = [
      logShareOf(la[20] as number[], a[0] as number),
      logShareOf(la[21] as number[], a[1] as number),
      logShareOf(la[38] as number[], 3),
      logShareOf(lb[21] as number[], b[1] as number),
      logShareOf(lb[25] as number[], 51),
    ]
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 3)
  })

  it('finds the gradient that finite differences of the equations find', async () => {
    const one = await kernel(8)
    one.openTraining()
    const [prefix, a, b] = [tokens(9, 19), tokens(10, 18), tokens(11, 4)]
    const targets = [...a.map((token, i) => [i === 0 ? 18 : 18 + i, token]), [18, b[0]], [37, b[1]], [39, b[3]]] as [
      number,
      number,
    ][]
    const pull = targets.map((_, i) => Math.cos(i) + 0.3)
    one.logProbabilities({
      tokens: [...prefix, ...a, ...b],
      prefix: prefix.length,
      branches: [a.length, b.length],
      targetRows: targets.map(([row]) => row),
      targetTokens: targets.map(([, token]) => token),
    })
    one.addGradient(pull)
    const value = (parameters: Float32Array): number => {
      const la = referenceLogits(SHAPE, parameters, [...prefix, ...a])
      const lb = referenceLogits(SHAPE, parameters, [...prefix, ...b])
      return targets.reduce((sum, [row, token], i) => {
        const logits = row < 37 ? la[row] : lb[row - 18]
        return sum + (pull[i] as number) * logShareOf(logits as number[], token)
      }, 0)
    }
    const gradient = one.gradient.slice()
    const random = stream(12)
    // Single parameters everywhere, and whole directions.
    for (let n = 0; n < 60; n++) {
      const at = random.below(gradient.length)
      const up = weights(8)
      const down = weights(8)
      up[at] = (up[at] as number) + 2 ** -9
      down[at] = (down[at] as number) - 2 ** -9
      const slope = (value(up) - value(down)) / ((up[at] as number) - (down[at] as number))
      expect(Math.abs((gradient[at] as number) - slope)).toBeLessThan(2e-3 * Math.max(1, Math.abs(slope)))
    }
    for (let n = 0; n < 6; n++) {
      const direction = Float64Array.from(gradient, () => random.next() - 0.5)
      const moved = (sign: number) => weights(8).map((w, i) => w + sign * (direction[i] as number) * 2 ** -12)
      const slope = (value(moved(1)) - value(moved(-1))) / 2 ** -11
      const expected = direction.reduce((sum, d, i) => sum + d * (gradient[i] as number), 0)
      expect(Math.abs(expected - slope)).toBeLessThan(5e-3 * Math.max(1, Math.abs(slope)))
    }
  })

  it('steps as AdamW does', async () => {
    const one = await kernel(13)
    one.openTraining()
    const before = weights(13)
    one.gradient.fill(0.5)
    one.gradient[7] = -2
    expect(one.gradientNorm()).toBeCloseTo(Math.sqrt(0.25 * (before.length - 1) + 4), 3)
    // The first step goes by the rate against the sign, whatever the size.
    one.descend({ rate: 0.01, share: 0.25, step: 1, decay: 0.1 })
    for (const i of [0, 7, 100]) {
      const w = before[i] as number
      expect(one.parameters[i]).toBeCloseTo(w - 0.01 * 0.1 * w - (i === 7 ? -0.01 : 0.01), 5)
    }
    expect(one.gradient.every((g) => g === 0)).toBe(true)
    // The second, by hand for a slope of 0.125 and then 0: m = 0.1 * 0.125 * 0.9, v = 0.01 * 0.125^2 * 0.99.
    const middle = one.parameters[0] as number
    one.descend({ rate: 0.01, share: 1, step: 2, decay: 0 })
    const m = (0.1 * 0.125 * 0.9) / (1 - 0.81)
    const v = (0.01 * 0.125 ** 2 * 0.99) / (1 - 0.9801)
    expect(one.parameters[0]).toBeCloseTo(middle - (0.01 * m) / Math.sqrt(v), 5)
  })

  it('draws tokens by their probability', async () => {
    const one = await kernel(14)
    one.openCache(1)
    readAll(one, 0, tokens(15, 3))
    const logits = [...one.logits(2)]
    const shares = logits.map((_, token) => Math.exp(logShareOf(logits, token)))
    const seen = logits.map(() => 0)
    const draws = 20_000
    for (let n = 0; n < draws; n++) {
      const token = one.sample(2, 1, (n + 0.5) / draws)
      seen[token] = (seen[token] as number) + 1
    }
    for (const [token, share] of shares.entries())
      expect(Math.abs((seen[token] as number) - share * draws)).toBeLessThan(2)
    expect(one.sample(2, 0, 0.99)).toBe(logits.indexOf(Math.max(...logits)))
  })
})
