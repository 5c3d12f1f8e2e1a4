/** Who writes a run. A run is written by one tab at a time; others may read it (Web Locks). */

/** Gives a run back; resolves when another may have it. */
export type Release = () => Promise<void>

export interface Locks {
  /** Undefined while another tab writes the run. */
  acquire(runId: string): Promise<Release | undefined>
}

/** After a reload the browser takes a moment to notice that the worker before is gone. */
const PATIENCE_MS = 250

/** Web Locks are given back by the browser when the tab or its worker dies, however it dies. */
export function webLocks(manager: LockManager): Locks {
  return {
    async acquire(runId) {
      const name = `rro-lab/run/${runId}`
      for (;;) {
        const release = await request(manager, name)
        if (release !== undefined || (await isHeld(manager, name))) return release
        // Nobody has it: the browser is only slow.
      }
    },
  }
}

/** @returns undefined when it was waited for in vain */
function request(manager: LockManager, name: string): Promise<Release | undefined> {
  return new Promise((resolve) => {
    const held: Promise<void> = manager.request(
      name,
      { signal: AbortSignal.timeout(PATIENCE_MS) },
      () =>
        new Promise<void>((letGo) => {
          resolve(() => {
            letGo()
            return held
          })
        }),
    )
    held.catch((thrown: unknown) => {
      const busy = thrown instanceof Error && /^(Timeout|Abort)Error$/.test(thrown.name)
      resolve(busy ? undefined : nothingToRelease) // locks are refused here (opaque origin): as where there are none
    })
  })
}

async function isHeld(manager: LockManager, name: string): Promise<boolean> {
  const { held = [] } = await manager.query()
  return held.some((lock) => lock.name === name)
}

async function nothingToRelease(): Promise<void> {}

/** Where the browser has no Web Locks, an append that does not follow on the stored log is still refused. */
export const NO_LOCKS: Locks = { acquire: async () => nothingToRelease }

export function locksHere(): Locks {
  const manager = typeof navigator === 'undefined' ? undefined : navigator.locks
  return manager === undefined ? NO_LOCKS : webLocks(manager)
}
