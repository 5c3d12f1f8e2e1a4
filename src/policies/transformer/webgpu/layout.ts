/** Where everything stands in the one memory of the graphics processor, in numbers of four bytes. */
import { type LlamaConfig, parameterCount } from '../llama.ts'

/** Of the parameters; of the gradient, the same from its beginning on. */
export interface LayerPlaces {
  readonly attentionNorm: number
  readonly qkv: number
  readonly out: number
  readonly mlpNorm: number
  readonly gateUp: number
  readonly down: number
}

/** What a layer keeps of a text for the way back. */
export interface LayerRun {
  readonly scales: number
  readonly h: number
  readonly qkv: number
  readonly att: number
  readonly logsums: number
  readonly middle: number
  readonly middleScales: number
  readonly h2: number
  readonly gateUp: number
  readonly act: number
  /** What leaves it: `x` of the next one. */
  readonly x: number
}

/** Places are multiples of so many numbers. */
const STEP = 4
/** Parts of the gradient's length. */
export const PARTS = 64

function taker(at: number) {
  let end = at
  return {
    take(count: number): number {
      const here = end
      end = Math.ceil((here + count) / STEP) * STEP
      return here
    },
    end: () => end,
  }
}

/** What stands whatever is read: the model and all that training keeps of it. */
export function modelLayout(config: LlamaConfig) {
  const { hidden: d, layers, intermediate: f, vocabulary, headSize, context } = config
  const count = parameterCount(config)
  // As kernel/model.h has them.
  let at = vocabulary * d
  const next = (size: number): number => {
    const here = at
    at += size
    return here
  }
  const layer: LayerPlaces[] = []
  for (let l = 0; l < layers; l++)
    layer.push({
      ...{ attentionNorm: next(d), qkv: next(3 * d * d), out: next(d * d) },
      ...{ mlpNorm: next(d), gateUp: next(2 * d * f), down: next(d * f) },
    })
  const norm = next(d)
  const { take, end } = taker(0)
  const [weights, gradient, mean, square] = [take(count), take(count), take(count), take(count)]
  const [cosines, sines] = [take((context * headSize) / 2), take((context * headSize) / 2)]
  const [squares, share] = [take(PARTS), take(1)]
  return { count, layer, norm, weights, gradient, mean, square, cosines, sines, squares, share, end: end() }
}

export type ModelLayout = ReturnType<typeof modelLayout>

/** What a text takes behind the model. @param n rows @param m targets */
export function textLayout(config: LlamaConfig, begin: number, n: number, m: number) {
  const { hidden: d, layers, intermediate: f, vocabulary, heads } = config
  const { take, end } = taker(begin)
  const x = take(n * d)
  const layer: LayerRun[] = []
  for (let l = 0; l < layers; l++)
    layer.push({
      ...{ scales: take(n), h: take(n * d), qkv: take(3 * n * d), att: take(n * d), logsums: take(n * heads) },
      ...{ middle: take(n * d), middleScales: take(n), h2: take(n * d) },
      ...{ gateUp: take(2 * n * f), act: take(n * f), x: take(n * d) },
    })
  const target = { last: take(m * d), scales: take(m), normal: take(m * d), logits: take(m * vocabulary) }
  const judge = { most: take(m), sums: take(m), judged: take(2 * m), pulls: take(m) }
  const back = {
    ...{ dx: take(n * d), dh: take(n * d), dqkv: take(3 * n * d), datt: take(n * d), means: take(n * heads) },
    ...{ dgateUp: take(2 * n * f), dact: take(n * f), dnormal: take(m * d), dlast: take(m * d) },
  }
  return { n, m, x, layer, ...target, ...judge, ...back, end: end() }
}

export type TextLayout = ReturnType<typeof textLayout>
