/** What the page is told of. Until it listens, it is kept. */
import type { Failure } from '../../core/failure.ts'
import type { LabUpdate } from '../protocol/lab-api.ts'

export interface Updates {
  subscribe(listener: (update: LabUpdate) => void): void
  emit(update: LabUpdate): void
  notice(problem: Failure): void
  /** Said once in a visit. */
  noticeOnce(problem: Failure): void
}

export function createUpdates(): Updates {
  let listener: ((update: LabUpdate) => void) | undefined
  let unheard: LabUpdate[] = []
  const noticed = new Set<string>()
  const emit = (update: LabUpdate): void => {
    if (listener === undefined) unheard.push(update)
    else listener(update)
  }
  const notice = (failure: Failure): void => emit({ type: 'notice', failure })
  return {
    emit,
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
