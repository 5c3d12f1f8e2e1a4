/**
 * A step of training beside jax-js, the library that trains in a browser: the gradient of the same loss on the same text, by the
 * model that ships, on one core by WASM both. That the losses agree is told.
 */
import { unwrap } from '../../../core/failure.ts'
import { diskLoader } from '../../../node/disk-loader.ts'
import { READ_FILES } from '../../../policies/transformer/hugging-face/folder.ts'
import { Kernel } from '../../../policies/transformer/kernel/kernel.ts'
import { languageModelOf } from '../../../policies/transformer/language-model.ts'
import { type LlamaConfig, llamaShapes } from '../../../policies/transformer/llama.ts'
import { tensorOf, tensorPlaces } from '../../../policies/transformer/parameters.ts'
import { trainedText } from '../language-model.ts'
import { repeated, rounded, timed } from '../measure.ts'
import { MISSING, orReason, peer } from './installed.ts'

const ROUNDS = 5

/** What is asked of jax-js. An array is used up by what is computed of it, unless it is asked for by `ref`. */
interface Tensor {
  readonly ref: Tensor
  add(other: Tensor | number): Tensor
  sub(other: Tensor | number): Tensor
  mul(other: Tensor | number): Tensor
  reshape(shape: readonly number[]): Tensor
  transpose(axes?: readonly number[]): Tensor
  slice(...at: (readonly number[] | null)[]): Tensor
  data(): Promise<Float32Array>
}

type Weights = Readonly<Record<string, Tensor>>

interface Jax {
  init(device: string): Promise<unknown>
  defaultDevice(device: string): void
  jit<T>(f: T): T
  valueAndGrad(f: (weights: Weights) => Tensor): (weights: Weights) => [Tensor, Weights]
  blockUntilReady<T>(tree: T): Promise<T>
  readonly numpy: {
    array(numbers: unknown, options?: { shape: readonly number[] }): Tensor
    matmul(a: Tensor, b: Tensor): Tensor
    concatenate(parts: readonly Tensor[], axis: number): Tensor
    mean(a: Tensor, axis: number, options: { keepdims: boolean }): Tensor
    sum(a: Tensor): Tensor
    sqrt(a: Tensor): Tensor
    reciprocal(a: Tensor): Tensor
  }
  readonly nn: {
    silu(a: Tensor): Tensor
    logSoftmax(a: Tensor): Tensor
    softmax(a: Tensor): Tensor
  }
}

interface Text {
  readonly tokens: readonly number[]
  readonly targetRows: readonly number[]
  readonly targetTokens: readonly number[]
}

export async function benchPeerLanguageModel() {
  const { config, parameters } = unwrap(languageModelOf(unwrap(await diskLoader().model(Object.keys(READ_FILES)))))
  const kernel = await Kernel.open(config)
  kernel.parameters.set(parameters)
  kernel.openTraining()
  const text = trainedText(config)
  const ours = (): number => {
    kernel.gradient.fill(0)
    const loss = -kernel.logProbabilities(text).reduce((a, b) => a + b)
    kernel.addGradient(text.targetRows.map(() => 1))
    return loss
  }
  const loss = ours()
  const perSecond = (work: () => unknown) =>
    repeated(ROUNDS, async () => (1000 * text.tokens.length) / (await timed(work)))
  const trained = await perSecond(ours)
  return {
    trainedTokensPerSecond: trained,
    loss: rounded(loss),
    'jax-js': await orReason(async () => {
      const jax = await peer<Jax>('@jax-js/jax')
      if (jax === undefined) return MISSING
      await jax.init('wasm')
      jax.defaultDevice('wasm')
      const step = jax.jit(jax.valueAndGrad(lossBy(jax, config, text)))
      const weights = Object.fromEntries(
        tensorPlaces(config).map((place) => [
          place.name,
          jax.numpy.array(tensorOf(parameters, place), { shape: [...(llamaShapes(config).get(place.name) ?? [])] }),
        ]),
      )
      const run = async (): Promise<number> => {
        const [value, gradient] = step(
          Object.fromEntries(Object.entries(weights).map(([name, one]) => [name, one.ref])),
        )
        const [found] = await value.data()
        await jax.blockUntilReady(gradient)
        return found as number
      }
      const theirs = await run()
      const rate = await perSecond(run)
      return {
        trainedTokensPerSecond: rate,
        loss: rounded(theirs),
        oursOverTheirs: rounded(trained.median / rate.median),
      }
    }),
  }
}

