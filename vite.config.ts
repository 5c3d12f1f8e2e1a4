import { availableParallelism } from 'node:os'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { bundledLicences } from './src/scripts/site/bundled-licences.ts'
import { offlineSite, SERVICE_WORKER } from './src/scripts/site/offline-site.ts'
import { PATIENCE_MS, TEST_PATIENCE_MS } from './test/pace.ts'

const node = {
  environment: 'node',
  testTimeout: TEST_PATIENCE_MS,
  hookTimeout: TEST_PATIENCE_MS,
  expect: { poll: { timeout: PATIENCE_MS } },
} as const

/**
 * Vite wraps each dynamic import in a helper that preloads its parts and style sheets. Here no part has any: what comes
 * later brings its style as text (`?inline`), so that the helper is only weight in the first load.
 */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : undefined),
}

const licences = bundledLicences()

export default defineConfig({
  base: './',
  plugins: [plainImports, licences.page, offlineSite()],
  build: {
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: false,
    // One file for the first picture, one for what stands around it, one for the dialogs: each comes in one trip.
    rolldownOptions: {
      input: ['index.html', 'src/offline/service-worker.ts'],
      output: {
        entryFileNames: ({ name }) => (SERVICE_WORKER === `${name}.js` ? SERVICE_WORKER : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            { name: 'page', test: /shell.main\.ts$/, priority: 2 },
            { name: 'around-path', test: /explore.(around-path|path.path-later)\.ts$/, priority: 1 },
            { name: 'dialogs', test: /ui.+rro-(settings|runs|help)\.ts$/, priority: 1 },
          ],
        },
      },
    },
  },
  worker: {
    format: 'es',
    plugins: () => [licences.worker],
    // One file for the lab and one for the shop, not one for each module that parts share.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'lab', test: /lab.lab\.ts$|lab.lab\.worker\.ts$/, priority: 2 },
            { name: 'shop', test: /worlds.shipped-webshop\.ts$/, priority: 1 },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  test: {
    // Browser tests wait now and then: with a file more than there are cores, no core does. They come first, since
    // their files are the longest, with a browser for each thread. More than eight browsers would only want memory.
    maxWorkers: Math.min(availableParallelism() + 1, 8),
    // .ci/run counts from the JSON report.
    reporters: process.env.RRO_TEST_REPORT ? ['default', 'json'] : ['default'],
    ...(process.env.RRO_TEST_REPORT && { outputFile: { json: process.env.RRO_TEST_REPORT } }),
    projects: [
      {
        test: {
          ...node,
          name: 'unit',
          // Its files are many and small: loading the modules anew for each would be a third of the time.
          isolate: false,
          setupFiles: ['test/leave-clean.ts'],
          include: ['test/**/*.test.ts'],
          exclude: ['test/conformance/**', 'test/browser/**'],
        },
      },
      { test: { ...node, name: 'conformance', include: ['test/conformance/**/*.test.ts'] } },
      {
        test: {
          ...node,
          name: 'browser',
          // Starting a browser for each file was a sixth of the time.
          isolate: false,
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/site.ts'],
        },
      },
    ],
  },
})
