/** Where things stand on the graphics processor, and what its kernels know of a text: held to counting by hand. */
import { expect, test } from 'vitest'
import { stream } from '../../../../src/core/random.ts'
import { parameterCount } from '../../../../src/policies/transformer/llama.ts'
import { tensorPlaces } from '../../../../src/policies/transformer/parameters.ts'
import { modelLayout, textLayout } from '../../../../src/policies/transformer/webgpu/layout.ts'
import { textWords } from '../../../../src/policies/transformer/webgpu/text-words.ts'
import { SMALL_CONFIG } from '../small-model.ts'

const CONFIG = { ...SMALL_CONFIG, keyValueHeads: SMALL_CONFIG.heads }

test('parameters stand where the kernel has them', () => {
  const { layer, norm, count } = modelLayout(CONFIG)
  expect(count).toBe(parameterCount(CONFIG))
  const at = new Map(tensorPlaces(CONFIG).map(({ name, offset }) => [name, offset]))
  expect(norm).toBe(at.get('model.norm.weight'))
  for (const [l, places] of layer.entries())
    expect(places).toEqual({
      attentionNorm: at.get(`model.layers.${l}.input_layernorm.weight`),
      qkv: at.get(`model.layers.${l}.self_attn.q_proj.weight`),
      out: at.get(`model.layers.${l}.self_attn.o_proj.weight`),
      mlpNorm: at.get(`model.layers.${l}.post_attention_layernorm.weight`),
      gateUp: at.get(`model.layers.${l}.mlp.gate_proj.weight`),
      down: at.get(`model.layers.${l}.mlp.down_proj.weight`),
    })
})

test('nothing of a text stands on the model or on something else', () => {
  const [n, m] = [7, 5]
  const { hidden: d, intermediate: f, heads, vocabulary: v } = CONFIG
  const begin = modelLayout(CONFIG).end
  const { layer, n: _n, m: _m, end, ...text } = textLayout(CONFIG, begin, n, m)
  const sizes: Readonly<Record<string, number>> = {
    ...{ x: n * d, last: m * d, scales: m, normal: m * d, logits: m * v, most: m, sums: m, judged: 2 * m, pulls: m },
    ...{ dx: n * d, dh: n * d, dqkv: 3 * n * d, datt: n * d, means: n * heads, dgateUp: 2 * n * f, dact: n * f },
    ...{ dnormal: m * d, dlast: m * d },
  }
  const ofLayer: Readonly<Record<string, number>> = {
    ...{ scales: n, h: n * d, qkv: 3 * n * d, att: n * d, logsums: n * heads, middle: n * d, middleScales: n },
    ...{ h2: n * d, gateUp: 2 * n * f, act: n * f, x: n * d },
  }
  const spans = [
    ...Object.entries(text).map(([name, at]) => [at, sizes[name]] as const),
    ...layer.flatMap((run) => Object.entries(run).map(([name, at]) => [at, ofLayer[name]] as const)),
  ].sort(([a], [b]) => a - b)
  expect(spans).toHaveLength(Object.keys(sizes).length + CONFIG.layers * Object.keys(ofLayer).length)
  let free = begin
  for (const [at, size = Number.NaN] of spans) {
    expect(at).toBeGreaterThanOrEqual(free)
    free = at + size
  }
  expect(end).toBeGreaterThanOrEqual(free)
})

test('a text says which rows see which, and who has to do with each row and token', () => {
  for (let seed = 1; seed < 20; seed++) {
    const random = stream(seed)
    const prefix = 1 + random.below(9)
    const branches = Array.from({ length: random.below(4) }, () => random.below(5))
    const rows = branches.reduce((sum, length) => sum + length, prefix)
    // So few that some come twice.
    const tokens = Array.from({ length: rows }, () => random.below(12))
    const targetRows = Array.from({ length: 6 }, () => random.below(rows))
    const targetTokens = targetRows.map(() => random.below(12))
    const words = textWords({ tokens, prefix, branches, targetRows, targetTokens }, CONFIG)
    const part = (at: number, count: number): number[] => [...words.all.slice(at, at + count)]
    expect(part(words.tokens, rows)).toEqual(tokens)
    expect(part(words.targetTokens, 6)).toEqual(targetTokens)
    const branchOf = branches.flatMap((length, i) => Array.from({ length }, () => i + 1))
    const parts = [...Array.from({ length: prefix }, () => 0), ...branchOf]
    for (let row = 0; row < rows; row++) {
      const own = parts[row]
      const seenBy = parts.flatMap((other, r) => (r >= row && (own === 0 || other === own) ? [r] : []))
      const [until = 0] = part(words.until + row, 1)
      expect(Array.from({ length: until - row }, (_, i) => row + i)).toEqual(seenBy)
      const [begins = 0] = part(words.begins + row, 1)
      expect(begins).toBe(own === 0 ? 0 : parts.indexOf(own as number))
      expect(part(words.positions + row, 1)).toEqual([own === 0 ? row : prefix + row - begins])
      const [from = 0, to = 0] = part(words.targetStarts + row, 2)
      expect(part(words.targetMembers + from, to - from)).toEqual(
        targetRows.flatMap((target, i) => (target === row ? [i] : [])),
      )
    }
    const distinct = part(words.distinct, words.distincts)
    expect(new Set(distinct)).toEqual(new Set(tokens))
    for (const [i, token] of distinct.entries()) {
      const [from = 0, to = 0] = part(words.rowStarts + i, 2)
      expect(part(words.rowMembers + from, to - from)).toEqual(tokens.flatMap((own, r) => (own === token ? [r] : [])))
    }
  }
})
