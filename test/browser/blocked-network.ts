/** A browser that reaches this machine only, and tells who it wanted to reach: by a proxy that refuses everything. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { inject, onTestFinished } from 'vitest'
import { openBrowser, QUIET } from '../../src/scripts/browser/browser.ts'

export interface BlockedBrowser {
  readonly browser: Browser
  /** Hosts that the page wanted to reach, each as often as it tried. */
  readonly wanted: readonly string[]
}

/** What Chromium asks for by itself, whatever stands on the page. */
const ITS_OWN = /(^|\.)(googleapis|google|gvt1)\.com$/

/** @param args of Chromium, beside those of every test */
export async function blockedBrowser(args: readonly string[] = []): Promise<BlockedBrowser> {
  const wanted: string[] = []
  const note = (host: string): void => {
    if (!ITS_OWN.test(host)) wanted.push(host)
  }
  const proxy: Server = createServer((request, response) => {
    note(new URL(request.url ?? '', 'http://unknown').hostname)
    response.writeHead(502).end()
  })
  proxy.on('connect', (request, socket) => {
    note((request.url ?? '').replace(/:\d+$/, ''))
    socket.end('HTTP/1.1 502 Blocked\r\n\r\n')
  })
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  const { port } = proxy.address() as AddressInfo // a TCP server
  const browser = await openBrowser(inject('browser'), {
    args: [...QUIET, '--disable-default-apps', ...args],
    proxy: { server: `http://127.0.0.1:${port}`, bypass: '127.0.0.1' },
  })
  onTestFinished(async () => {
    await browser.close()
    proxy.closeAllConnections()
    proxy.close()
  })
  return { browser, wanted }
}
