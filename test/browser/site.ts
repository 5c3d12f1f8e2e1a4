/**
 * Before the browser tests: finds a browser, builds the site and serves it, and makes the machine as busy as it shall be.
 * Tests read the first two from vitest's `inject`.
 */
import type { TestProject } from 'vitest/node'
import { findBrowser } from '../../src/scripts/browser/find-browser.ts'
import { serveBuiltSite } from '../../src/scripts/browser/site-server.ts'
import { BUSY } from '../pace.ts'
import { startBusyLoops } from './busy.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built page, with its sub-folder and a slash at the end. */
    site: string
    /** Where it lies on the disk. */
    siteFolder: string
    /** Path of the browser's executable. */
    browser: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('browser', findBrowser())
  const server = await serveBuiltSite('test-site')
  project.provide('site', server.address)
  project.provide('siteFolder', server.folder)
  const endBusyLoops = startBusyLoops(BUSY)
  return async () => {
    await endBusyLoops()
    await server.close()
  }
}
