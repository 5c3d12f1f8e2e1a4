/** The formats of an export, as people read them. */
import type { ExportFormat } from '../../worker/protocol/lab-api.ts'

export const EXPORT_WORDS: Record<ExportFormat, { readonly label: string; readonly explanation: string }> = {
  'trl-dpo': {
    label: 'Preference pairs for TRL (JSONL)',
    explanation: 'One line a pair: prompt, chosen, rejected; a trainer reads it without a script.',
  },
  run: { label: 'The run itself (JSONL)', explanation: 'Every event, to open it again here or read it anywhere.' },
}
