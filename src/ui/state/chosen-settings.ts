/** The settings that the next run will start with. They live in the address, so that a link holds a whole experiment. */
import type { Failure } from '../../core/failure.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../core/settings/settings.ts'
import type { Changes } from './changes.ts'
import { formatHash, parseHash } from './settings-hash.ts'
import { workspaceOf } from './workspace.ts'

export class ChosenSettings {
  config: RunConfig
  readonly #changes: Changes

  constructor(changes: Changes) {
    this.#changes = changes
    this.config = DEFAULT_CONFIG
  }

  /** Reads the address. @returns one sentence for each value that had to be corrected */
  read(hash: string): readonly Failure[] {
    const { config, corrections } = parseConfig(parseHash(hash))
    this.config = config
    this.#changes.say()
    return corrections
  }

  /** Takes values as a form gives them; what is out of range is corrected. */
  change(values: Readonly<Record<string, unknown>>): readonly Failure[] {
    // A trained agent belongs to one environment; the shipped ones are there in each.
    const { environment = this.config.environment, model = this.config.model } = values
    const left =
      environment !== this.config.environment && model === this.config.model && this.config.model.length === 16
    const { config, corrections } = parseConfig({ ...this.config, ...values, ...(left && { model: '' }) })
    this.config = config
    // In Compare the address is the comparison's.
    if (workspaceOf(location.hash) === 'explore')
      history.replaceState(null, '', formatHash(config) || location.pathname + location.search)
    this.#changes.say()
    return corrections
  }

  /** Another seed, short enough to read out loud. */
  rollDice(): void {
    this.change({ seed: Math.floor(Math.random() * 10_000) })
  }
}
