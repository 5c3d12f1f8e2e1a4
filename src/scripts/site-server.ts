/** Builds the site and serves it from a plain static server in a sub-folder, as any host would. For tests and benchmarks. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { build } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = '/some/folder/'

export interface SiteServer {
  /** With the sub-folder and a slash at the end. */
  readonly address: string
  close(): Promise<void>
}

/** @param name of the build's folder under node_modules/.cache, so that tests and benchmarks do not disturb each other */
export async function serveBuiltSite(name: string): Promise<SiteServer> {
  const outDir = `${ROOT}node_modules/.cache/rro-lab/${name}`
  await build({ root: ROOT, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  const files = sirv(outDir, { etag: true })
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
  return {
    address: `http://127.0.0.1:${port}${FOLDER}`,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
