/** Which choices a format has: those of pairs, of whole trajectories, of steps. */
import type { DatasetFormatName } from '../../../worker/protocol/lab-api.ts'

export type RowKind = 'pairs' | 'trajectories' | 'steps' | 'prompts' | 'facts'

export function kindOf(format: DatasetFormatName): RowKind {
  if (/sft|sharegpt/.test(format)) return 'trajectories'
  if (/prm/.test(format)) return 'steps'
  if (/^(metrics|events)$/.test(format)) return 'facts'
  return /prompts/.test(format) ? 'prompts' : 'pairs'
}
