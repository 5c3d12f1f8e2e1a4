/** Chromium as tests and benchmarks start it: headless, and quiet on the network. */
import { type BrowserContext, chromium, type LaunchOptions } from 'playwright-core'

const OPTIONS: LaunchOptions = {
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-features=StaticStorageQuota', // so that a test can fill the disk
  ],
}

/** A browser whose storage lives in `profile` and outlasts it. */
export function openProfile(
  executablePath: string,
  profile: string,
  options: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, { ...OPTIONS, executablePath, ...options })
}

export function openBrowser(executablePath: string) {
  return chromium.launch({ ...OPTIONS, executablePath })
}
