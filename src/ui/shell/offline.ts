/**
 * The page without a network: has the site kept by its service worker, after the first picture, and offers a newer version
 * when there is one. It takes over when it is asked to and nothing is at work, in any tab.
 */
import type { PageState } from '../state/page-state.ts'
import { AtWork } from './at-work.ts'

const FILE = 'service-worker.js'

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(given: string): string }
}

/** Does nothing where the browser has no service workers, or refuses them. */
export async function keepOffline(page: PageState): Promise<void> {
  if (!('serviceWorker' in navigator) || !('locks' in navigator) || savesData()) return
  if (page.address.workspace === 'explore') await firstPicture()
  try {
    watch(page, await navigator.serviceWorker.register(address()))
  } catch {
    // As it was without: the page needs its site.
  }
}

/** Whoever pays for every byte has asked for less of them; what was kept before stays. */
function savesData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true
}

/** The one script that this may be, whatever is asked. */
function address(): string {
  const rules = { createScriptURL: () => FILE }
  const { trustedTypes } = globalThis as { trustedTypes?: Policies } // not in every browser
  return (trustedTypes?.createPolicy('offline', rules) ?? rules).createScriptURL('')
}

function firstPicture(): Promise<void> {
  return new Promise((painted) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName('rro:first-candidate').length === 0) return
      observer.disconnect()
      painted()
    })
    observer.observe({ type: 'mark', buffered: true })
  })
}

function watch(page: PageState, registration: ServiceWorkerRegistration): void {
  const work = new AtWork(page)
  const { serviceWorker } = navigator
  let asked = false
  let old = serviceWorker.controller !== null
  const offer = (): void => {
    page.notices.offer('A newer version of this page is here.', [{ label: 'Reload', act: () => void update() }])
  }
  const update = async (): Promise<void> => {
    asked = true
    if (work.here) page.notices.tell('The newer version comes when what is at work has come to rest.')
    await work.rest(() => {
      if (registration.waiting === null) location.reload()
      else registration.waiting.postMessage('take over')
    })
  }
  serviceWorker.addEventListener('controllerchange', () => {
    if (asked) location.reload()
    else if (old) offer() // another tab was asked: what this one fetches from now on may not fit
    old = true
  })
  registration.addEventListener('updatefound', () => {
    const { installing, active } = registration
    if (active === null) return // the first one
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') offer()
    })
  })
  if (registration.waiting !== null) offer()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {}) // without a network there is none
  })
}
