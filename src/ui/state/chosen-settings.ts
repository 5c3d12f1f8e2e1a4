/** The settings that the next run will start with. */
import type { Failure } from '../../core/failure.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../core/settings/settings.ts'
import type { Changes } from './changes.ts'

export class ChosenSettings {
  config: RunConfig
  readonly #changes: Changes

  constructor(changes: Changes) {
    this.#changes = changes
    this.config = DEFAULT_CONFIG
  }

  /** Takes them as an address says. */
  take(config: RunConfig): void {
    this.config = config
    this.#changes.say()
  }

  /** Takes values as a form gives them; what is out of range is corrected. */
  change(values: Readonly<Record<string, unknown>>): readonly Failure[] {
    // A trained agent belongs to one environment; the shipped ones are there in each.
    const { environment = this.config.environment, model = this.config.model } = values
    const left =
      environment !== this.config.environment && model === this.config.model && this.config.model.length === 16
    const { config, corrections } = parseConfig({ ...this.config, ...values, ...(left && { model: '' }) })
    this.config = config
    this.#changes.say()
    return corrections
  }

  /** Another seed, short enough to read out loud. */
  rollDice(): void {
    this.change({ seed: Math.floor(Math.random() * 10_000) })
  }
}
