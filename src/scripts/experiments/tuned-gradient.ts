/**
 * The training that did best for each policy-gradient method on dev tasks (`npm run experiments -- --study gradient-tuning`: twenty ways
 * in every setting, three seeds that no other study has, 10,000 policy calls), by environment and start, and by arm as in an address.
 */
import type { GradientTraining } from '../../core/comparison/gradient-methods.ts'

export const GRADIENT_TUNED: Readonly<Record<string, Readonly<Record<string, Partial<GradientTraining>>>>> = {
  'webshop weak': {
    rloo: { learningRate: 1, batch: 4, klWeight: 0.01 },
    grpo: { learningRate: 0.3, batch: 2, epochs: 4, klWeight: 0 },
    gigpo: { learningRate: 0.3, batch: 2, epochs: 4, klWeight: 0.01 },
    'vineppo:rollouts=1': { learningRate: 0.1, batch: 2, epochs: 4, klWeight: 0 },
  },
  'webshop sharp': {
    rloo: { learningRate: 1, batch: 2, klWeight: 0.01 },
    grpo: { learningRate: 0.3, batch: 2, epochs: 4, klWeight: 0.01 },
    gigpo: { learningRate: 0.3, batch: 2, epochs: 4, klWeight: 0 },
    'vineppo:rollouts=1': { learningRate: 0.1, batch: 8, epochs: 4, klWeight: 0 },
  },
  'intercode-sql weak': {
    rloo: { learningRate: 1, batch: 2, klWeight: 0 },
    grpo: { learningRate: 0.3, batch: 2, epochs: 4, klWeight: 0 },
    gigpo: { learningRate: 0.3, batch: 2, epochs: 4, klWeight: 0.01 },
    'vineppo:rollouts=1': { learningRate: 0.3, batch: 2, epochs: 4, klWeight: 0.01 },
  },
  'intercode-sql sharp': {
    rloo: { learningRate: 0.1, batch: 2, klWeight: 0 },
    grpo: { learningRate: 0.3, batch: 8, epochs: 1, klWeight: 0 },
    gigpo: { learningRate: 0.1, batch: 2, epochs: 1, klWeight: 0.01 },
    'vineppo:rollouts=1': { learningRate: 0.1, batch: 2, epochs: 4, klWeight: 0 },
  },
}

/** Of the log-linear policy beside the small language model, from WebShop's weak start: the best of twelve ways, with one seed. */
export const BESIDE_LANGUAGE: Readonly<Record<string, Partial<GradientTraining>>> = {
  rloo: { learningRate: 0.3, batch: 2, klWeight: 0 },
  grpo: { learningRate: 0.3, batch: 8, epochs: 4, klWeight: 0 },
}
