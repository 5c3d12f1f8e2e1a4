/** Takes the settings of the open run for the next one. */
import { parseConfig } from '../../core/settings/parse-config.ts'
import type { PageState } from '../state/page-state.ts'

export function adoptSettings({ explorer, settings }: PageState): void {
  const config = explorer.progress?.info.config
  if (config === undefined) return
  const { environment, split } = config
  // Nothing can be explored with those of a file but where it was.
  settings.change(config.method === 'replay' ? { environment, split } : { ...parseConfig({ ...config }).config })
}
