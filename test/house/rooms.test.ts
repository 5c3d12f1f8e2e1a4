/** The code against the table of rooms: who imports whom, no circles, sizes, and the table's copies. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import biome from '../../biome.json'
import written from '../../src/scripts/house/biome-rooms.json'
import { linterRules, readmeWithRooms } from '../../src/scripts/house/room-copies.ts'
import { LIBRARY, ROOMS, type Room } from '../../src/scripts/house/rooms.ts'
import { circles, IMPORTS, importedBy, ROOT, SOURCES, SRC } from './import-graph.ts'

const roomOf = (file: string): string => file.split('/')[0] ?? ''

test('every file of src is in a room of the table, or is the face of the library', () => {
  const names = new Set<string>(ROOMS.map(({ name }) => name))
  expect(SOURCES.filter((file) => !names.has(roomOf(file)) && file !== LIBRARY.file)).toEqual([])
  expect([...names].filter((name) => !SOURCES.some((file) => roomOf(file) === name))).toEqual([])
})

const filesOf = ({ name }: Room): string[] => SOURCES.filter((file) => roomOf(file) === name)

test.each([...ROOMS])('src/$name imports only what the table lets it import', (room) => {
  expect(filesOf(room).length).toBeGreaterThan(0)
  expect(outside(filesOf(room), room.name, room.may)).toEqual([])
})

test.each(ROOMS.filter(({ inside }) => inside))('inside src/$name arrows run one way', (room) => {
  const against = filesOf(room).flatMap((file) =>
    (IMPORTS.get(file) ?? [])
      .filter((other) => roomOf(other) === room.name)
      .filter((other) => {
        const [from, to] = [placeOf(room, file), placeOf(room, other)]
        return from.part !== to.part && to.place >= from.place
      })
      .map((other) => `${file} -> ${other}`),
  )
  expect(against).toEqual([])
})

test('the face of the library hands on only what needs no page', () => {
  expect(outside([LIBRARY.file], '', LIBRARY.may)).toEqual([])
})

describe('no circles', () => {
  test('of files, types and dynamic imports included', () => {
    expect(circles(IMPORTS)).toEqual([])
  })

  test('would be found', () => {
    const imports = { a: ['b'], b: ['c', 'd'], c: ['a'], d: [], e: ['e'] }
    expect(circles(new Map(Object.entries(imports)))).toEqual([['a', 'b', 'c'], ['e']])
    const text = `import { a } from './a.ts'
      import type { B } from "./b.ts"
      // import './not.ts'
      export * from '../c.ts'
      const later = () => import('./d.ts')
      type E = import('./e.ts').E
      new Worker(new URL('./f.worker.ts', import.meta.url))`
    expect(importedBy(text)).toEqual(['./a.ts', './b.ts', '../c.ts', './d.ts', './e.ts', './f.worker.ts'])
  })
})

describe('files', () => {
  /** Products, databases and sentences, and nothing else. */
  const TABLES = /^scripts\/make\/(catalogue|databases)\//
  const lines = (file: string): number => readFileSync(join(SRC, file), 'utf8').split('\n').length - 1
  const sizes = SOURCES.filter((file) => !TABLES.test(file)).map((file) => ({ file, lines: lines(file) }))

  test('are short: none over 300 lines but tables of data, half of them at most 100', () => {
    expect(sizes.filter(({ lines }) => lines > 300)).toEqual([])
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b)
    expect(sorted[sorted.length >> 1]).toBeLessThanOrEqual(100)
  })

  test('open with what they are for', () => {
    const silent = SOURCES.filter((file) => !readFileSync(join(SRC, file), 'utf8').startsWith('/**'))
    expect(silent).toEqual([])
  })
})

describe('the copies of the table', () => {
  test('stand in the linter as npm run house writes them, circles of types refused', () => {
    expect(written).toEqual(JSON.parse(JSON.stringify(linterRules())))
    expect(biome.extends).toEqual(['./src/scripts/house/biome-rooms.json'])
    expect(biome.linter.rules.suspicious.noImportCycles).toEqual({ level: 'error', options: { ignoreTypes: false } })
  })

  test('stand in the README as npm run house writes them', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
    expect(readmeWithRooms(readme)).toBe(readme)
  })
})

function outside(files: readonly string[], own: string, may: readonly string[]): string[] {
  return files.flatMap((file) =>
    (IMPORTS.get(file) ?? [])
      .filter((other) => roomOf(other) !== own)
      .filter((other) => !may.some((allowed) => other === allowed || other.startsWith(`${allowed}/`)))
      .map((other) => `${file} -> ${other}`),
  )
}

function placeOf(room: Room, file: string): { readonly part: string; readonly place: number } {
  const inside = room.inside ?? []
  const rest = file.slice(room.name.length + 1)
  const first = rest.split('/')[0] ?? ''
  const named = inside.findIndex((place) => place.includes(first))
  if (named >= 0) return { part: first, place: named }
  const files = inside.findIndex((place) => place.includes('*.ts'))
  if (files < 0 || rest.includes('/'))
    throw new Error(`${file} has no place inside src/${room.name}: see the table of rooms`)
  return { part: '*.ts', place: files }
}
