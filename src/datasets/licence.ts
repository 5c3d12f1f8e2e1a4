/** What may be done with the task data whose texts stand in rows. */
import type { RunStarted } from '../core/log/events.ts'

export interface Licence {
  /** As the Hugging Face hub names it. */
  readonly id: 'cc0-1.0' | 'other'
  readonly words: string
}

/** By the name of the data: those that ship with RRO Lab are its own. */
export function licenceOf({ data, config, edits = [] }: Pick<RunStarted, 'data' | 'config' | 'edits'>): Licence {
  if (data.name.startsWith('RRO Lab ')) {
    const edited = edits.length === 0 ? '' : ', changed by hand'
    return { id: 'cc0-1.0', words: `The task data is made up and ships with RRO Lab${edited}: CC0 1.0.` }
  }
  return { id: 'other', words: OFFICIAL[config.environment] }
}

const OFFICIAL = {
  webshop:
    'The task data was brought by whoever made the run. If it is WebShop’s: its code is MIT, its product texts were collected from a shop’s pages; look at its terms before you publish rows, which quote them.',
  'intercode-sql':
    'The task data was brought by whoever made the run. If it is InterCode’s: its code is MIT, its questions and databases are Spider’s, CC BY-SA 4.0; rows quote them.',
} as const

/** Of all of them together, each once, as Markdown. */
export function licenceWords(headers: readonly RunStarted[]): string {
  const each = [...new Set(headers.map((header) => licenceOf(header).words))].map((words) => `- ${words}`)
  const models =
    'What agents wrote comes from their models, whose licences may have a say in what may be trained on it.'
  return `${each.join('\n')}\n\n${models}`
}
