import { defineConfig } from 'vitest/config'

const node = { environment: 'node', testTimeout: 30_000 } as const

export default defineConfig({
  base: './',
  build: { target: 'es2022', modulePreload: { polyfill: false }, reportCompressedSize: false },
  worker: { format: 'es' },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  test: {
    // .ci/run counts from the JSON report.
    reporters: process.env.RRO_TEST_REPORT ? ['default', 'json'] : ['default'],
    ...(process.env.RRO_TEST_REPORT && { outputFile: { json: process.env.RRO_TEST_REPORT } }),
    projects: [
      {
        test: {
          ...node,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/conformance/**', 'test/browser/**'],
        },
      },
      { test: { ...node, name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout: 120_000 } },
      {
        test: {
          ...node,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/site.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
