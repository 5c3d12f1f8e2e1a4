/** src/mysql could be published as it stands: it knows nothing around it, has one face, and its rooms know each other one way. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import root from '../../package.json'
import manifest from '../../src/mysql/package.json'
import { circles, IMPORTS, SRC } from '../house/import-graph.ts'

const HOME = 'mysql/'
const FACE = 'mysql/index.ts'
/** Each may import those before it. */
const ROOMS = [
  'mysql/sql-error.ts',
  'mysql/limits.ts',
  'mysql/values/',
  'mysql/schema.ts',
  'mysql/parse/',
  'mysql/compile/',
  'mysql/dictionary/',
  'mysql/run/',
  'mysql/import/',
  'mysql/session/',
  FACE,
]

const pairs = [...IMPORTS].flatMap(([file, imported]) => imported.map((other) => [file, other] as const))
const roomOf = (file: string) => ROOMS.findIndex((room) => file.startsWith(room))

test('every file is in a room', () => {
  const own = [...IMPORTS.keys()].filter((file) => file.startsWith(HOME))
  expect(own.length).toBeGreaterThan(100)
  expect(own.filter((file) => roomOf(file) < 0)).toEqual([])
})

test('the engine imports nothing else of src, and of others what its manifest names', () => {
  expect(pairs.filter(([file, other]) => file.startsWith(HOME) && !other.startsWith(HOME))).toEqual([])
  const texts = [...IMPORTS.keys()]
    .filter((file) => file.startsWith(HOME))
    .map((file) => readFileSync(join(SRC, file), 'utf8'))
  const packages = texts.flatMap((text) =>
    [...text.matchAll(/(?:from |import\()'([^.'][^']*)'/g)].map(([, name]) => name),
  )
  expect([...new Set(packages)]).toEqual(Object.keys(manifest.dependencies))
  expect(root.dependencies).toMatchObject(manifest.dependencies)
})

test('everybody else imports the face only', () => {
  expect(pairs.filter(([file, other]) => !file.startsWith(HOME) && other.startsWith(HOME) && other !== FACE)).toEqual(
    [],
  )
})

test('rooms know those before them, and no files know each other in a circle', () => {
  const inside = pairs.filter(([file, other]) => file.startsWith(HOME) && other.startsWith(HOME))
  expect(inside.filter(([file, other]) => roomOf(file) < roomOf(other))).toEqual([])
  const own = [...IMPORTS].filter(([file]) => file.startsWith(HOME))
  expect(circles(new Map(own))).toEqual([])
})
