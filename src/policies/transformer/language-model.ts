/** A language model of our own, made ready to act: its tokenizer, its kernel, and the conversations that it holds. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import { type Folder, readFolder } from './hugging-face/folder.ts'
import { Kernel } from './kernel/kernel.ts'
import type { LlamaConfig } from './llama.ts'
import { flattened, kernelTrouble } from './parameters.ts'
import { Reader } from './reader.ts'
import { createTokenizer, type Tokenizer } from './tokenizer/tokenizer.ts'

export interface LanguageModel {
  /** Hex digest of its parameters, its numbers and its vocabulary. */
  readonly fingerprint: string
  readonly config: LlamaConfig
  /** As the kernel keeps them. */
  readonly parameters: Float32Array
  readonly tokenizer: Tokenizer
}

/** Conversations that are held at once: a step's prefix, and the rollouts of a candidate. */
const SLOTS = 12

/** Bytes that all of them may take: keys and values of each token. */
const MOST_CACHE = 1 << 28

function cacheTrouble({ layers, context, hidden }: LlamaConfig): string | undefined {
  const bytes = 2 * 4 * layers * SLOTS * context * hidden
  if (bytes <= MOST_CACHE) return undefined
  return `${SLOTS} conversations of ${context} tokens take ${bytes} bytes; at most ${MOST_CACHE} are given`
}

/** @param folder from anywhere */
export function languageModelOf(folder: Folder): Result<LanguageModel> {
  const read = readFolder(folder)
  if (!read.ok) return read
  const { model, vocabulary } = read.value
  const trouble = kernelTrouble(model.config) ?? cacheTrouble(model.config)
  if (trouble !== undefined) return failure('model-shape', `This model does not run here: ${trouble}.`)
  const parameters = flattened(model)
  const tokenizer = createTokenizer(vocabulary)
  return success({
    config: model.config,
    parameters,
    tokenizer,
    fingerprint: fingerprintOf(model.config, parameters, tokenizer),
  })
}

export function fingerprintOf(config: LlamaConfig, parameters: Float32Array, { vocabulary }: Tokenizer): string {
  const digest = sha256.create()
  const words = JSON.stringify([
    Object.entries(config).sort(),
    vocabulary.tokens,
    vocabulary.merges,
    vocabulary.special,
  ])
  digest.update(new TextEncoder().encode(words))
  digest.update(new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength))
  return bytesToHex(digest.digest()).slice(0, 16)
}

/** Starts the kernel with the model's parameters. */
export function openReader({
  config,
  parameters,
}: Pick<LanguageModel, 'config' | 'parameters'>): Promise<Result<Reader>> {
  return started(config, (kernel) => kernel.parameters.set(parameters))
}

/** The same model in a kernel of its own, as its parameters are now. */
export function copiedReader({ kernel }: Reader): Promise<Result<Reader>> {
  return started(kernel.config, (copy) => copy.parameters.set(kernel.parameters))
}

async function started(config: LlamaConfig, fill: (kernel: Kernel) => void): Promise<Result<Reader>> {
  try {
    const kernel = await Kernel.open(config)
    fill(kernel)
    return success(new Reader(kernel, SLOTS))
  } catch (thrown) {
    const words = `The language model could not be started (${messageOf(thrown)}).`
    return failure('model-kernel', `${words} Check the connection, reload, or use a browser with WebAssembly and SIMD.`)
  }
}
