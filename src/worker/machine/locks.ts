/** Who writes a run. A run is written by one tab at a time; others may read it (Web Locks). */

/** Gives a run back; resolves when another may have it. */
export type Release = () => Promise<void>

export interface Locks {
  /** Undefined while another tab writes the run. */
  acquire(runId: string): Promise<Release | undefined>
}

/** After a reload the browser takes a moment to notice that the worker before is gone: so often it is asked, so far apart. */
const ATTEMPTS = 10
const APART_MS = 25

/** Web Locks are given back by the browser when the tab or its worker dies, however it dies. */
export function webLocks(manager: LockManager): Locks {
  return {
    async acquire(runId) {
      for (let left = ATTEMPTS; ; left--) {
        const release = await request(manager, `rro-lab/run/${runId}`)
        if (release !== undefined || left === 0) return release
        await new Promise((waited) => setTimeout(waited, APART_MS))
      }
    },
  }
}

/** However slow the browser, its answer is waited for: a lock that does not come is not one that another has. @returns undefined while another has it */
function request(manager: LockManager, name: string): Promise<Release | undefined> {
  return new Promise((resolve) => {
    const held: Promise<void> = manager.request(name, { ifAvailable: true }, (lock) => {
      if (lock === null) return resolve(undefined)
      return new Promise<void>((letGo) => {
        resolve(() => {
          letGo()
          return held
        })
      })
    })
    held.catch(() => resolve(nothingToRelease)) // locks are refused here (opaque origin): as where there are none
  })
}

async function nothingToRelease(): Promise<void> {}

/** Where the browser has no Web Locks, an append that does not follow on the stored log is still refused. */
export const NO_LOCKS: Locks = { acquire: async () => nothingToRelease }

export function locksHere(): Locks {
  const manager = typeof navigator === 'undefined' ? undefined : navigator.locks
  return manager === undefined ? NO_LOCKS : webLocks(manager)
}
