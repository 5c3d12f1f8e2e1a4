/** What holds on every screen: axe finds nothing, and nothing sticks out sideways. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

export const PHONE = { width: 390, height: 844 } as const
export const WIDE = { width: 1366, height: 768 } as const

/** Names of screens, with what a visit takes. Each is looked at by day and by night: {@link violationsDayAndNight}. */
export const SCREENS = [
  ['wide', { viewport: WIDE, colorScheme: 'light' }],
  ['a phone', { viewport: PHONE, colorScheme: 'light' }],
] as const

/** The two that differ most: where a visit has no time for all four. */
const OPPOSITES = [
  ['a laptop by day', WIDE, 'light'],
  ['a phone by night', PHONE, 'dark'],
] as const

/** What axe finds, and what sticks out sideways, on a laptop by day and a phone by night; the page is on the laptop again. */
export async function faultsOnOpposites(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const [name, viewport, colorScheme] of OPPOSITES) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    found.push(...(await violations(page)).map((line) => `${name}: ${line}`))
    const pixels = await sideways(page)
    if (pixels > 0) found.push(`${name}: ${pixels} pixels too wide`)
  }
  const [[, viewport, colorScheme]] = OPPOSITES
  await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme })
  return found
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/**
 * What axe finds on the page: a line for each rule that is broken, with the elements that break it.
 * @param only the one rule that is asked; by default all of them
 */
export async function violations(page: Page, only?: string): Promise<string[]> {
  // The page's policy allows no inline script: run it as the debugger does.
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe)
  const options = JSON.stringify({ resultTypes: ['violations'], ...(only && { runOnly: [only] }) })
  const found: readonly Violation[] = await page.evaluate(
    `axe.run(document, ${options}).then((result) => result.violations)`,
  )
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** By how many pixels the page is wider than its window, once what is drawn for its width is drawn for this one. */
export async function sideways(page: Page): Promise<number> {
  // A change of size is noticed in the first frame; the second comes after what was drawn for it.
  await frames(page, 2)
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** Resolves when the page has had so many frames. */
export async function frames(page: Page, count: number): Promise<void> {
  await page.evaluate(async (count) => {
    for (let frame = 0; frame < count; frame++) await new Promise((next) => requestAnimationFrame(next))
  }, count)
}

/** All by day, and by night what hangs on the colours: nothing else changes. The page is by day again. */
export async function violationsDayAndNight(page: Page): Promise<string[]> {
  return [...(await violations(page)), ...(await violationsByNight(page))]
}

/** What hangs on the colours alone, by night; the page is by day again. */
export async function violationsByNight(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' })
  const found = await violations(page, 'color-contrast')
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}
