/** A visitor's moves, by what stands on the page: roles and names, never styles. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Download, Page } from 'playwright-core'
import { inject, onTestFinished } from 'vitest'
import { openBrowser, openProfile } from '../../src/scripts/browser/browser.ts'
import { PATIENCE_MS, SLOW } from '../pace.ts'

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** What the page complained of: uncaught errors, console errors, requests to other hosts. */
  readonly complaints: string[]
}

/** Of the thread that runs the tests of file after file; it ends with the thread. */
let shared: Promise<Browser> | undefined

/** What is kept for later visits would fill disks that tests measure; test/browser/offline.test.ts allows it. */
export const NOTHING_KEPT = { serviceWorkers: 'block' } as const

/** A new visitor, with storage of their own, in a browser that tests share. */
export async function visit(hash = '', options: BrowserContextOptions = {}): Promise<Visit> {
  return look(await newVisitor(options), hash)
}

export async function newVisitor(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  shared ??= openBrowser(inject('browser')).then((browser) => browser.on('disconnected', forgetBrowser))
  shared.catch(forgetBrowser)
  const browser = await shared
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...NOTHING_KEPT, ...options })
  onTestFinished(() => context.close())
  return context
}

/** A browser that crashed, or never began, has no part in the tests that come after. */
function forgetBrowser(): void {
  shared = undefined
}

/** A visitor whose storage outlives their browser. */
export async function visitWithProfile(profile: string, hash = ''): Promise<Visit> {
  return look(await openProfile(inject('browser'), profile, NOTHING_KEPT), hash)
}

export async function temporaryProfile(): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'rro-lab-'))
  onTestFinished(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }))
  return profile
}

/** Opens the page in another tab of a visitor. */
export async function look(context: BrowserContext, hash = ''): Promise<Visit> {
  const visit = await arrive(context, hash)
  await standing(visit.page)
  return visit
}

/** Opens the page, and waits for nothing that stands on it. */
export async function arrive(context: BrowserContext, hash = ''): Promise<Visit> {
  const page = await newPage(context)
  const complaints: string[] = []
  const site = inject('site')
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(site)) complaints.push(request.url())
  })
  await page.goto(site + hash)
  return { page, context, complaints }
}

/** A tab of the pace that the tests shall have. */
export async function newPage(context: BrowserContext): Promise<Page> {
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  if (SLOW > 1) {
    const devTools = await context.newCDPSession(page)
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOW })
  }
  return page
}

/** Resolves when a candidate stands on the page. @throws what the page is like if none ever does */
export async function standing(page: Page): Promise<void> {
  try {
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined, undefined, { polling: 100 })
  } catch (thrown) {
    throw new Error(`Nothing came to stand on the page: ${await looks(page)}`, { cause: thrown })
  }
}

async function looks(page: Page): Promise<string> {
  const seen = await page.evaluate(async () => {
    const frame = new Promise((resolve) => requestAnimationFrame(() => resolve('frames come')))
    const none = new Promise((resolve) => setTimeout(resolve, 5000, 'no frame in 5 s'))
    return [document.readyState, document.visibilityState, await Promise.race([frame, none]), document.body.innerText]
  })
  return [...seen, ...page.workers().map((worker) => worker.url())].join('; ')
}

export async function startFresh(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start a fresh run' }).click()
}

/** Opens the newest run of the library. */
export async function openNewestRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Runs' }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByRole('button', { name: /^(Resume|Open)$/ })
    .first()
    .click()
  await dialog.waitFor({ state: 'hidden' })
}

/** Explores the rest of the open run at full speed; one that is finished gives way to the one that was asked for first. */
export async function runToTheEnd(page: Page, tasks: number): Promise<void> {
  await page.getByText(finishedLine(tasks)).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Run all' }).click()
  await finished(page, tasks)
}

/** Resolves when the status line of a run that does not move says that all tasks are done. */
export async function finished(page: Page, tasks: number): Promise<void> {
  await page.getByText(finishedLine(tasks)).waitFor()
}

function finishedLine(tasks: number): RegExp {
  const count = tasks.toLocaleString('en-US')
  return new RegExp(`^Your run, seed .*${count} of ${count} task`)
}

/** Waits until the playhead is in a task, counted from 1. */
export async function atTask(page: Page, task: number): Promise<void> {
  await page.getByRole('heading', { name: new RegExp(`^Task ${task} of`) }).waitFor()
}

/** The text of the open run, exported in a format. */
export async function exported(page: Page, format: 'pairs' | 'run'): Promise<string> {
  await page.getByText('Export', { exact: true }).click()
  const name = format === 'pairs' ? /Preference pairs for TRL/ : /The run itself/
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  await page.keyboard.press('Escape')
  return textOf(download)
}

export async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** Drops files on the page, as from a file manager. */
export async function drop(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  const data = await page.evaluateHandle((files) => {
    const transfer = new DataTransfer()
    for (const { name, text } of files) transfer.items.add(new File([text], name))
    return transfer
  }, files)
  await page.dispatchEvent('body', 'dragover', { dataTransfer: data })
  await page.dispatchEvent('body', 'drop', { dataTransfer: data })
}
