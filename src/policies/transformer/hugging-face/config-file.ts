/** A model's numbers as Hugging Face's `config.json` (`LlamaForCausalLM`), and read back with suspicion. */
import * as v from 'valibot'
import { failure, type Result, success } from '../../../core/failure.ts'
import { type LlamaConfig, parameterCount } from '../llama.ts'
import type { Vocabulary } from '../tokenizer/vocabulary.ts'

/** The most that is read: four times what ships. A step of one with more takes so long that a page on a phone seems to hang. */
export const MOST_PARAMETERS = 1 << 22
const count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most))

const Positive = v.pipe(v.number(), v.finite(), v.gtValue(0))
const no = v.optional(v.union([v.null(), v.literal(false)]))
const Token = v.pipe(v.number(), v.integer(), v.minValue(0))

const ConfigFile = v.object({
  model_type: v.literal('llama'),
  architectures: v.optional(v.union([v.null(), v.strictTuple([v.literal('LlamaForCausalLM')])])),
  hidden_act: v.optional(v.literal('silu')),
  tie_word_embeddings: v.literal(true),
  attention_bias: no,
  mlp_bias: no,
  rope_scaling: v.optional(v.null()),
  vocab_size: count(1 << 16),
  hidden_size: count(1 << 12),
  intermediate_size: count(1 << 14),
  num_hidden_layers: count(64),
  num_attention_heads: count(256),
  num_key_value_heads: v.optional(v.union([v.null(), count(256)])),
  head_dim: v.optional(v.union([v.null(), count(1 << 10)])),
  max_position_embeddings: count(1 << 14),
  rms_norm_eps: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  rope_theta: v.optional(Positive),
  // As the library writes it since its fifth version.
  rope_parameters: v.optional(v.union([v.null(), v.object({ rope_type: v.literal('default'), rope_theta: Positive })])),
  bos_token_id: Token,
  eos_token_id: v.union([
    Token,
    v.pipe(
      v.strictTuple([Token]),
      v.transform(([id]) => id),
    ),
  ]),
})

const bad = (what: string) =>
  failure('model-config', `config.json ${what} Only models of the Llama family as RRO Lab makes them are read.`)

/** @param json of a `config.json`, from anywhere @param vocabulary of the tokenizer beside it */
export function parseConfig(json: unknown, vocabulary: Vocabulary): Result<LlamaConfig> {
  const parsed = v.safeParse(ConfigFile, json)
  if (!parsed.success) {
    const issue = parsed.issues[0]
    return bad(`is not as expected at ${v.getDotPath(issue) ?? 'its root'}: ${issue.message}.`)
  }
  const file = parsed.output
  const ropeTheta = file.rope_theta ?? file.rope_parameters?.rope_theta
  if (ropeTheta === undefined) return bad('names no rope_theta.')
  const config: LlamaConfig = {
    vocabulary: file.vocab_size,
    hidden: file.hidden_size,
    intermediate: file.intermediate_size,
    layers: file.num_hidden_layers,
    heads: file.num_attention_heads,
    keyValueHeads: file.num_key_value_heads ?? file.num_attention_heads,
    headSize: file.head_dim ?? file.hidden_size / file.num_attention_heads,
    context: file.max_position_embeddings,
    ropeTheta,
    normEpsilon: file.rms_norm_eps,
  }
  if (config.heads % config.keyValueHeads !== 0)
    return bad(`has ${config.heads} heads for ${config.keyValueHeads} of keys and values.`)
  if (config.headSize % 2 !== 0) return bad(`has heads of ${config.headSize} numbers; an even count is expected.`)
  const parameters = parameterCount(config)
  if (parameters > MOST_PARAMETERS)
    return bad(`describes ${parameters} parameters; at most ${MOST_PARAMETERS} are read.`)
  const { tokens, special } = vocabulary
  if (config.vocabulary !== tokens.length)
    return bad(`says ${config.vocabulary} tokens; tokenizer.json has ${tokens.length}.`)
  if (file.bos_token_id !== special.begin || file.eos_token_id !== special.end)
    return bad(
      `begins and ends with the tokens ${file.bos_token_id} and ${file.eos_token_id}; tokenizer.json says ${special.begin} and ${special.end}.`,
    )
  return success(config)
}

/** What `parseConfig` reads back. */
export function configFile(config: LlamaConfig, { special }: Vocabulary, format: 'F32' | 'F16') {
  return {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    vocab_size: config.vocabulary,
    hidden_size: config.hidden,
    intermediate_size: config.intermediate,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.keyValueHeads,
    head_dim: config.headSize,
    max_position_embeddings: config.context,
    hidden_act: 'silu',
    rms_norm_eps: config.normEpsilon,
    rope_theta: config.ropeTheta,
    rope_scaling: null,
    attention_bias: false,
    attention_dropout: 0,
    mlp_bias: false,
    tie_word_embeddings: true,
    initializer_range: 0.02,
    use_cache: true,
    bos_token_id: special.begin,
    eos_token_id: special.end,
    pad_token_id: special.pad,
    torch_dtype: format === 'F32' ? 'float32' : 'float16',
  }
}
