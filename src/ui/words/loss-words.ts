/** The losses of a pair, as people call them. */
import type { PairLoss } from '../../core/comparison/comparison.ts'

export const LOSS_WORDS: Record<PairLoss, string> = { dpo: 'DPO', ipo: 'IPO', kto: 'KTO' }
