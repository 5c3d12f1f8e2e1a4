/** A text's way through the model and back, as calls of kernels: what kernel/training.h does on the processor. */
import type { LlamaConfig } from '../llama.ts'
import type { ModelLayout, TextLayout } from './layout.ts'
import type { Call } from './programs.ts'
import type { TextWords } from './text-words.ts'

/** An index that is none. */
const NOTHING = 0xffffffff
const TILE = 32
/** Workgroups along one axis that every device takes; what is left over is done in turns. */
const MOST_GROUPS = 65535

/** A matrix in memory: where it begins, and from one row and one column to the next. */
type Matrix = readonly [at: number, row: number, column: number]

const rows = (at: number, width: number): Matrix => [at, width, 1]
const transposed = ([at, row, column]: Matrix): Matrix => [at, column, row]

/** @param plus begins a matrix that is added and stands as C does; `c` itself to add to what is there */
function product(
  [c, cRow]: readonly [number, number],
  [a, aRow, aDeep]: Matrix,
  [b, bDeep, bColumn]: Matrix,
  [n, deep, columns]: readonly [number, number, number],
  plus = NOTHING,
): Call {
  const whole = [n, columns, deep, a, aRow, aDeep, b, bDeep, bColumn, c, cRow, plus]
  return { kernel: 'product', whole, groups: [Math.ceil(columns / TILE), Math.ceil(n / TILE)] }
}

/** So many numbers, one for each invocation. */
export function spread(count: number): readonly [number] {
  return [Math.min(MOST_GROUPS, Math.ceil(count / 256))]
}

export interface Pass {
  readonly config: LlamaConfig
  readonly model: ModelLayout
  readonly text: TextLayout
  readonly words: TextWords
  /** Rows of the prefix. */
  readonly prefix: number
}

function kernelsOf({ config, model, text, words, prefix }: Pass) {
  const { hidden: d, heads, intermediate: f } = config
  const { n, m } = text
  const attention = (kernel: 'attend' | 'mean_pulls' | 'queries_back' | 'keys_back', l: number): Call => {
    const { qkv, att, logsums } = text.layer[l] as TextLayout['layer'][number] // one of its layers
    const whole = [n, qkv, att, logsums, prefix, words.begins, words.until, text.datt, text.means, text.dqkv]
    return { kernel, whole, groups: kernel === 'mean_pulls' ? spread(n * heads) : [n, heads] }
  }
  const tokens = (
    kernel: 'gather' | 'collect' | 'collect_into' | 'judge' | 'pull_logits',
    ...[count, which, source, into, starts = 0, members = 0]: [number, number, number, number, number?, number?]
  ): Call => {
    const { logits, most, sums, judged, pulls } = text
    const whole = [count, which, source, into, logits, most, sums, judged, pulls, starts, members]
    const size = kernel === 'pull_logits' ? config.vocabulary : d
    return { kernel, whole, groups: kernel === 'judge' ? [m] : spread(count * size) }
  }
  return {
    attention,
    tokens,
    rotate: (qkv: number, back: 0 | 1): Call => ({
      kernel: 'rotate',
      whole: [n, qkv, words.positions, model.cosines, model.sines, back],
      groups: spread(n * d),
    }),
    gated: (kernel: 'gated' | 'gated_back', gateUp: number, act: number): Call => ({
      kernel,
      whole: [n, gateUp, act, text.dgateUp],
      groups: spread(n * f),
    }),
  }
}

/** The members of a call of norm.wgsl. */
type Norm = readonly [count: number, x: number, weight: number, scales: number, y: number]

const normalise = (...norm: Norm): Call => ({ kernel: 'normalise', whole: [...norm, 0, 0, 0], groups: [norm[0]] })

/** Of which the gradient of what goes in grows, or begins; that of the weight grows. */
interface NormBack {
  readonly width: number
  readonly dx: number
  readonly fresh: 0 | 1
  readonly slope: number
}

/** `y` is the gradient of what came of it. */
function normaliseBack({ width, dx, fresh, slope }: NormBack, ...norm: Norm): readonly Call[] {
  const whole = [...norm, dx, fresh, slope]
  return [
    { kernel: 'normalise_back', whole, groups: [norm[0]] },
    { kernel: 'normalise_weight_back', whole, groups: [width] },
  ]
}

