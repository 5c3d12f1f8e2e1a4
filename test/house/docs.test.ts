/** What the documents and comments name is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT, SOURCES, SRC } from './import-graph.ts'

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/fidelity.md', 'docs/experiments.md']
  .concat(readdirSync(join(ROOT, 'docs/decisions')).map((name) => `docs/decisions/${name}`))
  .concat(
    readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('README.md'))
      .map((path) => `src/${path}`),
  )

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

describe('docs/architecture.md', () => {
  const text = read('docs/architecture.md')
  const [, way = '', add = ''] = text.split(/^## /m)

  test('leads a run through files that are there, each of them one that the next paragraphs know', () => {
    expect(way).toMatch(/^The way of one run/)
    const steps = way.split(/^\d+\. /m).slice(1)
    expect(steps).toHaveLength(10)
    expect(steps.filter((step) => !/`src\/[\w/.-]+\.ts`/.test(step))).toEqual([])
  })

  test('says where to add an environment, a method, a policy, an export format, a workspace', () => {
    expect(add).toMatch(/^Where to add/)
    const places = [...add.matchAll(/^- \*\*(An? [\w ]+)\*\*/gm)].map(([, name]) => name)
    expect(places).toEqual(
      expect.arrayContaining(['An environment', 'A method', 'A policy', 'An export format', 'A workspace']),
    )
  })
})

describe.each(DOCUMENTS)('%s', (document) => {
  const text = read(document)

  test('names only files and folders that are there', () => {
    const named = [...text.matchAll(/`((?:src|test|docs|public)\/[\w./-]+)`/g)].map(([, path = '']) => path)
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  test('links only to what is there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)/g)].map(([, path = '']) => path)
    expect(links.filter((path) => !existsSync(join(ROOT, dirname(document), path)))).toEqual([])
  })
})

// Decisions tell what was, and may name what has gone since.
test.each(DOCUMENTS.filter((document) => !document.startsWith('docs/decisions')))(
  '%s names only sources that are there',
  (document) => {
    const named = [...read(document).matchAll(/(?<![\w/.-])([\w.][\w./-]*\.ts)\b/g)].map(([, path = '']) => path)
    expect(named.filter((path) => !isThere(path, dirname(document)))).toEqual([])
  },
)

test('comments name only files that are there', () => {
  const gone = SOURCES.flatMap((file) => {
    const comments = read(`src/${file}`).match(/\/\*\*[\s\S]*?\*\/|\/\/.*$/gm) ?? []
    const named = comments.flatMap((comment) => [...comment.matchAll(/(?<![\w/.-])([\w.][\w./-]*\.ts)\b/g)])
    return named
      .map(([, path = '']) => path)
      .filter((path) => !isThere(path, `src/${dirname(file)}`))
      .map((path) => `${file}: ${path}`)
  })
  expect(gone).toEqual([])
})

/** A bare name may be that of any source; a path leads from the project, from `src`, or from where it is named. */
function isThere(path: string, from: string): boolean {
  if (!path.includes('/')) return NAMES.has(path) || existsSync(join(ROOT, path))
  return ['', 'src', from].some((base) => existsSync(join(ROOT, base, path)))
}

const NAMES = new Set(SOURCES.map((path) => path.split('/').at(-1)))
