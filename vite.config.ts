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

/** What `Lab.warm` fetches ahead, in one trip: to explore the shop, to store, to export. */
const ON_DEMAND = [
  /lab.on-demand.on-demand-calls\.ts$/,
  /worker.worlds.webshop-worlds\.ts$/,
  /worker.runs.(exploration|export-run)\.ts$/,
  /worker.machine.export-(sink|folder)\.ts$/,
  /formats.event-schema\.ts$/,
  /store.(stored-schema|storage-failure|indexed-writes)\.ts$/,
]

/** What several parts share is one file, not one for each module: fewer trips, and it compresses better. */
const shared = { name: 'shared', minShareCount: 2, priority: 0 }

/** But for what a language model wrote and its training: they are for the inspector, Agents and a chapter of Learn alone. */
const SPOKEN =
  /ui.explore.inspector.(rro-spoken|spelled-words|spoken)\.|ui.agents.(training-state|learning-picture|agents|agent-words|agent-actions|model-files)\.|ui.learn.(model-lesson|told-pair)\./

/** What is fetched later may lie in one file with what else is. */
const checks = { ineffectiveDynamicImport: false } as const

const licences = bundledLicences()

export default defineConfig({
  base: './',
  plugins: [plainImports, licences.page, offlineSite()],
  build: {
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: false,
    // One file for the first picture, for what stands around it, for the dialogs, for files in and out: each is one trip.
    rolldownOptions: {
      checks,
      input: ['index.html', 'src/offline/service-worker.ts'],
      output: {
        entryFileNames: ({ name }) => (SERVICE_WORKER === `${name}.js` ? SERVICE_WORKER : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            { name: 'page', test: /shell.main\.ts$/, priority: 2 },
            { name: 'around-path', test: /explore.(around-path|path.path-later)\.ts$/, priority: 1 },
            { name: 'dialogs', test: /ui.+rro-(settings|runs|help)\.ts$/, priority: 1 },
            { name: 'files', test: /data.sheets\.ts$|shell.lab-care\.ts$/, priority: 1 },
            { ...shared, test: (id: string) => !SPOKEN.test(id) },
          ],
        },
      },
    },
  },
  worker: {
    format: 'es',
    plugins: () => [licences.worker],
    // One file for the lab, one for the shop, one for what every run of it needs, one for what other parts share.
    rolldownOptions: {
      checks,
      output: {
        codeSplitting: {
          groups: [
            { name: 'lab', test: /lab.lab\.ts$|lab.lab\.worker\.ts$/, priority: 3 },
            { name: 'shop', test: /worlds.shipped-webshop\.ts$/, priority: 2 },
            { name: 'on-demand', test: (id: string) => ON_DEMAND.some((module) => module.test(id)), priority: 1 },
            shared,
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
