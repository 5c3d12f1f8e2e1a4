/** In a page: speeds of explorations, from the shipped files that it fetches. */
import { unwrap } from '../../core/failure.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../core/settings/settings.ts'
import { fetchLoader } from '../../worker/machine/data-loader.ts'
import { shippedSource } from '../../worker/worlds/world-source.ts'
import { speedsOf } from './explored.ts'

async function bench(settings: Pick<RunConfig, 'environment' | 'tasks'>, explorations: number) {
  const loader = fetchLoader(new URL('.', location.href))
  const world = unwrap(await shippedSource(loader, settings.environment).world({ ...DEFAULT_CONFIG, ...settings }))
  return speedsOf(world, settings, explorations)
}

export type Bench = typeof bench
Object.assign(globalThis, { bench })