/** From tokens to `judged`. */
export function forward(pass: Pass): readonly Call[] {
  const { config, model, text, words } = pass
  const { hidden: d, intermediate: f, vocabulary: v } = config
  const { n, m } = text
  const { attention, tokens, rotate, gated } = kernelsOf(pass)
  const calls: Call[] = [tokens('gather', n, words.tokens, model.weights, text.x)]
  let x = text.x
  for (const [l, places] of model.layer.entries()) {
    const w = (at: number, width: number): Matrix => rows(model.weights + at, width)
    const run = text.layer[l] as TextLayout['layer'][number] // as many
    calls.push(
      normalise(n, x, model.weights + places.attentionNorm, run.scales, run.h),
      product([run.qkv, 3 * d], rows(run.h, d), w(places.qkv, 3 * d), [n, d, 3 * d]),
      rotate(run.qkv, 0),
      attention('attend', l),
      product([run.middle, d], rows(run.att, d), w(places.out, d), [n, d, d], x),
      normalise(n, run.middle, model.weights + places.mlpNorm, run.middleScales, run.h2),
      product([run.gateUp, 2 * f], rows(run.h2, d), w(places.gateUp, 2 * f), [n, d, 2 * f]),
      gated('gated', run.gateUp, run.act),
      product([run.x, d], rows(run.act, f), w(places.down, d), [n, f, d], run.middle),
    )
    x = run.x
  }
  const embedding = rows(model.weights, d)
  calls.push(
    tokens('gather', m, words.targetRows, x, text.last),
    normalise(m, text.last, model.weights + model.norm, text.scales, text.normal),
    product([text.logits, v], rows(text.normal, d), transposed(embedding), [m, d, v]),
    tokens('judge', m, words.targetTokens, 0, 0),
  )
  return calls
}

/** Adds the gradient of sum_i pull[i] log p_i; `pulls` stand in memory, and everything as `forward` left it. */
export function backward(pass: Pass): readonly Call[] {
  const { config, model, text, words } = pass
  const { hidden: d, intermediate: f, vocabulary: v } = config
  const { n, m, dx, dh } = text
  const { attention, tokens, rotate, gated } = kernelsOf(pass)
  /** Of a matrix of weights: adds inputs' x outputs to its gradient. */
  const learn = (at: number, into: number, input: number, out: number, pull: number, count = n): Call => {
    const slope = model.gradient + at
    return product([slope, out], transposed(rows(input, into)), rows(pull, out), [into, count, out], slope)
  }
  /** The gradient of what went into a matrix of weights. */
  const pulled = (to: number, at: number, into: number, out: number, pull: number): Call =>
    product([to, into], rows(pull, out), transposed(rows(model.weights + at, out)), [n, out, into])
  const calls: Call[] = [
    tokens('pull_logits', m, words.targetTokens, 0, 0),
    product([text.dnormal, d], rows(text.logits, v), rows(model.weights, d), [m, v, d]),
    learn(0, v, text.logits, d, text.normal, m),
    ...normaliseBack(
      { width: d, dx: text.dlast, fresh: 1, slope: model.gradient + model.norm },
      ...([m, text.last, model.weights + model.norm, text.scales, text.dnormal] as const),
    ),
    tokens('collect', n, 0, text.dlast, dx, words.targetStarts, words.targetMembers),
  ]
  for (const [l, places] of [...model.layer.entries()].reverse()) {
    const run = text.layer[l] as TextLayout['layer'][number] // as many
    const x = l === 0 ? text.x : (text.layer[l - 1] as typeof run).x
    const norm = (at: number, from: number, scales: number): readonly Call[] =>
      normaliseBack({ width: d, dx, fresh: 0, slope: model.gradient + at }, n, from, model.weights + at, scales, dh)
    calls.push(
      learn(places.down, f, run.act, d, dx),
      pulled(text.dact, places.down, f, d, dx),
      gated('gated_back', run.gateUp, text.dact),
      learn(places.gateUp, d, run.h2, 2 * f, text.dgateUp),
      pulled(dh, places.gateUp, d, 2 * f, text.dgateUp),
      ...norm(places.mlpNorm, run.middle, run.middleScales),
      learn(places.out, d, run.att, d, dx),
      pulled(text.datt, places.out, d, d, dx),
      ...(['mean_pulls', 'queries_back', 'keys_back'] as const).map((kernel) => attention(kernel, l)),
      rotate(text.dqkv, 1),
      learn(places.qkv, d, run.h, 3 * d, text.dqkv),
      pulled(dh, places.qkv, d, 3 * d, text.dqkv),
      ...norm(places.attentionNorm, x, run.scales),
    )
  }
  calls.push(
    tokens('collect_into', words.distincts, words.distinct, dx, model.gradient, words.rowStarts, words.rowMembers),
  )
  return calls
}