/** The loss of a text by jax-js: minus the sum of the log-probabilities of its targets. */
function lossBy({ numpy: np, nn }: Jax, config: LlamaConfig, { tokens, targetRows, targetTokens }: Text) {
  const { vocabulary, layers, heads, headSize, hidden, ropeTheta, normEpsilon } = config
  const [length, half] = [tokens.length, headSize / 2]
  const angles = tokens.map((_, at) => Array.from({ length: half }, (_, i) => at / ropeTheta ** (i / half)))
  const table = (f: (angle: number) => number) => np.array(angles.map((row) => [row.map(f)]))
  const [cosines, sines] = [table(Math.cos), table(Math.sin)]
  const ahead = np.array(tokens.map((_, row) => tokens.map((_, at) => (at > row ? -1e9 : 0))))
  // The way back of its `take` does not compile: rows are picked by a matrix of ones.
  const picking = (at: readonly number[], from: number) =>
    np.array(at.map((one) => Array.from({ length: from }, (_, i) => (i === one ? 1 : 0))))
  const read = picking(tokens, vocabulary)
  const rows = picking(targetRows, length)
  const targets = picking(targetTokens, vocabulary)
  const byRow = (a: Tensor, weight: Tensor) => np.matmul(a, weight.transpose())
  const norm = (a: Tensor, weight: Tensor) => {
    const square = np.mean(a.ref.mul(a.ref), -1, { keepdims: true })
    return a.mul(np.reciprocal(np.sqrt(square.add(normEpsilon)))).mul(weight)
  }
  const turned = (a: Tensor) => {
    const one = a.ref.slice([], [], [0, half])
    const two = a.slice([], [], [half, headSize])
    return np.concatenate(
      [one.ref.mul(cosines.ref).sub(two.ref.mul(sines.ref)), two.mul(cosines.ref).add(one.mul(sines.ref))],
      -1,
    )
  }
  return (weights: Weights): Tensor => {
    const weight = (name: string) => (weights[`${name}.weight`] as Tensor).ref
    let x = np.matmul(read.ref, weight('model.embed_tokens'))
    for (let layer = 0; layer < layers; layer++) {
      const of = (name: string) => weight(`model.layers.${layer}.${name}`)
      const normed = norm(x.ref, of('input_layernorm'))
      // One matrix for each head: einsum, and so their attention, asks for a newer Node.
      const split = (part: string) => byRow(normed.ref, of(`self_attn.${part}_proj`)).reshape([length, heads, headSize])
      const [q, k] = [turned(split('q')).transpose([1, 0, 2]), turned(split('k')).transpose([1, 2, 0])]
      const scores = np
        .matmul(q, k)
        .mul(headSize ** -0.5)
        .add(ahead.ref)
      const mixed = np.matmul(nn.softmax(scores), split('v').transpose([1, 0, 2]))
      const attended = mixed.transpose([1, 0, 2]).reshape([length, hidden])
      x = x.add(byRow(attended, of('self_attn.o_proj')))
      const inner = norm(x.ref, of('post_attention_layernorm'))
      const gate = nn.silu(byRow(inner.ref, of('mlp.gate_proj')))
      x = x.add(byRow(gate.mul(byRow(inner, of('mlp.up_proj'))), of('mlp.down_proj')))
    }
    const last = np.matmul(rows.ref, norm(x, weight('model.norm')))
    const all = nn.logSoftmax(byRow(last, weight('model.embed_tokens')))
    return np.sum(all.mul(targets.ref)).mul(-1)
  }
}
