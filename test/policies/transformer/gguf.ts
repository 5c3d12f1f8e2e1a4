/**
 * A model as a GGUF file (version 3), which llama.cpp reads: names and rows as its own converter makes them of a
 * `LlamaForCausalLM`. For tests.
 */
import { type LlamaModel, llamaShapes } from '../../../src/policies/transformer/llama.ts'
import type { Vocabulary } from '../../../src/policies/transformer/tokenizer/vocabulary.ts'

const TYPES = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const
const ALIGNMENT = 32

class Bytes {
  readonly #parts: Uint8Array[] = []
  length = 0

  add(part: Uint8Array): this {
    this.#parts.push(part)
    this.length += part.length
    return this
  }

  number(size: 4 | 8, set: (view: DataView) => void): this {
    const view = new DataView(new ArrayBuffer(size))
    set(view)
    return this.add(new Uint8Array(view.buffer))
  }

  u32 = (value: number) => this.number(4, (view) => view.setUint32(0, value, true))
  i32 = (value: number) => this.number(4, (view) => view.setInt32(0, value, true))
  f32 = (value: number) => this.number(4, (view) => view.setFloat32(0, value, true))
  u64 = (value: number) => this.number(8, (view) => view.setBigUint64(0, BigInt(value), true))

  text(value: string): this {
    const bytes = new TextEncoder().encode(value)
    return this.u64(bytes.length).add(bytes)
  }

  align = (): this => this.add(new Uint8Array((ALIGNMENT - (this.length % ALIGNMENT)) % ALIGNMENT))

  joined(): Uint8Array {
    const all = new Uint8Array(this.length)
    let end = 0
    for (const part of this.#parts) {
      all.set(part, end)
      end += part.length
    }
    return all
  }
}

const NAMES: readonly (readonly [string, string])[] = [
  ['model.embed_tokens', 'token_embd'],
  ['model.norm', 'output_norm'],
  ['model.layers.', 'blk.'],
  ['input_layernorm', 'attn_norm'],
  ['post_attention_layernorm', 'ffn_norm'],
  ['self_attn.o_proj', 'attn_output'],
  ['self_attn.q_proj', 'attn_q'],
  ['self_attn.k_proj', 'attn_k'],
  ['self_attn.v_proj', 'attn_v'],
  ['mlp.gate_proj', 'ffn_gate'],
  ['mlp.up_proj', 'ffn_up'],
  ['mlp.down_proj', 'ffn_down'],
]

/** llama.cpp turns neighbours, 2 i with 2 i + 1, where Hugging Face turns i with i + half: rows of each head in its order. */
function interleaved(values: Float32Array, headSize: number, width: number): Float32Array {
  const half = headSize / 2
  const rows = values.length / width
  const out = new Float32Array(values.length)
  for (let row = 0; row < rows; row++) {
    const [head, i] = [Math.floor(row / headSize), row % headSize]
    const to = head * headSize + (i < half ? 2 * i : 2 * (i - half) + 1)
    out.set(values.subarray(row * width, (row + 1) * width), to * width)
  }
  return out
}

export function ggufFile({ config, tensors }: LlamaModel, { tokens, merges, special }: Vocabulary): Uint8Array {
  const words = new Bytes()
  let count = 0
  const key = (name: string, type: keyof typeof TYPES) => {
    count++
    return words.text(name).u32(TYPES[type])
  }
  const list = (name: string, type: 'string' | 'int32', length: number) =>
    key(name, 'array').u32(TYPES[type]).u64(length)
  const whole = (name: string, value: number) => key(name, 'uint32').u32(value)
  key('general.architecture', 'string').text('llama')
  whole('general.alignment', ALIGNMENT)
  whole('llama.context_length', config.context)
  whole('llama.embedding_length', config.hidden)
  whole('llama.block_count', config.layers)
  whole('llama.feed_forward_length', config.intermediate)
  whole('llama.attention.head_count', config.heads)
  whole('llama.attention.head_count_kv', config.keyValueHeads)
  whole('llama.attention.key_length', config.headSize)
  whole('llama.attention.value_length', config.headSize)
  whole('llama.rope.dimension_count', config.headSize)
  whole('llama.vocab_size', config.vocabulary)
  key('llama.rope.freq_base', 'float32').f32(config.ropeTheta)
  key('llama.attention.layer_norm_rms_epsilon', 'float32').f32(config.normEpsilon)
  key('tokenizer.ggml.model', 'string').text('gpt2')
  key('tokenizer.ggml.pre', 'string').text('gpt-2')
  list('tokenizer.ggml.tokens', 'string', tokens.length)
  for (const token of tokens) words.text(token)
  const control = new Set(Object.values(special))
  list('tokenizer.ggml.token_type', 'int32', tokens.length)
  for (const id of tokens.keys()) words.i32(control.has(id) ? 3 : 1)
  list('tokenizer.ggml.merges', 'string', merges.length)
  for (const { left, right } of merges) words.text(`${tokens[left]} ${tokens[right]}`)
  whole('tokenizer.ggml.bos_token_id', special.begin)
  whole('tokenizer.ggml.eos_token_id', special.end)
  whole('tokenizer.ggml.padding_token_id', special.pad)
  key('tokenizer.ggml.add_bos_token', 'bool').add(Uint8Array.of(0))

  const infos = new Bytes()
  const data = new Bytes()
  const shapes = llamaShapes(config)
  for (const [name, shape] of shapes) {
    const values = tensors.get(name) ?? new Float32Array()
    const turned = /[qk]_proj/.test(name) ? interleaved(values, config.headSize, config.hidden) : values
    infos.text(NAMES.reduce((text, [theirs, own]) => text.replace(theirs, own), name)).u32(shape.length)
    for (const length of [...shape].reverse()) infos.u64(length)
    infos.u32(0).u64(data.length)
    data.add(new Uint8Array(turned.slice().buffer)).align()
  }
  const file = new Bytes().add(new TextEncoder().encode('GGUF')).u32(3).u64(shapes.size).u64(count)
  return file.add(words.joined()).add(infos.joined()).align().add(data.joined()).joined()
}
