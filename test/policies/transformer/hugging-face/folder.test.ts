/** A model's folder and its zip: round trips, what other programs change in it, and what is refused. */
import { Template } from '@huggingface/jinja'
import { Tokenizer } from '@huggingface/tokenizers'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../../src/core/failure.ts'
import { actionTokens, readTokens } from '../../../../src/policies/transformer/conversation.ts'
import { type Folder, readFolder, writeFolder } from '../../../../src/policies/transformer/hugging-face/folder.ts'
import { unzipFolder, zipFolder } from '../../../../src/policies/transformer/hugging-face/zip.ts'
import { createTokenizer } from '../../../../src/policies/transformer/tokenizer/tokenizer.ts'
import { randomModel, SMALL_VOCABULARY } from '../small-model.ts'

const whole = { model: randomModel(), vocabulary: SMALL_VOCABULARY }
const card = {
  name: 'My <b>agent</b> | v2',
  licence: 'mit',
  trained: { method: 'SFT, then DPO', 'reward on dev': 0.447 },
  example: 'a "blue" shirt',
}
const folder = writeFolder(whole, card, 'F32')
const text = (name: string, of: Folder = folder) => new TextDecoder().decode(of.get(name))
const json = (name: string) => JSON.parse(text(name))

describe('round trip', () => {
  test('through the zip, bit for bit', () => {
    expect(unwrap(readFolder(unwrap(unzipFolder(zipFolder(folder)))))).toEqual(whole)
  })

  test('in 16 bits, after which nothing changes any more', () => {
    const halves = unwrap(readFolder(writeFolder(whole, card, 'F16')))
    expect(halves.model.config).toEqual(whole.model.config)
    expect(unwrap(readFolder(writeFolder(halves, card, 'F16')))).toEqual(halves)
    expect(unwrap(readFolder(writeFolder(halves, card, 'F32')))).toEqual(halves)
  })

  test('the same model is the same bytes', () => {
    expect(zipFolder(writeFolder(whole, card, 'F32'))).toEqual(zipFolder(folder))
  })

  test('a zip of a folder, packed, with other files beside', () => {
    const entries = [...folder].map(([name, bytes]) => [`agent/${name}`, bytes] as const)
    const zip = zipSync({ ...Object.fromEntries(entries), 'agent/merges.txt': new Uint8Array(9) }, { level: 9 })
    expect(unwrap(readFolder(unwrap(unzipFolder(zip))))).toEqual(whole)
  })
})

describe('what other programs read', () => {
  test('the names of a Llama', () => {
    expect(json('config.json')).toMatchObject({
      architectures: ['LlamaForCausalLM'],
      model_type: 'llama',
      tie_word_embeddings: true,
      hidden_size: 32,
      num_key_value_heads: 2,
      head_dim: 8,
      vocab_size: 288,
      torch_dtype: 'float32',
      bos_token_id: 284,
      eos_token_id: 286,
      pad_token_id: 287,
    })
    expect(JSON.parse(text('config.json', writeFolder(whole, card, 'F16'))).torch_dtype).toBe('float16')
    expect(json('generation_config.json')).toMatchObject({ bos_token_id: 284, eos_token_id: 286, pad_token_id: 287 })
    expect(json('special_tokens_map.json').additional_special_tokens).toEqual(['<|act|>'])
  })

  test('the card says what it is, and names from anybody are no markup', () => {
    const lines = text('README.md').split('\n')
    expect(lines.slice(0, 2)).toEqual(['---', 'license: mit'])
    expect(lines).toContain('# My &lt;b\\>agent&lt;/b\\> \\| v2')
    expect(lines).toContain('| parameters | 24,736 |')
    expect(lines).toContain('| reward on dev | 0.447 |')
    expect(lines).toContain('messages = [{"role": "user", "content": "a \\"blue\\" shirt"}]')
  })
})

