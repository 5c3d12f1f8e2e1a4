/**
 * The whole site again without a network (docs/decisions/0035-offline.md): what the build lists is kept when a version is
 * installed, and given from there from then on. A newer version waits until the page says that it may take over.
 */
import { clientsClaim, setCacheNameDetails } from 'workbox-core'
import { type PrecacheEntry, precacheAndRoute } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'

/** What is used of the thread that this is; the types of the page and of a service worker do not go together. */
interface ServiceWorker {
  readonly registration: { readonly scope: string }
  skipWaiting(): Promise<void>
  addEventListener(type: 'message', heard: (event: MessageEvent<unknown>) => void): void
  addEventListener(type: 'activate', heard: (event: { waitUntil(done: Promise<unknown>): void }) => void): void
}

/** Written in by the build (src/scripts/site/offline-site.ts). */
declare const __SITE_FILES__: PrecacheEntry[]
declare const __LATER_FILES__: readonly string[]

const here = globalThis as unknown as ServiceWorker // of no other thread

setCacheNameDetails({ prefix: 'rro-lab' })
// The state of the page stands behind the `#`; whatever else follows its address asks for the same page.
precacheAndRoute(__SITE_FILES__, { ignoreURLParametersMatching: [/.*/] })

/** Too large to be kept before anybody wants it; from then on it is. */
const later = new Set(__LATER_FILES__.map((file) => new URL(file, here.registration.scope).href))
const LATER = `rro-lab-later-${here.registration.scope}`
registerRoute(({ url }) => later.has(url.href), new CacheFirst({ cacheName: LATER }))

here.addEventListener('activate', (event) => event.waitUntil(forgetOld()))
here.addEventListener('message', ({ data }) => {
  if (data === 'take over') void here.skipWaiting()
})
clientsClaim()

/** Those of earlier versions. */
async function forgetOld(): Promise<void> {
  const cache = await caches.open(LATER)
  const old = (await cache.keys()).filter(({ url }) => !later.has(url))
  await Promise.all(old.map((request) => cache.delete(request)))
}
