/**
 * The training that did best for each policy-gradient method on WebShop's dev tasks, from the weak start, among twelve (a seed of its
 * own; 10,000 policy calls), by environment and start, and by arm as in an address. InterCode-SQL takes the same: it was not tuned for.
 * `npm run experiments -- --study gradient-tuning` tries twenty everywhere.
 */
import type { GradientTraining } from '../../core/comparison/gradient-methods.ts'

export const GRADIENT_TUNED: Readonly<Record<string, Readonly<Record<string, Partial<GradientTraining>>>>> = {
  'webshop weak': {
    rloo: { learningRate: 0.3, batch: 2, klWeight: 0 },
    grpo: { learningRate: 0.3, batch: 8, epochs: 4, klWeight: 0 },
    gigpo: { learningRate: 0.3, batch: 8, epochs: 4, klWeight: 0.01 },
    'vineppo:rollouts=1': { learningRate: 0.3, batch: 8, epochs: 4, klWeight: 0.01 },
  },
  'intercode-sql weak': {
    rloo: { learningRate: 0.3, batch: 2, klWeight: 0 },
    grpo: { learningRate: 0.3, batch: 8, epochs: 4, klWeight: 0 },
    gigpo: { learningRate: 0.3, batch: 8, epochs: 4, klWeight: 0.01 },
    'vineppo:rollouts=1': { learningRate: 0.3, batch: 8, epochs: 4, klWeight: 0.01 },
  },
}
