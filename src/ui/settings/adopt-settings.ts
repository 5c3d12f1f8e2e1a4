/** Takes the settings of the open run for the next one. */
import { parseConfig } from '../../core/settings/parse-config.ts'
import type { PageState } from '../state/page-state.ts'

export function adoptSettings({ explorer, settings }: PageState): void {
  const config = explorer.progress?.info.config
  if (config !== undefined) settings.change({ ...parseConfig({ ...config }).config })
}
