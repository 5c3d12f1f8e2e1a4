/** A model with random weights and a vocabulary of a few words: small enough for any test. */
import { stream } from '../../../src/core/random.ts'
import { type LlamaConfig, type LlamaModel, llamaShapes, sizeOf } from '../../../src/policies/transformer/llama.ts'
import type { Vocabulary } from '../../../src/policies/transformer/tokenizer/vocabulary.ts'
import { trainVocabulary } from '../../../src/scripts/make/language-model/train-tokenizer.ts'

const WORDS = ['search', ' click', ' results', ' buy', ' now', ' title', ' select', ' from', ' where', 'click']
export const SMALL_VOCABULARY: Vocabulary = trainVocabulary(new Map(WORDS.map((word) => [word, 2])), {
  size: 288,
  least: 2,
})

export const SMALL_CONFIG: LlamaConfig = {
  vocabulary: 288,
  hidden: 32,
  intermediate: 48,
  layers: 2,
  heads: 4,
  keyValueHeads: 2,
  headSize: 8,
  context: 64,
  ropeTheta: 10000,
  normEpsilon: 1e-5,
}

/** Weights of the usual spread; those of norms around one. So large that every part of the model matters. */
export function randomModel(config: LlamaConfig = SMALL_CONFIG, seed = 1): LlamaModel {
  const tensors = new Map<string, Float32Array>()
  for (const [name, shape] of llamaShapes(config)) {
    const random = stream(seed).child(name)
    const spread = shape.length === 1 ? 0.5 : 2 / Math.sqrt(shape[1] ?? 1)
    const mean = shape.length === 1 ? 1 : 0
    tensors.set(
      name,
      Float32Array.from({ length: sizeOf(shape) }, () => mean + spread * (2 * random.next() - 1)),
    )
  }
  return { config, tensors }
}
