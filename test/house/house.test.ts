/** Rules of the house that the linter cannot see. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('../../src/', import.meta.url))

function sources(room: string): string[] {
  return readdirSync(`${src}${room}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${room}/${name}`)
}

test('chance below the worker comes from named streams only', () => {
  const files = ['core', 'mysql', 'environments', 'policies', 'training', 'formats', 'store'].flatMap(sources)
  expect(files.length).toBeGreaterThan(100)
  expect(
    files.filter((file) => /Math\.random|getRandomValues|randomUUID/.test(readFileSync(src + file, 'utf8'))),
  ).toEqual([])
})

test('nothing from outside becomes markup or code', () => {
  const files = ['ui', 'worker'].flatMap(sources)
  const dangerous = /unsafeHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/
  expect(files.filter((file) => dangerous.test(readFileSync(src + file, 'utf8')))).toEqual([])
})
