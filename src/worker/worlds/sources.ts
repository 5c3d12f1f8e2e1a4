/** The data at hand: for each environment where its worlds come from; what ships with the page, until other data is brought. */
import type { RunConfig } from '../../core/settings/run-config.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { shippedSource, type WorldSource } from './world-source.ts'

export interface Sources {
  at(environment: RunConfig['environment']): WorldSource
  /** Undefined while nobody has asked for it. */
  known(environment: RunConfig['environment']): WorldSource | undefined
  /** Takes the place of what there was for its environment. */
  put(source: WorldSource): void
}

export function createSources(loader: DataLoader): Sources {
  const sources = new Map<RunConfig['environment'], WorldSource>()
  const put = (source: WorldSource): WorldSource => {
    sources.set(source.environment, source)
    return source
  }
  return {
    at: (environment) => sources.get(environment) ?? put(shippedSource(loader, environment)),
    known: (environment) => sources.get(environment),
    put,
  }
}
