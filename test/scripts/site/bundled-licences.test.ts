import { join } from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../../../package.json'
import lock from '../../../package-lock.json'
import { licencesText, packageOf } from '../../../src/scripts/site/bundled-licences.ts'
import { ROOT } from '../../house/import-graph.ts'

test.each([
  ['/lab/node_modules/lit/index.js', '/lab/node_modules/lit'],
  ['/lab/node_modules/@lit/reactive-element/development/css-tag.js?v=1', '/lab/node_modules/@lit/reactive-element'],
  ['\0/lab/node_modules/d3/node_modules/rw/index.js', '/lab/node_modules/d3/node_modules/rw'],
  ['C:\\lab\\node_modules\\idb\\build\\index.js', 'C:\\lab\\node_modules\\idb'],
  ['/lab/src/index.ts', undefined],
  ['\0vite/preload-helper.js', undefined],
])('%j is a module of %j', (id, folder) => {
  expect(packageOf(id)).toBe(folder)
})

test('each package has its name, version, licence, and the text of it', () => {
  const text = licencesText(['lit', 'comlink', 'lit'].map((name) => join(ROOT, 'node_modules', name)))
  expect(text).toMatch(/packages:\n\n {2}comlink [\d.]+ \(Apache-2\.0\)\n {2}lit [\d.]+ \(BSD-3-Clause\)\n\n=/)
  expect(text).toContain('Apache License')
  expect(text.match(/Redistributions of source code/g)).toHaveLength(1)
})

test('every dependency is pinned, as in the lockfile', () => {
  const pinned = { ...manifest.dependencies, ...manifest.devDependencies }
  const locked = lock.packages as Readonly<Record<string, { readonly version?: string }>>
  for (const [name, version] of Object.entries(pinned)) expect(version).toBe(locked[`node_modules/${name}`]?.version)
})
