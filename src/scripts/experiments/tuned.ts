/**
 * The training that did best for each arm in the tuning study (`npm run experiments -- --study tuning`: dev tasks, seeds
 * of its own, mean over its budgets), by environment and start, and by arm as in an address. What is not named is the default.
 */
import type { Training } from '../../core/comparison.ts'

export const TUNED: Readonly<Record<string, Readonly<Record<string, Partial<Training>>>>> = {}
