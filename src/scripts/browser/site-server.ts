/** Builds the site and serves it from a plain static server in a sub-folder, as any host would. For tests and benchmarks. */
import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const FOLDER = '/some/folder/'

export interface SiteServer {
  /** With the sub-folder and a slash at the end. */
  readonly address: string
  readonly folder: string
  close(): Promise<void>
}

/** @param name of the build's folder under node_modules/.cache, so that tests and benchmarks do not disturb each other */
export async function serveBuiltSite(name: string): Promise<SiteServer> {
  const outDir = `${ROOT}node_modules/.cache/rro-lab/${name}`
  build(outDir)
  return serveFolder(outDir)
}

/** @param atPort any that is free, unless it is given */
export async function serveFolder(folder: string, atPort = 0): Promise<SiteServer> {
  const files = sirv(folder, { etag: true })
  const server = createServer((request, response) => {
    const notFound = (): void => {
      response.writeHead(404).end('not here')
    }
    if (!request.url?.startsWith(FOLDER)) return notFound()
    request.url = request.url.slice(FOLDER.length - 1)
    files(request, response, notFound)
  })
  await new Promise<void>((listening) => server.listen(atPort, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo // a TCP server
  return {
    folder,
    address: `http://127.0.0.1:${port}${FOLDER}`,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** In a process of its own: a test runner's NODE_ENV would make a development build. */
function build(outDir: string): void {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  const { NODE_ENV: _, ...env } = process.env
  const args = [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir']
  execFileSync(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] })
}
