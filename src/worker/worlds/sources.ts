/** The data at hand: for each environment where its worlds come from; what ships with the page, until other data is brought. */
import type { WorldEdit } from '../../core/log/world-edit.ts'
import type { RunConfig } from '../../core/settings/run-config.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { shippedSource, type WorldSource } from './world-source.ts'

/** Edited worlds that are kept: going back and forth between two makes none anew. */
const MOST_EDITIONS = 3

export interface Sources {
  /** @param edits on top of it */
  at(environment: RunConfig['environment'], edits?: readonly WorldEdit[]): WorldSource
  /** Undefined while nobody has asked for it. */
  known(environment: RunConfig['environment']): WorldSource | undefined
  /** Takes the place of what there was for its environment. */
  put(source: WorldSource): void
}

export function createSources(loader: DataLoader): Sources {
  const sources = new Map<RunConfig['environment'], WorldSource>()
  /** By environment and edits, the newest last. */
  const editions = new Map<string, WorldSource>()
  const put = (source: WorldSource): WorldSource => {
    sources.set(source.environment, source)
    editions.clear() // they were of the data before
    return source
  }
  const loaded = (environment: RunConfig['environment']): WorldSource =>
    sources.get(environment) ?? put(shippedSource(loader, environment))
  return {
    at(environment, edits = []) {
      const source = loaded(environment)
      if (edits.length === 0) return source
      const key = JSON.stringify([environment, edits])
      const edited = editions.get(key) ?? source.edited(edits)
      editions.delete(key)
      if (editions.size >= MOST_EDITIONS) editions.delete([...editions.keys()][0] ?? '')
      editions.set(key, edited)
      return edited
    },
    known: (environment) => sources.get(environment),
    put,
  }
}
