/**
 * The numbers and parameters of a decoder of the Llama family (Touvron et al. 2023): RMSNorm before each part, rotary embeddings,
 * SwiGLU, no biases, one matrix for reading and writing tokens. Names and layouts are Hugging Face's `LlamaForCausalLM`.
 */

export interface LlamaConfig {
  /** Tokens, special ones included. */
  readonly vocabulary: number
  /** Width of the residual stream. */
  readonly hidden: number
  /** Width within SwiGLU. */
  readonly intermediate: number
  readonly layers: number
  /** Heads of queries; `keyValueHeads` divides them. */
  readonly heads: number
  readonly keyValueHeads: number
  /** Numbers of one head: even. Rotary embeddings turn number `i` with number `i + headSize / 2`. */
  readonly headSize: number
  /** Tokens that a conversation may have. */
  readonly context: number
  /** Base of the rotary embeddings' wavelengths. */
  readonly ropeTheta: number
  /** Added to the mean square in RMSNorm. */
  readonly normEpsilon: number
}

/** All that a model has learnt, by name: each tensor row after row, `[out, in]`. */
export type LlamaTensors = ReadonlyMap<string, Float32Array>

export interface LlamaModel {
  readonly config: LlamaConfig
  readonly tensors: LlamaTensors
}

/** The shape of every tensor of a model, in the order in which a token meets them. */
export function llamaShapes(config: LlamaConfig): ReadonlyMap<string, readonly number[]> {
  const { vocabulary, hidden, intermediate, layers } = config
  const queries = config.heads * config.headSize
  const keys = config.keyValueHeads * config.headSize
  const shapes = new Map<string, readonly number[]>([['model.embed_tokens.weight', [vocabulary, hidden]]])
  for (let layer = 0; layer < layers; layer++) {
    const add = (name: string, ...shape: number[]) => shapes.set(`model.layers.${layer}.${name}.weight`, shape)
    add('input_layernorm', hidden)
    add('self_attn.q_proj', queries, hidden)
    add('self_attn.k_proj', keys, hidden)
    add('self_attn.v_proj', keys, hidden)
    add('self_attn.o_proj', hidden, queries)
    add('post_attention_layernorm', hidden)
    add('mlp.gate_proj', intermediate, hidden)
    add('mlp.up_proj', intermediate, hidden)
    add('mlp.down_proj', hidden, intermediate)
  }
  return shapes.set('model.norm.weight', [hidden])
}

/** How many numbers a shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1)
}

/** How many numbers a model has learnt. */
export function parameterCount(config: LlamaConfig): number {
  let count = 0
  for (const shape of llamaShapes(config).values()) count += sizeOf(shape)
  return count
}
