/**
 * A model as a folder that Hugging Face's libraries load, and such a folder read back. What is read comes from anybody: sizes,
 * numbers, names and places are checked before anything is made of them, and a sentence says what is wrong.
 */
import { failure, type Result, success } from '../../../core/failure.ts'
import { type LlamaModel, llamaShapes } from '../llama.ts'
import { parseTokenizer, writeTokenizer } from '../tokenizer/tokenizer-file.ts'
import type { Vocabulary } from '../tokenizer/vocabulary.ts'
import { configFile, MOST_PARAMETERS, parseConfig } from './config-file.ts'
import { type ModelCard, modelCard } from './model-card.ts'
import { readSafetensors, writeSafetensors } from './safetensors.ts'
import { generationConfig, specialTokensMap, tokenizerConfig } from './tokenizer-config.ts'

/** Files by name. */
export type Folder = ReadonlyMap<string, Uint8Array>

/** The files that a model is read from, and the most bytes that each may have. */
export const READ_FILES: Readonly<Record<'config.json' | 'tokenizer.json' | 'model.safetensors', number>> = {
  'config.json': 1 << 20,
  'tokenizer.json': 1 << 24,
  'model.safetensors': 4 * MOST_PARAMETERS + (1 << 20),
}

/** All that `writeFolder` writes. */
export const WRITTEN_FILES = [
  'README.md',
  'config.json',
  'generation_config.json',
  'model.safetensors',
  'special_tokens_map.json',
  'tokenizer.json',
  'tokenizer_config.json',
] as const

export interface ModelWithVocabulary {
  readonly model: LlamaModel
  readonly vocabulary: Vocabulary
}

/**
 * @param format of the numbers: 32 bits keep each as it is, 16 take half the space
 * @throws where the model's tensors are not those of its configuration, or do not fit into the format
 */
export function writeFolder(
  { model, vocabulary }: ModelWithVocabulary,
  card: ModelCard,
  format: 'F32' | 'F16',
): Folder {
  const { config, tensors } = model
  const utf8 = new TextEncoder()
  const json = (value: unknown) => utf8.encode(`${JSON.stringify(value, undefined, 2)}\n`)
  return new Map([
    ['README.md', utf8.encode(modelCard(card, config))],
    ['config.json', json(configFile(config, vocabulary, format))],
    ['generation_config.json', json(generationConfig(vocabulary))],
    ['model.safetensors', writeSafetensors(tensors, llamaShapes(config), format)],
    ['special_tokens_map.json', json(specialTokensMap())],
    ['tokenizer.json', utf8.encode(writeTokenizer(vocabulary))],
    ['tokenizer_config.json', json(tokenizerConfig(vocabulary, config.context))],
  ])
}

const bad = (what: string) => failure('model-folder', `The model's folder ${what}`)

/** @param folder from anywhere; files that are not read do not matter */
export function readFolder(folder: Folder): Result<ModelWithVocabulary> {
  for (const [name, most] of Object.entries(READ_FILES)) {
    const bytes = folder.get(name)
    if (bytes === undefined) return bad(`lacks ${name}. It needs ${Object.keys(READ_FILES).join(', ')}.`)
    if (bytes.length > most) return bad(`has ${bytes.length} bytes of ${name}; at most ${most} are read.`)
  }
  const tokenizerText = textOf(folder, 'tokenizer.json')
  if (!tokenizerText.ok) return tokenizerText
  const vocabulary = parseTokenizer(tokenizerText.value)
  if (!vocabulary.ok) return vocabulary
  const configText = textOf(folder, 'config.json')
  if (!configText.ok) return configText
  let json: unknown
  try {
    json = JSON.parse(configText.value)
  } catch {
    return bad('has a config.json that is no JSON.')
  }
  const config = parseConfig(json, vocabulary.value)
  if (!config.ok) return config
  const tensors = readSafetensors(folder.get('model.safetensors') ?? new Uint8Array(), llamaShapes(config.value))
  if (!tensors.ok) return tensors
  return success({ model: { config: config.value, tensors: tensors.value }, vocabulary: vocabulary.value })
}

function textOf(folder: Folder, name: string): Result<string> {
  try {
    return success(new TextDecoder('utf-8', { fatal: true }).decode(folder.get(name)))
  } catch {
    return bad(`has a ${name} that is not UTF-8.`)
  }
}
