/** Runs in a real Chromium that is killed at random moments, every process of it, as a crash or a power cut would. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright-core'
import type { RandomStream } from '../../core/random.ts'
import { openProfile } from '../browser/browser.ts'
import { findBrowser } from '../browser/find-browser.ts'
import type { RoundOutcome, SoakSettings } from './round.ts'
import { straightFile } from './round.ts'

/** Long enough to be killed in. */
const LONG = { tasks: 150, rollouts: 2 }
const KILLS = 3
/** After which the browser is killed, at most. */
const MOST_MS = 1_000

/** @param address of the served site */
export async function browserRound(
  address: string,
  { environment, method }: SoakSettings,
  random: RandomStream,
): Promise<RoundOutcome> {
  const seed = random.below(1_000)
  const settings = { ...LONG, environment, method, seed }
  const profile = await mkdtemp(join(tmpdir(), 'rro-soak-'))
  const hash = `#${new URLSearchParams(Object.entries(settings).map(([name, value]) => [name, String(value)]))}`
  let kills = 0
  try {
    while (kills < KILLS) {
      const { context, page } = await visit(profile, address + hash)
      if (await begin(page, kills === 0)) await page.getByRole('button', { name: 'Run all' }).click()
      await sleep(random.below(MOST_MS))
      execFileSync('pkill', ['-KILL', '-f', profile])
      await context.close().catch(() => undefined)
      kills++
    }
    const { context, page } = await visit(profile, address + hash)
    if (await begin(page, false)) await page.getByRole('button', { name: 'Run all' }).click()
    await page.getByText(new RegExp(`^Your run, seed .*${LONG.tasks} of ${LONG.tasks} task`)).waitFor()
    const file = await exported(page)
    await context.close()
    return { strikes: kills, fault: file === (await straightFile(settings)) ? undefined : 'the run is another one' }
  } catch (thrown) {
    return { strikes: kills, fault: String(thrown) }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function visit(profile: string, address: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await openProfile(findBrowser(), profile, { serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto(address)
  await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined)
  return { context, page }
}

/** Starts the run, or opens it again. @returns whether it can go on */
async function begin(page: Page, first: boolean): Promise<boolean> {
  if (first) {
    await page.getByRole('button', { name: 'Start a fresh run' }).click()
    await page.getByText(/^Your run/).waitFor()
    return true
  }
  await page.getByRole('button', { name: 'Runs' }).click()
  const dialog = page.getByRole('dialog')
  const open = dialog.getByRole('button', { name: /^(Resume|Open)$/ }).first()
  const goesOn = (await open.textContent()) === 'Resume'
  await open.click()
  await dialog.waitFor({ state: 'hidden' })
  return goesOn
}

async function exported(page: Page): Promise<string> {
  await page.getByText('Export', { exact: true }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /The run itself/ }).click(),
  ])
  return readFile(await download.path(), 'utf8')
}
