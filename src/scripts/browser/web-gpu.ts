/** Chromium with WebGPU, and a page that has it. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { pageCode } from './page-code.ts'

/** Computed on the processor: the same on every machine. */
export const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'] as const
/** Whatever graphics processor there is. */
export const ANY_GPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan,WebGPU'] as const

/** Any address of this machine is one that has WebGPU; nobody answers at this one but the test. */
const ADDRESS = 'http://localhost:9/'

/** Has the page run a module of ours. @param entry path of the module @param folder what else the address has */
export async function runIn(page: Page, entry: string, folder?: string): Promise<void> {
  const code = await pageCode(entry)
  await page.route(`${ADDRESS}**`, (route) => {
    const path = new URL(route.request().url()).pathname
    if (path === '/')
      return route.fulfill({ contentType: 'text/html', body: '<script type="module" src="code.js"></script>' })
    if (path === '/code.js') return route.fulfill({ contentType: 'text/javascript', body: code })
    return folder === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ path: join(folder, path) })
  })
  await page.goto(ADDRESS)
}
