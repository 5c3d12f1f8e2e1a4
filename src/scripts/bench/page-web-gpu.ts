/** Training our language models by WebGPU beside WebAssembly in Chromium: on the graphics processor that is there, or in software. */
import { fileURLToPath } from 'node:url'
import { unwrap } from '../../core/failure.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { READ_FILES } from '../../policies/transformer/hugging-face/folder.ts'
import { languageModelOf } from '../../policies/transformer/language-model.ts'
import { openBrowser, QUIET } from '../browser/browser.ts'
import { findBrowser } from '../browser/find-browser.ts'
import { ANY_GPU, runIn, SOFTWARE_GPU } from '../browser/web-gpu.ts'
import { trainedText } from './language-model.ts'
import { measured } from './measure.ts'
import type { Bench } from './web-gpu.page.ts'

const ENTRY = fileURLToPath(new URL('./web-gpu.page.ts', import.meta.url))

/** @returns undefined where Chromium offers none, not even in software */
export async function benchPageWebGpu() {
  for (const args of [ANY_GPU, SOFTWARE_GPU]) {
    const browser = await openBrowser(findBrowser(), { args: [...QUIET, ...args] })
    try {
      const page = await browser.newPage()
      await runIn(page, ENTRY)
      let found: Record<string, unknown> = {}
      for (const model of ['tiny', ''] as const) {
        const { config } = unwrap(languageModelOf(unwrap(await diskLoader().model(Object.keys(READ_FILES), model))))
        const work = ([config, text]: Parameters<Bench>) =>
          (globalThis as unknown as { bench: Bench }).bench(config, text) // the entry puts it there
        const speeds = await page.evaluate(work, [config, trainedText(config)] as Parameters<Bench>)
        if (speeds === undefined) break
        const { software, name, wasm, webgpu } = speeds
        const computedOn = software ? `${name}, in software` : name
        const both = { wasmTokensPerSecond: measured(wasm), webGpuTokensPerSecond: measured(webgpu) }
        found = { ...found, computedOn, [model || 'small']: both }
      }
      if (Object.keys(found).length > 0) return found
    } finally {
      await browser.close()
    }
  }
  return undefined
}
