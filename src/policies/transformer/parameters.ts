/** All that a model has learnt as one array, as the kernel (kernel/model.h) keeps it, and where each tensor stands there. */
import { type LlamaConfig, type LlamaModel, llamaShapes, parameterCount } from './llama.ts'

export interface TensorPlace {
  /** As Hugging Face's LlamaForCausalLM calls it. */
  readonly name: string
  /** Of the tensor under that name: [out, in], or [length]. */
  readonly size: readonly [number, number] | readonly [number]
  /** Index of its first parameter. */
  readonly offset: number
  /** Matrices of layers stand transposed, as [in, out] with this many parameters from one row to the next; 0: as they are. */
  readonly stride: number
}

const MOST_LAYERS = 12

/** A sentence that says why the kernel does not take a model; undefined where it does. */
export function kernelTrouble(config: LlamaConfig): string | undefined {
  const { hidden, layers, heads, keyValueHeads, headSize, intermediate, vocabulary, context, ropeTheta, normEpsilon } =
    config
  for (const [name, n] of Object.entries({ hidden, layers, heads, intermediate, vocabulary, context }))
    if (!Number.isSafeInteger(n) || n < 1) return `${name} is ${n}: a whole number from 1 was expected`
  if (layers > MOST_LAYERS) return `${layers} layers are more than ${MOST_LAYERS}`
  if (keyValueHeads !== heads) return `${keyValueHeads} heads of keys are not ${heads}, one for each head of queries`
  if (headSize * heads !== hidden) return `${heads} heads of ${headSize} numbers are no ${hidden}`
  if (headSize % 8 !== 0) return `a head of ${headSize} numbers is no multiple of 8`
  if (intermediate % 4 !== 0) return `an inner width of ${intermediate} is no multiple of 4`
  if (vocabulary % 4 !== 0) return `a vocabulary of ${vocabulary} is no multiple of 4`
  if (!(ropeTheta > 1 && ropeTheta < 1e9))
    return `the base of the rotary embeddings is ${ropeTheta}, not from 1 to 10^9`
  if (!(normEpsilon > 0 && normEpsilon < 1)) return `the epsilon of the norms is ${normEpsilon}, not from 0 to 1`
  return undefined
}

/** All tensors, in the order in which they stand. */
export function tensorPlaces({ hidden: d, layers, intermediate: f, vocabulary }: LlamaConfig): readonly TensorPlace[] {
  const places: TensorPlace[] = []
  let offset = 0
  const put = (name: string, size: TensorPlace['size']): void => {
    places.push({ name, size, offset, stride: 0 })
    offset += size.reduce((product, n) => product * n, 1)
  }
  /** Matrices that stand beside one another, row by row. */
  const putJoined = (names: readonly string[], out: number, into: number): void => {
    const stride = names.length * out
    for (const [i, name] of names.entries()) places.push({ name, size: [out, into], offset: offset + i * out, stride })
    offset += stride * into
  }
  put('model.embed_tokens.weight', [vocabulary, d])
  for (let layer = 0; layer < layers; layer++) {
    const at = `model.layers.${layer}`
    put(`${at}.input_layernorm.weight`, [d])
    const attention = ['q', 'k', 'v'].map((part) => `${at}.self_attn.${part}_proj.weight`)
    putJoined(attention, d, d)
    putJoined([`${at}.self_attn.o_proj.weight`], d, d)
    put(`${at}.post_attention_layernorm.weight`, [d])
    putJoined([`${at}.mlp.gate_proj.weight`, `${at}.mlp.up_proj.weight`], f, d)
    putJoined([`${at}.mlp.down_proj.weight`], d, f)
  }
  put('model.norm.weight', [d])
  return places
}

/** A tensor under its Hugging Face name, row-major. */
export function tensorOf(parameters: Readonly<Float32Array>, { size, offset, stride }: TensorPlace): Float32Array {
  const [out, into = 1] = size
  if (stride === 0) return parameters.slice(offset, offset + out * into)
  const tensor = new Float32Array(out * into)
  for (let o = 0; o < out; o++)
    for (let i = 0; i < into; i++) tensor[o * into + i] = parameters[offset + i * stride + o] as number
  return tensor
}

/** Writes a tensor to its place; the way back of `tensorOf`. */
export function setTensor(
  parameters: Float32Array,
  { size, offset, stride }: TensorPlace,
  tensor: Readonly<Float32Array>,
): void {
  const [out, into = 1] = size
  if (tensor.length !== out * into) throw new Error(`${tensor.length} numbers for a tensor of ${out * into}`)
  if (stride === 0) {
    parameters.set(tensor, offset)
    return
  }
  for (let o = 0; o < out; o++)
    for (let i = 0; i < into; i++) parameters[offset + i * stride + o] = tensor[o * into + i] as number
}

/** A model's parameters as the kernel keeps them. @throws where a tensor is missing or has another size */
export function flattened({ config, tensors }: LlamaModel): Float32Array {
  const parameters = new Float32Array(parameterCount(config))
  for (const place of tensorPlaces(config)) {
    const tensor = tensors.get(place.name)
    if (tensor === undefined) throw new Error(`The model has no ${place.name}.`)
    setTensor(parameters, place, tensor)
  }
  return parameters
}

/** The way back of `flattened`. */
export function unflattened(config: LlamaConfig, parameters: Readonly<Float32Array>): LlamaModel {
  const places = new Map(tensorPlaces(config).map((place) => [place.name, place]))
  const tensors = new Map<string, Float32Array>()
  for (const name of llamaShapes(config).keys())
    tensors.set(name, tensorOf(parameters, places.get(name) as TensorPlace))
  return { config, tensors }
}
