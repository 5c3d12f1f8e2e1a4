/** What the page's state asks of a browser, for tests without one. */
import { vi } from 'vitest'
import { countTimers } from '../timers.ts'

export function stubBrowser(hash = ''): void {
  const location = { hash, pathname: '/', search: '' }
  vi.stubGlobal('location', location)
  const history = {
    state: null as unknown,
    entries: 1,
    replaceState: (state: unknown, _: string, url: string) => {
      history.state = state
      location.hash = url.startsWith('#') ? url : ''
    },
    pushState: (state: unknown, _: string, url: string) => {
      history.entries++
      history.replaceState(state, _, url)
    },
  }
  vi.stubGlobal('history', history)
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 })
  vi.stubGlobal('document', { hidden: false })
  vi.stubGlobal('requestAnimationFrame', () => {}) // no frame comes: what plays stands still, also when its test is over
  vi.stubGlobal('addEventListener', () => {})
  countTimers()
}
