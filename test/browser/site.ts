/**
 * Before the browser tests: builds the site and serves it from a plain static server, in a sub-folder, as any host
 * would. Tests read the address and the browser from vitest's `inject`.
 */
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { findBrowser } from './find-browser.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const OUT = fileURLToPath(new URL('../../node_modules/.cache/test-site', import.meta.url))
export const FOLDER = '/some/folder/'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built page, with its sub-folder and a slash at the end. */
    site: string
    browser: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('browser', findBrowser())
  await build({ root: ROOT, logLevel: 'warn', build: { outDir: OUT, emptyOutDir: true } })
  if (!existsSync(`${OUT}/index.html`)) throw new Error('vite build wrote no index.html')
  const files = sirv(OUT, { etag: true })
  const server = createServer((request, response) => {
    const notFound = (): void => {
      response.writeHead(404).end('not here')
    }
    if (!request.url?.startsWith(FOLDER)) return notFound()
    request.url = request.url.slice(FOLDER.length - 1)
    files(request, response, notFound)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo // a TCP server
  project.provide('site', `http://127.0.0.1:${port}${FOLDER}`)
  return async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
}
