/** What stands beside `tokenizer.json`: how a conversation is put into tokens, and which token does what. */
import { SPECIAL_KINDS, SPECIAL_TOKENS, type Vocabulary } from '../tokenizer/vocabulary.ts'

/**
 * `<|begin|>{user}<|act|>{assistant}<|end|>{user}<|act|>...`: what the environment shows and the agent does in turn, as Jinja. What
 * the agent says is marked for trainers that learn from it alone. Texts go in as they are, to the last space.
 */
export const CHAT_TEMPLATE = [
  '{{- bos_token -}}',
  '{%- for message in messages -%}',
  "{%- if message['role'] == 'user' -%}",
  "{{- message['content'] -}}",
  "{%- elif message['role'] == 'assistant' -%}",
  `{{- '${SPECIAL_TOKENS.act}' -}}`,
  "{%- generation -%}{{- message['content'] + eos_token -}}{%- endgeneration -%}",
  '{%- else -%}',
  "{{- raise_exception('Only user (what the environment shows) and assistant (what the agent does) have a turn.') -}}",
  '{%- endif -%}',
  '{%- endfor -%}',
  `{%- if add_generation_prompt -%}{{- '${SPECIAL_TOKENS.act}' -}}{%- endif -%}`,
].join('')

const names = {
  bos_token: SPECIAL_TOKENS.begin,
  eos_token: SPECIAL_TOKENS.end,
  pad_token: SPECIAL_TOKENS.pad,
  additional_special_tokens: [SPECIAL_TOKENS.act],
}

/** @param context tokens that a conversation may have */
export function tokenizerConfig({ special }: Vocabulary, context: number) {
  const added = { lstrip: false, normalized: false, rstrip: false, single_word: false, special: true }
  const decoder = SPECIAL_KINDS.map((kind) => [special[kind], { content: SPECIAL_TOKENS[kind], ...added }] as const)
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    added_tokens_decoder: Object.fromEntries(decoder),
    ...names,
    model_max_length: context,
    clean_up_tokenization_spaces: false,
    chat_template: CHAT_TEMPLATE,
  }
}

export function specialTokensMap() {
  return names
}

export function generationConfig({ special }: Vocabulary) {
  return { bos_token_id: special.begin, eos_token_id: special.end, pad_token_id: special.pad, do_sample: true }
}
