/** Chromium with WebGPU, and a page that has it. */
import type { Page } from 'playwright-core'
import { pageCode } from './page-code.ts'

/** Computed on the processor: the same on every machine. */
export const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'] as const
/** Whatever graphics processor there is. */
export const ANY_GPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan,WebGPU'] as const

/** Any address of this machine is one that has WebGPU; nobody answers at this one but the test. */
const ADDRESS = 'http://localhost:9/'

/** Has the page run a module of ours. @param entry path of the module */
export async function runIn(page: Page, entry: string): Promise<void> {
  const code = await pageCode(entry)
  await page.route(`${ADDRESS}**`, (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: code })
      : route.fulfill({ contentType: 'text/html', body: '<script type="module" src="code.js"></script>' }),
  )
  await page.goto(ADDRESS)
}
