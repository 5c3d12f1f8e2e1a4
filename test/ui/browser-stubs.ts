/** What the page's state asks of a browser, for tests without one. */
import { vi } from 'vitest'

export function stubBrowser(hash = ''): void {
  const location = { hash, pathname: '/', search: '' }
  vi.stubGlobal('location', location)
  vi.stubGlobal('history', {
    replaceState: (_: unknown, __: string, url: string) => {
      location.hash = url
    },
  })
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  vi.stubGlobal('document', { hidden: true }) // there are no frames
  vi.stubGlobal('addEventListener', () => {})
}
