/** A run of a gigabyte in the built page: brought, made into a data set; the peak of the page's memory and the time of both. */

import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { grouped } from '../../core/grouped.ts'
import { openProfile } from '../browser/browser.ts'
import { findBrowser } from '../browser/find-browser.ts'
import { serveBuiltSite } from '../browser/site-server.ts'
import { writeLongRun } from './long-run.ts'
import { watched } from './watched.ts'

const HOUR_MS = 3_600_000

export async function benchPageDatasetMemory(bytes = 1e9) {
  const folder = await mkdtemp(join(tmpdir(), 'rro-bench-'))
  const server = await serveBuiltSite('bench-data-site')
  // In a profile on disk: a browser without one keeps what is stored in memory.
  const context = await openProfile(findBrowser(), join(folder, 'profile'), { serviceWorkers: 'block' })
  try {
    const run = join(folder, 'long.jsonl')
    const tasks = await writeLongRun(run, bytes)
    context.setDefaultTimeout(HOUR_MS)
    const page = await context.newPage()
    await page.goto(`${server.address}#data`)
    const browser = context.browser()
    const input = page.getByLabel('Import a run (.jsonl)')
    await input.waitFor({ state: 'attached' })
    const imported = await watched(browser, async () => {
      await input.setInputFiles(run)
      await page.getByText(/^Imported "/).waitFor()
    })
    await page.goto('about:blank') // so that its memory is that of a page which has brought nothing
    await page.goto(`${server.address}#data&part=build`)
    const builder = page.locator('rro-dataset-builder')
    await builder.getByRole('button', { name: 'None' }).click()
    const looked = await watched(browser, async () => {
      await builder.getByRole('checkbox', { name: new RegExp(`, ${grouped(tasks)} tasks, `) }).click()
      await builder.getByRole('button', { name: /^Write [\d,]+ rows$/ }).waitFor()
    })
    const written = await watched(browser, async () => {
      const download = page.waitForEvent('download')
      await builder.getByRole('button', { name: /^Write / }).click()
      await (await download).saveAs(join(folder, 'rows.jsonl'))
    })
    const { size } = await stat(join(folder, 'rows.jsonl'))
    return { runBytes: (await stat(run)).size, tasks, imported, looked, written: { ...written, bytes: size } }
  } finally {
    await context.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}
