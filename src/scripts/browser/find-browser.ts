/**
 * A Chromium for the browser tests: one that is on the machine, else one fetched by the usual ways. The answer is the
 * path of an executable; when nothing works the error says what to do.
 */
import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

export function findBrowser(): string {
  return onThisMachine() ?? installed(playwrightDownload) ?? installed(debianPackage) ?? nothingWorked()
}

function onThisMachine(): string | undefined {
  const named = process.env.CHROME_PATH
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named
    throw new Error(`CHROME_PATH is ${named}, which is not an executable file. Correct it or unset it.`)
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES]
  const downloaded = chromium.executablePath()
  return [...candidates, downloaded].find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Runs one way of getting a browser and looks again. */
function installed(install: () => void): string | undefined {
  try {
    install()
  } catch (thrown) {
    console.warn(String(thrown).split('\n')[0])
  }
  return onThisMachine()
}

function playwrightDownload(): void {
  console.log('No Chromium or Chrome found; trying playwright’s own download …')
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
  execFileSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit', timeout: 180_000 })
}

function debianPackage(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return
  console.log('Trying Debian’s package: apt-get install chromium …')
  const options = {
    stdio: 'inherit',
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  } as const
  execFileSync('apt-get', ['update'], options)
  execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], options)
}

function nothingWorked(): never {
  throw new Error(
    'The browser tests need Chromium or Chrome, and none could be found or fetched. Install one (Debian: ' +
      '`sudo apt-get install chromium`; elsewhere: `npx playwright-core install chromium`), or set CHROME_PATH to its executable.',
  )
}
