/** What may be wrong with the browser's storage, in sentences that say what happened and what to do next. */
import { type Failure, messageOf } from '../core/failure.ts'

/** By our own names of troubles (storage-trouble.ts), and by the names of what IndexedDB throws. */
const KNOWN: Readonly<Record<string, readonly [code: string, sentence: string]>> = {
  missing: ['storage-missing', `This browser offers no storage to the page.`],
  late: ['storage-late', `The browser’s storage did not open within 10 seconds.`],
  rooms: [
    'storage-rooms',
    `The browser’s storage of this page lacks some of its parts: something else made it, or it was cut short. What it may hold is left as it is.`,
  ],
  blocked: [
    'storage-blocked',
    `Another tab still uses an older version of RRO Lab’s storage. Close the other RRO Lab tabs, then try again.`,
  ],
  outdated: [
    'storage-outdated',
    'A newer version of RRO Lab was opened in another tab. Everything that this page showed as saved is saved; reload it to go on.',
  ],
  deleted: [
    'storage-deleted',
    'The stored runs, comparisons and agents were deleted, in another tab or in the browser’s settings: also those that this page showed as saved. Nothing more is stored until you start anew.',
  ],
  QuotaExceededError: [
    'storage-full',
    'The browser’s storage for this site is full, so the newest events were not saved; all earlier ones are. Export and delete runs you no longer need (for good, under Data), or free disk space, then go on.',
  ],
  VersionError: [
    'storage-newer',
    `The stored runs were written by a newer RRO Lab than this page. Reload the page to get it; nothing was changed.`,
  ],
  SecurityError: [
    'storage-denied',
    `The browser does not let this page store anything (private window, blocked site data, or shown inside another page’s frame).`,
  ],
}

const SAME: Readonly<Record<string, string>> = { InvalidAccessError: 'SecurityError' }
/** Chromium's words in a frame that may store nothing, under a name that says nothing. */
const DENIED = /denied permission/
const BROKEN = /^(UnknownError|DataError|NotReadableError)$/

/** @param trouble one of ours by its name (storage-trouble.ts), or anything that was thrown */
export function storageFailure(trouble: unknown): Failure {
  const what = messageOf(trouble)
  const name = typeof trouble === 'string' ? trouble : nameOf(trouble)
  const known = KNOWN[DENIED.test(what) ? 'SecurityError' : (SAME[name] ?? name)]
  if (known !== undefined) return { code: known[0], message: known[1] }
  if (BROKEN.test(name)) {
    const words = `The browser could not read its own storage (${what}).`
    return {
      code: 'storage-broken',
      message: `${words} Restart the browser; if it stays so, the disk may be full or damaged.`,
    }
  }
  const words = `The browser’s storage did not answer (${name === '' ? '' : `${name}: `}${what}).`
  return {
    code: 'storage-failed',
    message: `${words} Nothing that was saved is touched; reload the page to try again.`,
  }
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error || thrown instanceof DOMException ? thrown.name : ''
}
