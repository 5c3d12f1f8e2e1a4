import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { iconSvg } from '../../../src/scripts/make/icons.ts'
import { offlineList } from '../../../src/scripts/site/offline-site.ts'
import { ROOT } from '../../house/import-graph.ts'

const PUBLIC = join(ROOT, 'public')

test('what is kept: every file with its version, but what only hosts read, and what is large only when it is wanted', () => {
  const files = [
    { name: 'index.html', content: '<p>' },
    { name: 'assets/page-abc.js', content: 'a' },
    { name: 'assets/lib-abc.js', content: 'x'.repeat(2_000_001) },
    { name: 'assets/sqlite3-worker1-abc.js', content: 'a' },
    { name: 'assets/sqlite3-opfs-async-proxy-abc.js', content: 'a' },
    { name: 'assets/sqlite3-abc.wasm', content: 'a' },
    { name: 'models/small/config.json', content: '{}' },
    { name: 'models/small/trained.json', content: '{}' },
    { name: 'models/tiny/model.safetensors', content: '0' },
    { name: 'models/tiny/trained.json', content: '{}' },
    { name: 'recorded/comparison-webshop.jsonl', content: '{}' },
    { name: 'recorded/webshop.jsonl', content: '{}' },
    { name: 'service-worker.js', content: '' },
    { name: '_headers', content: '' },
  ]
  const { site, later } = offlineList(files)
  expect(site).toEqual([
    { url: 'assets/page-abc.js', revision: null },
    { url: 'assets/sqlite3-abc.wasm', revision: null },
    { url: 'index.html', revision: expect.stringMatching(/^[0-9a-f]{16}$/) },
    { url: 'models/small/trained.json', revision: expect.stringMatching(/^[0-9a-f]{16}$/) },
    { url: 'models/tiny/trained.json', revision: expect.stringMatching(/^[0-9a-f]{16}$/) },
    { url: 'recorded/webshop.jsonl', revision: expect.stringMatching(/^[0-9a-f]{16}$/) },
  ])
  expect(later).toEqual([
    'assets/lib-abc.js',
    'assets/sqlite3-opfs-async-proxy-abc.js',
    'assets/sqlite3-worker1-abc.js',
    'models/small/config.json',
    'models/tiny/model.safetensors',
    'recorded/comparison-webshop.jsonl',
  ])
  expect(offlineList(files.toReversed())).toEqual({ site, later })
  const changed = offlineList([{ name: 'index.html', content: '<p>!' }]).site
  expect(changed[0]?.revision).not.toBe(site[2]?.revision)
})

test('the manifest names icons that are there, of the sizes that it says, and no address outside the site', () => {
  const manifest = JSON.parse(readFileSync(join(PUBLIC, 'manifest.webmanifest'), 'utf8'))
  expect([manifest.start_url, manifest.scope, manifest.id]).toEqual(['./', './', './'])
  expect(manifest.icons).toHaveLength(readdirSync(PUBLIC).filter((name) => name.startsWith('icon')).length)
  for (const { src, sizes, type } of manifest.icons) {
    const file = readFileSync(join(PUBLIC, src))
    if (type === 'image/svg+xml') expect(file.toString()).toBe(iconSvg())
    else expect(`${file.readUInt32BE(16)}x${file.readUInt32BE(20)}`).toBe(sizes)
  }
})
