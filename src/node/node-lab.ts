/** The lab without a page: the shipped files from disk, memory or any IndexedDB for storage. For scripts and tests. */
import { type Result, success } from '../core/failure.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../core/settings/settings.ts'
import { createMemoryStore } from '../store/memory-store.ts'
import { type Lab, openLab } from '../worker/lab/lab.ts'
import type { LabParts } from '../worker/lab/lab-ports.ts'
import { memorySink } from '../worker/machine/export-sink.ts'
import { NO_LOCKS } from '../worker/machine/locks.ts'
import type { World } from '../worker/worlds/world.ts'
import { shippedSource } from '../worker/worlds/world-source.ts'
import { diskLoader, SITE } from './disk-loader.ts'

/** A shipped environment with the embedded policy. */
export function loadShippedWorld(config: RunConfig = DEFAULT_CONFIG, site: string = SITE): Promise<Result<World>> {
  return shippedSource(diskLoader(site), config.environment).world(config)
}

/** A lab without a page. Storage is memory unless `parts` brings another. */
export function createNodeLab(parts: Partial<LabParts> = {}): Lab {
  return openLab({
    loader: diskLoader(),
    openStore: async () => success(createMemoryStore()),
    locks: NO_LOCKS,
    openSink: async () => memorySink(),
    now: () => performance.now(),
    date: () => Date.now(),
    ...parts,
  })
}
