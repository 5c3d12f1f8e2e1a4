/** What training in the lab draws from: the same streams for every agent, so that scores can be compared. */
import { type RandomStream, stream } from '../../core/random.ts'

const SEED = 2505

export function trainingDraws(use: 'dpo' | 'sft' | 'dev'): RandomStream {
  return stream(SEED).child('train-agent', use)
}
