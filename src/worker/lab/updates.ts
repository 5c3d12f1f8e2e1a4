/** What the page is told of. Until it listens, it is kept. */
import type { Failure } from '../../core/failure.ts'
import type { LabUpdate } from '../protocol/lab-api.ts'

/** Resolves when the page shows what it was told. */
type Listener = (update: LabUpdate) => unknown

export interface Updates {
  subscribe(listener: Listener): void
  emit(update: LabUpdate): void
  /** Whether the page has yet to show something that it was told: whoever tells how far it has come waits meanwhile. */
  busy(): boolean
  notice(problem: Failure): void
  /** Said once in a visit. */
  noticeOnce(problem: Failure): void
}

export function createUpdates(): Updates {
  let listener: Listener | undefined
  let unheard: LabUpdate[] = []
  /** Told and not shown yet. */
  let unshown = 0
  const noticed = new Set<string>()
  const tell = async (to: Listener, update: LabUpdate): Promise<void> => {
    unshown++
    try {
      await to(update)
    } catch {
      // It could not be shown: that is the page's own trouble, and what comes next may be.
    } finally {
      unshown--
    }
  }
  const emit = (update: LabUpdate): void => {
    if (listener === undefined) unheard.push(update)
    else void tell(listener, update)
  }
  const notice = (failure: Failure): void => emit({ type: 'notice', failure })
  return {
    emit,
    busy: () => unshown > 0,
    notice,
    noticeOnce(problem) {
      if (noticed.has(problem.message)) return
      noticed.add(problem.message)
      notice(problem)
    },
    subscribe(given) {
      listener = given
      const kept = unheard
      unheard = []
      for (const update of kept) emit(update)
    },
  }
}
