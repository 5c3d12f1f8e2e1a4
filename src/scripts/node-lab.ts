/** The lab's parts in Node: the shipped files from disk, memory or any IndexedDB for storage. For scripts and tests. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { failure, messageOf, type Result, success } from '../core/failure.ts'
import { createMemoryStore } from '../store/memory-store.ts'
import { DATA_FILES, DATA_FOLDER, type DataLoader, POLICY_FILE, RECORDED_FILE } from '../worker/data-loader.ts'
import { memorySink } from '../worker/export-sink.ts'
import { Lab, type LabParts } from '../worker/lab.ts'
import { NO_LOCKS } from '../worker/locks.ts'
import { shippedStage } from '../worker/stage.ts'
import type { World } from '../worker/world.ts'

/** `public/`, whose content is the root of the site. */
export const SITE = fileURLToPath(new URL('../../public/', import.meta.url))

export function diskLoader(site: string = SITE): DataLoader {
  const text = async (path: string): Promise<Result<string>> => {
    try {
      return success(await readFile(`${site}/${path}`, 'utf8'))
    } catch (thrown) {
      return failure('data-unavailable', `${path} could not be read: ${messageOf(thrown)}.`)
    }
  }
  return {
    async files() {
      const files: { name: string; text: string }[] = []
      for (const name of Object.values(DATA_FILES)) {
        const read = await text(`${DATA_FOLDER}/${name}`)
        if (!read.ok) return read
        files.push({ name, text: read.value })
      }
      return success(files)
    },
    policy: () => text(POLICY_FILE),
    async recorded() {
      const read = await text(RECORDED_FILE)
      return read.ok ? read.value : undefined
    },
  }
}

/** The shipped WebShop with the embedded policy. */
export function loadShippedWorld(site: string = SITE): Promise<Result<World>> {
  return shippedStage(diskLoader(site)).world()
}

/** A lab without a page. Storage is memory unless `parts` brings another. */
export function createNodeLab(parts: Partial<LabParts> = {}): Lab {
  return new Lab({
    loader: diskLoader(),
    openStore: async () => success(createMemoryStore()),
    locks: NO_LOCKS,
    openSink: async () => memorySink(),
    now: () => performance.now(),
    date: () => Date.now(),
    ...parts,
  })
}
