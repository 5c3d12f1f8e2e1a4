/** What the pages may do is one table: its copies are as `npm run house` writes them, and every host file ships. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { POLICIES, policyText } from '../../src/scripts/house/content-policy.ts'
import { documentWithNginx, headersFile, pageWithPolicy } from '../../src/scripts/house/policy-copies.ts'
import { ROOT, SOURCES } from './import-graph.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

test.each([
  ['index.html', (text: string) => pageWithPolicy(text, 'page')],
  ['public/door.html', (text: string) => pageWithPolicy(text, 'door')],
  ['public/_headers', headersFile],
  ['docs/publish.md', documentWithNginx],
])('%s has the policy of the table', (path, made) => {
  expect(made(read(path))).toBe(read(path))
})

test('the page reaches its own site only, runs its own scripts only, and takes no text for code', () => {
  expect(POLICIES.page).toMatchObject({
    'default-src': "'none'",
    'script-src': "'self' 'wasm-unsafe-eval'",
    'connect-src': "'self'",
    'require-trusted-types-for': "'script'",
  })
  expect(policyText('page') + policyText('door')).not.toMatch(/'unsafe-|\*|allow-duplicates/)
})

test('workers are made in one place, which binds them', () => {
  const makers = /\bnew (globalThis\.|self\.|window\.)?(Shared)?Worker\(|serviceWorker/
  const shadowed = /import \{[^}]*BoundWorker as Worker|\(Worker: WorkerMaker\)/
  const files = SOURCES.filter((file) => /^(ui|worker)\//.test(file)).map((file) => `src/${file}`)
  expect(files.filter((file) => makers.test(read(file)) && !shadowed.test(read(file)))).toEqual([
    'src/ui/shell/offline.ts',
    'src/worker/machine/bound-worker.ts',
  ])
})