describe('the chat template', () => {
  const { chat_template, bos_token, eos_token } = json('tokenizer_config.json')
  const template = new Template(chat_template)
  const turn = (role: string, content: string) => ({ role, content })
  const render = (messages: object[], add_generation_prompt = false) =>
    template.render({ messages, bos_token, eos_token, add_generation_prompt })
  const shown = [turn('user', ' what is seen \n'), turn('assistant', 'search[ x ]'), turn('user', '<results>\n a')]

  test('a conversation is begin, what is seen, act, what is done, end, in turn', () => {
    expect(render(shown)).toBe('<|begin|> what is seen \n<|act|>search[ x ]<|end|><results>\n a')
    expect(render([...shown, turn('assistant', 'click[ r1 ]')])).toBe(`${render(shown, true)}click[ r1 ]<|end|>`)
    expect(render(shown, true)).toBe(`${render(shown)}<|act|>`)
  })

  test('in Hugging Face’s tokens it is the conversation that our agent reads and writes', () => {
    const tokenizer = createTokenizer(whole.vocabulary)
    const seen = readTokens(tokenizer, ' what is seen \n', true)
    const ours = [...seen, ...actionTokens(tokenizer, 'search[ x ]'), ...readTokens(tokenizer, '<results>\n a', false)]
    const theirs = new Tokenizer(json('tokenizer.json'), json('tokenizer_config.json'))
    expect(theirs.encode(render(shown, true), { add_special_tokens: false }).ids).toEqual(ours)
    expect(theirs.encode(render(shown, true)).ids).toEqual(ours)
  })

  test('there is no third role', () => {
    expect(() => render([turn('system', 'x')])).toThrow('Only user')
  })
})

const bent = (name: string, bend: (file: Record<string, unknown>) => void): Folder => {
  const file = json(name)
  bend(file)
  return new Map(folder).set(name, new TextEncoder().encode(JSON.stringify(file)))
}
const config = (change: Record<string, unknown>) => bent('config.json', (file) => Object.assign(file, change))
const without = (name: string): Folder => new Map([...folder].filter(([known]) => known !== name))
const sentence = (of: Folder) => {
  const read = readFolder(of)
  return read.ok ? 'read' : read.failure.message
}

test('a configuration as the library saves it since its fifth version is read', () => {
  const saved = config({
    rope_theta: undefined,
    rope_parameters: { rope_type: 'default', rope_theta: 10000 },
    dtype: 'float32',
    eos_token_id: [286],
  })
  expect(unwrap(readFolder(saved))).toEqual(whole)
  const short = config({ head_dim: null, rope_scaling: undefined, architectures: undefined })
  expect(unwrap(readFolder(short))).toEqual(whole)
})

