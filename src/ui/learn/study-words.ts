/** What docs/experiments.md found of the tiny language model: a page cannot run it all. Change it with the study. */
import { parseConfig } from '../../core/settings/parse-config.ts'
import { formatSettings } from '../state/address/format.ts'

/** Gains in sampled reward over the weights that ship. */
export const EXPERIMENTS: readonly string[] = [
  'Recycled RRO and DPO gain 0.026 ± 0.011 on WebShop (150 tasks), and 0.090 ± 0.026 on InterCode-SQL (344 questions).',
  'The paper’s RRO has a twentieth of the pairs, and gains nothing that is clear: 0.010 ± 0.010 on WebShop.',
]

/** An address that makes the run of the study anew, in part: its method and size, one seed. */
export const WHOLE_RUN = formatSettings(
  parseConfig({ environment: 'webshop', policy: 'transformer', model: 'tiny', method: 'rro-recycled', tasks: 150 })
    .config,
)
