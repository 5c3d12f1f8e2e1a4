/** A storage that does not open, opens without its rooms, or is deleted while it is open. */
import { forceCloseDatabase } from 'fake-indexeddb'
import { deleteDB, openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SCHEMA_VERSION } from '../../src/store/database.ts'
import { emptyStorage } from '../../src/store/empty-storage.ts'
import { openIndexedDb } from '../../src/store/indexed-db.ts'
import type { StorageNews } from '../../src/store/storage-trouble.ts'
import { forgetStored } from './browser-store.ts'
import { storeToyRun } from './stored-run.ts'

/** Those that a page has opened. */
const connections = new Set<IDBDatabase>()
const request = IDBFactory.prototype.open
beforeEach(() => {
  forgetStored()
  connections.clear()
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, ...given) {
    const opening = request.apply(this, given)
    opening.addEventListener('success', () => connections.add(opening.result))
    return opening
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function hearing() {
  const told: StorageNews[] = []
  return { told, tell: (news: StorageNews) => void told.push(news) }
}

describe('a storage that cannot be opened is a sentence, where', () => {
  test.each([
    ['opening throws', 'SecurityError', 'storage-denied'],
    ['opening throws what nobody knows', 'OddError', 'storage-failed'],
    ['the disk cannot be read', 'UnknownError', 'storage-broken'],
  ])('%s', async (_name, thrown, code) => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('not here', thrown)
    })
    expect(await openIndexedDb()).toMatchObject({ ok: false, failure: { code } })
  })

  test('the page is shown in a frame that may store nothing', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('The user denied permission to access the database.', 'UnknownError')
    })
    const message = expect.stringMatching(/does not let this page store anything .* inside another page’s frame/)
    expect(await openIndexedDb()).toMatchObject({ ok: false, failure: { code: 'storage-denied', message } })
  })

  test('even asking whether there is one throws', async () => {
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => {
        throw new DOMException('blocked', 'SecurityError')
      },
    })
    const opened = await openIndexedDb()
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, writable: true, value: undefined })
    expect(opened).toMatchObject({ ok: false, failure: { code: 'storage-denied' } })
  })
})

test('an opening that never ends is told of, then given up; one that comes later is let go of', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let opened: (open: () => unknown) => void = () => {}
  const late = new Promise<() => unknown>((resolve) => {
    opened = resolve
  })
  vi.mocked(indexedDB.open).mockImplementation(function (this: IDBFactory, ...given) {
    const opening = request.apply(this, given)
    const dispatch = opening.dispatchEvent.bind(opening)
    opening.dispatchEvent = (event) => {
      if (event.type !== 'success') return dispatch(event)
      opened(() => dispatch(event))
      return true
    }
    return opening
  })
  const { told, tell } = hearing()
  const opening = openIndexedDb(tell)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(told).toEqual([{ state: 'opening', mostMs: 10_000 }])
  await vi.advanceTimersByTimeAsync(9_000)
  expect(await opening).toMatchObject({ ok: false, failure: { code: 'storage-late', message: /10 seconds/ } })
  vi.useRealTimers()
  vi.restoreAllMocks()
  ;(await late)()
  // Whoever holds a database open holds up its deletion.
  await expect(deleteDB('rro-lab', { blocked: () => expect.fail('still open') })).resolves.toBeUndefined()
})

describe('a database without its rooms', () => {
  test('is a sentence, is left as it is, and can be emptied', async () => {
    const other = await openDB('rro-lab', SCHEMA_VERSION, {
      upgrade: (database) => void database.createObjectStore('runs'),
    })
    await other.put('runs', 'something', 'key')
    other.close()
    expect(await openIndexedDb()).toMatchObject({ ok: false, failure: { code: 'storage-rooms', message: /lacks/ } })
    const again = await openDB('rro-lab')
    expect(await again.get('runs', 'key')).toBe('something')
    again.close()
    expect(await emptyStorage()).toEqual({ ok: true, value: true })
    expect(await openIndexedDb()).toMatchObject({ ok: true })
  })

  test('gets them with the next version', async () => {
    ;(await openDB('rro-lab', 1)).close()
    const opened = await openIndexedDb()
    expect(opened.ok && (await opened.value.runs())).toEqual({ ok: true, value: { records: [], unreadable: [] } })
  })

  test('is not emptied while another tab holds it', async () => {
    const held = await openDB('rro-lab', SCHEMA_VERSION)
    expect(await emptyStorage()).toMatchObject({ ok: false, failure: { code: 'storage-blocked' } })
    held.close()
  })
})

describe('a database that is deleted while it is open', () => {
  test.each([
    ['by another tab', () => deleteDB('rro-lab')],
    [
      'by the browser',
      async () => {
        const [connection] = [...connections]
        await new Promise((resolve) => {
          connection?.addEventListener('close', resolve)
          forceCloseDatabase(connection as never) // its own class
        })
        await deleteDB('rro-lab')
      },
    ],
  ])('%s is told of at once, takes nothing more, and is not made anew', async (_name, remove) => {
    const { told, tell } = hearing()
    const opened = await openIndexedDb(tell)
    if (!opened.ok) expect.fail(opened.failure.message)
    const store = opened.value
    await storeToyRun(store, 'a', 100)
    await remove()
    expect(await store.runs()).toMatchObject({ ok: false, failure: { code: 'storage-deleted' } })
    await vi.waitFor(() => expect(told).toMatchObject([{ state: 'gone', failure: { code: 'storage-deleted' } }]))
    expect(await store.run('a')).toMatchObject({ ok: false, failure: { message: /were deleted/ } })
    expect(await indexedDB.databases()).toEqual([])
  })
})