test.each([
  [
    'no weights',
    without('model.safetensors'),
    'lacks model.safetensors. It needs config.json, tokenizer.json, model.safetensors',
  ],
  ['no configuration', without('config.json'), 'lacks config.json'],
  [
    'a huge configuration',
    new Map(folder).set('config.json', new Uint8Array((1 << 20) + 1)),
    'at most 1048576 are read',
  ],
  ['a configuration that is no text', new Map(folder).set('config.json', Uint8Array.of(0xff)), 'is not UTF-8'],
  ['a configuration that is no JSON', new Map(folder).set('config.json', new Uint8Array()), 'is no JSON'],
  [
    'another tokenizer',
    bent('tokenizer.json', (file) => {
      file.normalizer = { type: 'NFC' }
    }),
    'tokenizer.json is not as expected at normalizer',
  ],
  ['another family', config({ model_type: 'mistral' }), 'model_type'],
  ['another class', config({ architectures: ['LlamaForSequenceClassification'] }), 'architectures'],
  ['another activation', config({ hidden_act: 'gelu' }), 'hidden_act'],
  ['a head of its own', config({ tie_word_embeddings: false }), 'tie_word_embeddings'],
  ['biases', config({ attention_bias: true }), 'attention_bias'],
  ['stretched positions', config({ rope_scaling: { type: 'linear', factor: 2 } }), 'rope_scaling'],
  [
    'other positions',
    config({ rope_theta: undefined, rope_parameters: { rope_type: 'yarn', rope_theta: 1e4 } }),
    'rope_parameters',
  ],
  ['no base of positions', config({ rope_theta: undefined }), 'names no rope_theta'],
  ['a base of zero', config({ rope_theta: 0 }), 'rope_theta'],
  ['no layers', config({ num_hidden_layers: 0 }), 'num_hidden_layers'],
  ['half a layer', config({ num_hidden_layers: 1.5 }), 'num_hidden_layers'],
  ['too wide', config({ hidden_size: 1e9 }), 'hidden_size'],
  [
    'too many parameters',
    config({ hidden_size: 4096, intermediate_size: 16384, num_hidden_layers: 64 }),
    'at most 4194304 are read',
  ],
  ['heads that do not divide', config({ num_key_value_heads: 3 }), 'has 4 heads for 3 of keys and values'],
  ['odd heads', config({ head_dim: 7 }), 'heads of 7 numbers'],
  ['heads that are no whole number', config({ head_dim: null, hidden_size: 30 }), 'heads of 7.5 numbers'],
  ['more tokens', config({ vocab_size: 289 }), 'says 289 tokens; tokenizer.json has 288'],
  ['another end', config({ eos_token_id: 2 }), 'with the tokens 284 and 2; tokenizer.json says 284 and 286'],
  ['two ends', config({ eos_token_id: [286, 2] }), 'eos_token_id'],
  [
    'another width than the weights',
    config({ intermediate_size: 40 }),
    'has model.layers.0.mlp.gate_proj.weight in the shape [48, 32]; the configuration says [40, 32]',
  ],
  [
    'fewer layers than the weights',
    config({ num_hidden_layers: 1 }),
    'holds "model.layers.1.input_layernorm.weight", which the model has not',
  ],
])('refused with a sentence: %s', (_, of, says) => {
  expect(sentence(of)).toContain(says)
})

describe('zips from anywhere', () => {
  const unzipped = (bytes: Uint8Array) => {
    const read = unzipFolder(bytes)
    return read.ok ? 'read' : read.failure.message
  }
  const zip = zipFolder(folder)

  test('none, or a part of one', () => {
    expect(unzipped(new Uint8Array())).toContain('holds no files, or is none')
    expect(unzipped(new TextEncoder().encode('PK, or so'.repeat(99)))).toMatch(/^The zip /)
    for (const length of [10, 100, 3000, zip.length - 1000]) {
      const read = unzipFolder(zip.subarray(0, length))
      if (read.ok) expect(sentence(read.value)).not.toBe('read')
    }
  })

  test('a bomb is stopped while it is unpacked, whatever size it names', () => {
    const bomb = zipSync({ 'config.json': new Uint8Array(1 << 22) }, { level: 9 })
    expect(unzipped(bomb)).toContain('holds more than 1048576 bytes of config.json')
    const lying = bomb.slice()
    new DataView(lying.buffer).setUint32(22, 10, true) // the size in the entry's own header
    expect(unzipped(lying)).toContain('holds more than 1048576 bytes of config.json')
  })

  test('a file twice, too many files, a packing that nobody knows', () => {
    const twice = zipSync({ 'a/config.json': new Uint8Array(3), 'b/config.json': new Uint8Array(3) })
    expect(unzipped(twice)).toContain('holds config.json twice')
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`${i}`, new Uint8Array()]))
    expect(unzipped(zipSync(many))).toContain('more than 1000 entries')
    const strange = zipSync({ 'config.json': new Uint8Array(3) })
    new DataView(strange.buffer).setUint16(8, 14, true)
    expect(unzipped(strange)).toContain('cannot be unpacked')
  })
})
