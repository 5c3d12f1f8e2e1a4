/** What a piece of work takes in the browser: time, and the peak of the memory of the page's process. */
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { rounded } from './measure.ts'

const MS_BETWEEN_LOOKS = 50

/** The largest of the browser's renderers, a look every 50 ms; 0 where the system does not tell. */
export async function watched(browser: Browser | null, work: () => Promise<unknown>) {
  const session = await browser?.newBrowserCDPSession()
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {}
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  const begun = performance.now()
  let peak = 0
  let over = false
  const watching = (async () => {
    while (!over) {
      peak = Math.max(peak, ...(await Promise.all(renderers.map(residentBytes))))
      await new Promise((next) => setTimeout(next, MS_BETWEEN_LOOKS))
    }
  })()
  try {
    await work()
  } finally {
    over = true
    await watching
  }
  return { peakMegabytes: Math.round(peak / 1e6), seconds: rounded((performance.now() - begun) / 1000) }
}

/** What a process has in memory for itself, as Chromium's task manager tells it: without the program's own code. */
async function residentBytes(id: number): Promise<number> {
  try {
    const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(await readFile(`/proc/${id}/status`, 'utf8')) ?? []
    return Number(kilobytes ?? 0) * 1024
  } catch {
    return 0 // it is gone
  }
}
