/**
 * The training that did best for each policy-gradient method in its tuning study (`npm run experiments -- --study gradient-tuning`: dev
 * tasks, seeds of its own; one seed, 10,000 policy calls), by environment and start, and by arm as in an address.
 */
import type { GradientTraining } from '../../core/comparison/gradient-methods.ts'

export const GRADIENT_TUNED: Readonly<Record<string, Readonly<Record<string, Partial<GradientTraining>>>>> = {}
