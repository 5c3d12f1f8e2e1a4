/** src/mysql could be published as it stands: its manifest names all that it needs. Its rooms: test/house/rooms.test.ts. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import root from '../../package.json'
import manifest from '../../src/mysql/package.json'
import { SOURCES, SRC } from '../house/import-graph.ts'

test('it imports what its manifest names, in the version that is tested here', () => {
  const texts = SOURCES.filter((file) => file.startsWith('mysql/')).map((file) => readFileSync(join(SRC, file), 'utf8'))
  expect(texts.length).toBeGreaterThan(100)
  const packages = texts.flatMap((text) =>
    [...text.matchAll(/(?:from |import\()'(@[^/']+\/[^/']+|[^.@/'][^/']*)/g)].map(([, name]) => name),
  )
  const outside = packages.filter((name) => !/^(#|node:)/.test(name ?? '')) // its own names, and what Node brings
  expect([...new Set(outside)].sort()).toEqual(Object.keys(manifest.dependencies))
  expect(root.dependencies).toMatchObject(manifest.dependencies)
})
