/** The settings in the address: every one that is not its default, by the names of the table: `#seed=7&rollouts=3`. */
import { type RunConfig, SETTING_NAMES, SETTINGS } from '../../core/settings/settings.ts'

/** `''` when all are defaults. */
export function formatHash(config: RunConfig): string {
  const words = new URLSearchParams()
  for (const name of SETTING_NAMES) {
    if (config[name] !== SETTINGS[name].default) words.set(name, String(config[name]))
  }
  const text = words.toString()
  return text === '' ? '' : `#${text}`
}

/** Names and texts as they stand there, for `parseConfig`. */
export function parseHash(hash: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(hash.replace(/^#/, '')))
}
