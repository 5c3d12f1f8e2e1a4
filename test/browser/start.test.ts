/** Browsers that end before they have begun. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openBrowser } from '../../src/scripts/browser/browser.ts'

/** A program that ends at once for the first `failures` times, then is the browser; and the file that counts its starts by lines. */
async function unreliable(failures: number): Promise<{ readonly program: string; readonly starts: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'rro-lab-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const [program, starts] = [join(folder, 'browser'), join(folder, 'starts')]
  const lines = ['#!/bin/sh', `echo once >> '${starts}'`, `[ "$(wc -l < '${starts}')" -gt ${failures} ] || exit 1`]
  await writeFile(program, `${[...lines, `exec '${inject('browser')}' "$@"`].join('\n')}\n`)
  await chmod(program, 0o755)
  return { program, starts }
}

async function count(starts: string): Promise<number> {
  return (await readFile(starts, 'utf8')).trim().split('\n').length
}

test('a browser that ends before it has begun is started again', async () => {
  const { program, starts } = await unreliable(2)
  const browser = await openBrowser(program)
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  expect(await page.evaluate(() => 6 * 7)).toBe(42)
  expect(await count(starts)).toBe(3)
})

test('one that never begins is told of', async () => {
  const { program, starts } = await unreliable(1000)
  await expect(openBrowser(program)).rejects.toThrow(/browser has been closed|Failed to launch/)
  expect(await count(starts)).toBe(3)
})
