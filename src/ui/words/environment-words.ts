/** The environments, as people call them. */
import type { RunConfig } from '../../core/settings/settings.ts'

export const ENVIRONMENT_WORDS: Record<RunConfig['environment'], string> = {
  webshop: 'WebShop',
  'intercode-sql': 'InterCode-SQL',
}
