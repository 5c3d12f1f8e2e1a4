/** The Llama equations straight from the paper, in float64, one token after another: what the kernel is held to. */
import type { LlamaConfig } from '../../../src/policies/transformer/llama.ts'
import { tensorOf, tensorPlaces } from '../../../src/policies/transformer/parameters.ts'

type Vector = readonly number[]

const times = (w: ArrayLike<number>, x: Vector): number[] => {
  const out = w.length / x.length
  return Array.from({ length: out }, (_, o) => x.reduce((sum, xi, i) => sum + (w[o * x.length + i] as number) * xi, 0))
}

const normalised = (x: Vector, w: ArrayLike<number>, epsilon: number): number[] => {
  const square = x.reduce((sum, xi) => sum + xi * xi, 0) / x.length
  return x.map((xi, i) => (xi / Math.sqrt(square + epsilon)) * (w[i] as number))
}

const turned = (x: Vector, position: number, theta: number): number[] => {
  const half = x.length / 2
  return x.map((_, i) => {
    const angle = position * theta ** (-(i % half) / half)
    const [a, b] = [x[i % half] as number, x[(i % half) + half] as number]
    return i < half ? a * Math.cos(angle) - b * Math.sin(angle) : b * Math.cos(angle) + a * Math.sin(angle)
  })
}

const added = (x: Vector, y: Vector): number[] => x.map((xi, i) => xi + (y[i] as number))

/** Logits after every token of a conversation. */
export function referenceLogits(
  shape: LlamaConfig,
  parameters: Readonly<Float32Array>,
  tokens: readonly number[],
): number[][] {
  const places = tensorPlaces(shape)
  const known = new Map(places.map((place) => [place.name, tensorOf(parameters, place)]))
  const w = (name: string): Float32Array => {
    const found = known.get(name)
    if (found === undefined) throw new Error(name)
    return found
  }
  const { hidden: width, layers, heads, normEpsilon: epsilon, ropeTheta: theta } = shape
  const head = width / heads
  const embedding = w('model.embed_tokens.weight')
  const parts = (x: Vector): number[][] => Array.from({ length: heads }, (_, h) => x.slice(h * head, (h + 1) * head))
  const past = Array.from({ length: layers }, () => ({ keys: [] as number[][][], values: [] as number[][][] }))
  return tokens.map((token, position) => {
    let x = [...embedding.slice(token * width, (token + 1) * width)]
    for (let l = 0; l < layers; l++) {
      const at = `model.layers.${l}`
      const h = normalised(x, w(`${at}.input_layernorm.weight`), epsilon)
      const [queries, keys, values] = (['q', 'k', 'v'] as const).map((part) =>
        parts(times(w(`${at}.self_attn.${part}_proj.weight`), h)),
      ) as [number[][], number[][], number[][]]
      const { keys: allKeys, values: allValues } = past[l] as (typeof past)[number]
      allKeys.push(keys.map((key) => turned(key, position, theta)))
      allValues.push(values)
      const seen = queries.flatMap((query, n) => {
        const q = turned(query, position, theta)
        const scores = allKeys.map(
          (k) => (k[n] as number[]).reduce((s, ki, i) => s + ki * (q[i] as number), 0) / Math.sqrt(head),
        )
        const most = Math.max(...scores)
        const weights = scores.map((score) => Math.exp(score - most))
        const total = weights.reduce((a, b) => a + b, 0)
        return q.map((_, i) => weights.reduce((s, p, t) => s + (p / total) * (allValues[t]?.[n]?.[i] as number), 0))
      })
      x = added(x, times(w(`${at}.self_attn.o_proj.weight`), seen))
      const h2 = normalised(x, w(`${at}.post_attention_layernorm.weight`), epsilon)
      const gate = times(w(`${at}.mlp.gate_proj.weight`), h2)
      const up = times(w(`${at}.mlp.up_proj.weight`), h2)
      x = added(
        x,
        times(
          w(`${at}.mlp.down_proj.weight`),
          gate.map((g, i) => (g / (1 + Math.exp(-g))) * (up[i] as number)),
        ),
      )
    }
    return times(embedding, normalised(x, w('model.norm.weight'), epsilon))
  })
}

/** log softmax(logits)[token], in nats. */
export function logShareOf(logits: readonly number[], token: number): number {
  const most = Math.max(...logits)
  return (logits[token] as number) - most - Math.log(logits.reduce((sum, l) => sum + Math.exp(l - most), 0))
}
