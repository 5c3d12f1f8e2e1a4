/** What has to come before anything can stand there: the page's script, the lab's, and all that these import at once. */
import { gzipSync } from 'node:zlib'
import { expect, inject, test } from 'vitest'

const MOST_BYTES = 55_000

/** Scripts by their address, with all that they import, but for what is fetched when it is asked for. */
async function closure(address: string, known = new Map<string, string>()): Promise<Map<string, string>> {
  if (known.has(address)) return known
  const response = await fetch(address)
  expect(response.headers.get('content-type'), address).toMatch(/javascript/)
  const text = await response.text()
  known.set(address, text)
  for (const [, path = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.\/[^"']+\.js)["']/g))
    await closure(new URL(path, address).href, known)
  return known
}

test('the first load of scripts is small', async () => {
  const site = inject('site')
  const html = await (await fetch(site)).text()
  const [, entry = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(html) ?? []
  const scripts = await closure(new URL(entry, site).href)
  const [lab = ''] = /[\w./-]*lab\.worker[\w.-]*\.js/.exec([...scripts.values()].join('\n')) ?? []
  await closure(new URL(lab.startsWith('assets/') ? lab : `assets/${lab.replace(/^.*\//, '')}`, site).href, scripts)
  expect(scripts.size).toBeGreaterThan(1)
  const bytes = [...scripts.values()].reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0)
  expect(bytes).toBeGreaterThan(30_000) // so little would be a page without its lab
  expect(bytes).toBeLessThan(MOST_BYTES)
})
