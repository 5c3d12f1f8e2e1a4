/** The stores that there are, in Node: a browser's storage, and memory. */
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { unwrap } from '../../src/core/failure.ts'
import { openIndexedDb } from '../../src/store/indexed-db.ts'
import { createMemoryStore } from '../../src/store/memory-store.ts'
import type { Store } from '../../src/store/store.ts'

/** Nothing is stored any more. */
export function forgetStored(): void {
  globalThis.indexedDB = new IDBFactory()
}

export async function openBrowserStore(): Promise<Store> {
  return unwrap(await openIndexedDb())
}

/** For `describe.each`: what each is called, and how it is opened. */
export const STORES: readonly (readonly [string, () => Promise<Store>])[] = [
  ['IndexedDB', openBrowserStore],
  ['memory', async () => createMemoryStore()],
]
