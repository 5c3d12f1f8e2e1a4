/** A browser's storage in Node. */
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { unwrap } from '../../src/core/failure.ts'
import { openIndexedDb } from '../../src/store/indexed-db.ts'
import type { Store } from '../../src/store/store.ts'

/** Nothing is stored any more. */
export function forgetStored(): void {
  globalThis.indexedDB = new IDBFactory()
}

export async function openBrowserStore(): Promise<Store> {
  return unwrap(await openIndexedDb())
}
