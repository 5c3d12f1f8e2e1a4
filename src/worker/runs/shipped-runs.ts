/** The recorded runs that ship with the page, one of each environment; they can only be read. */
import { type Failure, success } from '../../core/failure.ts'
import { ENVIRONMENT_NAMES } from '../../core/settings/run-config.ts'
import { createMemoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { ownEvents } from './log-text.ts'
import { storeEvents } from './store-events.ts'

const SHIPPED = 'shipped/'
export const SHIPPED_WORDS =
  'This is the recorded run that ships with the page; it can only be read. Start a new run to explore.'

export function isShipped(runId: string): boolean {
  return runId.startsWith(SHIPPED)
}

/** @param notice hears of one that cannot be read */
export async function shippedRuns(loader: DataLoader, notice: (problem: Failure) => void): Promise<Store> {
  const store = createMemoryStore()
  const texts = await Promise.all(ENVIRONMENT_NAMES.map((environment) => loader.recorded(environment)))
  for (const [i, text] of texts.entries()) {
    if (text === undefined) continue
    const words = {
      id: `${SHIPPED}${ENVIRONMENT_NAMES[i]}`,
      name: 'Recorded run',
      createdAtMs: 0,
      origin: 'shipped',
    } as const
    // Made by our own build; a test holds it to the schema and to the checker.
    const events = ownEvents(words.id, { text, firstSeq: 0 })
    const stored = events.ok ? await storeEvents(store, events.value.map(success), words) : events
    if (!stored.ok) notice(stored.failure)
  }
  return store
}
