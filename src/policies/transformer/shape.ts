/** The shape of our transformer, and where each of its tensors stands among its parameters. Agrees with kernel/model.h. */

/** A decoder of the Llama family: RMSNorm, rotary positions, SwiGLU, tied embeddings, no biases. */
export interface ModelShape {
  /** Of the residual stream, a multiple of 8 `heads`. */
  readonly width: number
  /** 1 to 12. */
  readonly layers: number
  /** Each has queries, keys and values of its own. */
  readonly heads: number
  /** Width of the gated layer in a block, a multiple of 4. */
  readonly inner: number
  /** Number of tokens, a multiple of 4. */
  readonly vocabulary: number
  /** Most tokens of a conversation. */
  readonly context: number
  /** Base of the rotary frequencies. */
  readonly theta: number
  /** Added to the mean square that a row is divided by. */
  readonly epsilon: number
}

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

/** A sentence that says what is wrong with a shape; undefined where nothing is. */
export function shapeTrouble(shape: ModelShape): string | undefined {
  const { width, layers, heads, inner, vocabulary, context, theta, epsilon } = shape
  for (const [name, n] of Object.entries({ width, layers, heads, inner, vocabulary, context }))
    if (!Number.isSafeInteger(n) || n < 1) return `${name} is ${n}: a whole number from 1 was expected`
  if (width % (8 * heads) !== 0) return `width ${width} is no multiple of 8 times ${heads} heads`
  if (layers > MOST_LAYERS) return `${layers} layers are more than ${MOST_LAYERS}`
  if (inner % 4 !== 0) return `inner ${inner} is no multiple of 4`
  if (vocabulary % 4 !== 0) return `a vocabulary of ${vocabulary} is no multiple of 4`
  if (!(theta > 1 && theta < 1e9)) return `theta is ${theta}: a number from 1 to 10^9 was expected`
  if (!(epsilon > 0 && epsilon < 1)) return `epsilon is ${epsilon}: a number from 0 to 1 was expected`
  return undefined
}

/** All tensors, in the order in which they stand. */
export function tensorPlaces({ width: d, layers, inner: f, vocabulary }: ModelShape): readonly TensorPlace[] {
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

export function parameterCount({ width: d, layers, inner: f, vocabulary }: ModelShape): number {
  return vocabulary * d + layers * (4 * d * d + 3 * d * f + 2 * d) + d
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
