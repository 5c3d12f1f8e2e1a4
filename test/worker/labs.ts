/** Labs that are closed when their test is over, and what several of them share. */
import { onTestFinished } from 'vitest'
import { unwrap } from '../../src/core/failure.ts'
import type { RunEvent } from '../../src/core/log/events.ts'
import { readWholeRunFile } from '../../src/formats/run-file.ts'
import { diskLoader } from '../../src/node/disk-loader.ts'
import { createNodeLab } from '../../src/node/node-lab.ts'
import type { Lab } from '../../src/worker/lab/lab.ts'
import type { LabParts } from '../../src/worker/lab/lab-ports.ts'
import type { Locks } from '../../src/worker/machine/locks.ts'

const disk = diskLoader()
const [shop, sql] = await Promise.all([disk.files('webshop'), disk.files('intercode-sql')])

/** What ships with the page, its data read once, without the recorded runs. */
export const SHIPPED: LabParts['loader'] = {
  ...disk,
  files: async (environment) => (environment === 'webshop' ? shop : sql),
  recorded: async () => undefined,
}

const opened: Lab[] = []

/** A lab over the shipped files, in memory unless `parts` say otherwise. */
export function openTestLab(parts: Partial<LabParts> = {}): Lab {
  const lab = createNodeLab({ loader: SHIPPED, ...parts })
  opened.push(lab)
  onTestFinished(closeLabs)
  return lab
}

/** All that are open. */
export async function closeLabs(): Promise<void> {
  for (const lab of opened.splice(0)) await lab.close()
}

/** One lock for all labs of a test, as all tabs of a browser share theirs. */
export function sharedLocks(): Locks {
  const held = new Set<string>()
  return {
    async acquire(id) {
      if (held.has(id)) return undefined
      held.add(id)
      return async () => {
        held.delete(id)
      }
    },
  }
}

/** A run's file. */
export async function fileOf(lab: Lab, id: string): Promise<string> {
  return unwrap(await lab.export(id, 'run')).file.text()
}

export async function logOf(lab: Lab, id: string): Promise<RunEvent[]> {
  return unwrap(await readWholeRunFile([await fileOf(lab, id)]))
}
