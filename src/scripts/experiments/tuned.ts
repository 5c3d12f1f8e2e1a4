/**
 * The training that did best for each arm in the tuning study (`npm run experiments -- --study tuning`: dev tasks, seeds
 * of its own; one seed, 10,000 policy calls), by environment and start, and by arm as in an address. What is not named is the default.
 */
import type { Training } from '../../core/comparison/comparison.ts'

export const TUNED: Readonly<Record<string, Readonly<Record<string, Partial<Training>>>>> = {
  'webshop weak': {
    eto: { sftWeight: 0.01 },
    ipr: { beta: 0.5, klWeight: 0.1 },
    'fixed-size:candidates=2': { sftWeight: 0.01 },
    'fixed-size:candidates=3': { sftWeight: 0.01 },
  },
  'webshop sharp': {
    eto: { learningRate: 0.01, epochs: 10, klWeight: 1 },
    ipr: { klWeight: 0.1 },
    'fixed-size': { klWeight: 0.1, sftWeight: 0.01 },
    'uct:candidates=3': { klWeight: 0.1 },
    rro: { beta: 0.5 },
    'rro-recycled:rollouts=3:candidates=3': { sftWeight: 0.01 },
  },
  'intercode-sql weak': {
    eto: { klWeight: 0.1, sftWeight: 0.1 },
    ipr: { sftWeight: 0.1 },
    'fixed-size': { beta: 0.5 },
    'rro-recycled:rollouts=3:candidates=3': { sftWeight: 0.01 },
  },
  'intercode-sql sharp': {
    eto: { learningRate: 0.01, epochs: 10 },
    ipr: { beta: 0.5 },
    'fixed-size:candidates=2': { klWeight: 0.1, sftWeight: 0.1 },
    'fixed-size:candidates=3': { klWeight: 0.1, sftWeight: 0.1 },
    'fixed-size': { learningRate: 0.01, epochs: 10, sftWeight: 0.01 },
    'uct:candidates=3': { klWeight: 0.1, sftWeight: 0.1 },
    rro: { learningRate: 0.01, epochs: 10, sftWeight: 0.1 },
  },
}
