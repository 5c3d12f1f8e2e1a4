/** The worker itself: the lab with the browser's storage, locks, clock and files, behind comlink. */
import * as Comlink from 'comlink'
import { fetched } from '../../core/fetched.ts'
import { openIndexedDb } from '../../store/indexed-db.ts'
import { fetchLoader } from '../machine/data-loader.ts'
import { locksHere } from '../machine/locks.ts'
import { openLab } from './lab.ts'

// The site's folder: Vite serves the worker from /src/worker, and builds it into <site>/assets.
const script = import.meta.url // the worker itself is a blob
const base = new URL(import.meta.env.DEV ? '/' : '../', script)

const lab = openLab({
  loader: fetchLoader(base),
  openStore: (tell) => openIndexedDb(tell),
  emptyStorage: async () => (await import('../../store/empty-storage.ts')).emptyStorage(),
  locks: locksHere(),
  openSink: async (name) => (await import('../machine/export-sink.ts')).openSink(name),
  now: () => performance.now(),
  date: () => Date.now(),
})

Comlink.expose(lab)

// The first picture comes first; a moment later the rest, for a page that is still open when the network is not.
setTimeout(() => {
  void lab.warm()
  void fetched(() => import('../machine/export-folder.ts')).then((code) => {
    if (code.ok) void code.value.cleanExports(Date.now())
  })
}, 3_000)
