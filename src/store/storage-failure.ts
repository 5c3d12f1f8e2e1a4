/** What IndexedDB can throw, in sentences that say what happened and what to do next. */
import { failure, messageOf } from '../core/failure.ts'

export function storageFailure(thrown: unknown): ReturnType<typeof failure> {
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : ''
  switch (name) {
    case 'QuotaExceededError':
      return failure(
        'storage-full',
        'The browser’s storage for this site is full, so the newest events were not saved; all earlier ones are. Export and delete runs you no longer need, or free disk space, then go on.',
      )
    case 'VersionError':
      return failure(
        'storage-newer',
        'The stored runs were written by a newer RRO Lab than this page. Reload the page to get it; nothing was changed.',
      )
    case 'SecurityError':
    case 'InvalidAccessError':
      return failure(
        'storage-denied',
        'The browser does not let this page store anything (private window or blocked site data). Runs work, but are gone after a reload: export what you want to keep.',
      )
    case 'UnknownError':
    case 'DataError':
    case 'NotReadableError':
      return failure(
        'storage-broken',
        `The browser could not read its own storage (${messageOf(thrown)}). Restart the browser; if it stays so, the disk may be full or damaged.`,
      )
    default:
      return failure(
        'storage-failed',
        `The browser’s storage did not answer (${name === '' ? '' : `${name}: `}${messageOf(thrown)}). Nothing that was saved is touched; reload the page to try again.`,
      )
  }
}

export const STORAGE_MISSING = failure(
  'storage-missing',
  'This browser offers no storage to the page. Runs work, but are gone after a reload: export what you want to keep.',
)

export const STORAGE_BLOCKED = failure(
  'storage-blocked',
  'Another tab still uses an older version of RRO Lab’s storage. Close the other RRO Lab tabs, then reload this page.',
)

export const STORAGE_OUTDATED = failure(
  'storage-outdated',
  'A newer version of RRO Lab was opened in another tab. Everything up to here is saved; reload this page to go on.',
)
