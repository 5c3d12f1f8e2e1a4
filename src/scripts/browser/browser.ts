/** Chromium as tests and benchmarks start it: headless, and quiet on the network. */
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core'

/** One lets a test fill the disk. The others are pages behind the address bar: every window would load them, a fifth of the time. */
const WITHOUT = ['StaticStorageQuota', 'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup']

/** Whatever it draws with. */
export const QUIET = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${WITHOUT.join(',')}`,
] as const

const OPTIONS: LaunchOptions = {
  headless: true,
  // What it does in software needs no process of its own: a tenth of a visit.
  args: [...QUIET, '--disable-gpu', '--in-process-gpu'],
}

/** On a busy machine a browser now and then ends before it has begun. */
const STARTS = 3

/** A browser whose storage lives in `profile` and outlasts it. */
export function openProfile(
  executablePath: string,
  profile: string,
  options: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<BrowserContext> {
  return started(() => chromium.launchPersistentContext(profile, { ...OPTIONS, executablePath, ...options }))
}

export function openBrowser(executablePath: string, options: LaunchOptions = {}): Promise<Browser> {
  return started(() => chromium.launch({ ...OPTIONS, executablePath, ...options }))
}

/** @throws what the last start threw */
async function started<T>(start: () => Promise<T>): Promise<T> {
  for (let left = STARTS - 1; left > 0; left--) {
    try {
      return await start()
    } catch {
      // The next start says it, if it is not for once.
    }
  }
  return start()
}
