/** The page's colours: every one that is used has been given, and what is written in one can be read. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SHEETS = readdirSync('src/ui', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(css|ts)$/.test(file))
  .map((file) => readFileSync(join('src/ui', file), 'utf8'))
const TOKENS = readFileSync('src/ui/parts/tokens.css', 'utf8')

test('every variable of a style has a value', () => {
  const given = new Set(SHEETS.flatMap((text) => [...text.matchAll(/(--[a-z][\w-]*):/g)].map(([, name]) => name)))
  const used = SHEETS.flatMap((text) => [...text.matchAll(/var\((--[a-z][\w-]*)\)/g)].map(([, name]) => name))
  expect(used.length).toBeGreaterThan(100)
  expect([...new Set(used)].filter((name) => !given.has(name))).toEqual([])
})

test('words in any colour can be read on any ground, in both schemes (WCAG AA)', () => {
  const tooFaint = [0, 1].flatMap((scheme) =>
    ['ink', 'soft', 'rise', 'action', 'data', 'selected'].flatMap((word) =>
      ['panel', 'sunk', 'rise-wash', 'selected-wash']
        .filter((ground) => contrast(colour(word, scheme), colour(ground, scheme)) < 4.5)
        .map((ground) => `${word} on ${ground}, scheme ${scheme}`),
    ),
  )
  expect(tooFaint).toEqual([])
  for (const scheme of [0, 1])
    expect(contrast(colour('on-action', scheme), colour('action', scheme))).toBeGreaterThan(4.5)
})

function colour(name: string, scheme: number): string {
  const [, light = '', dark = ''] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(TOKENS) ?? []
  return scheme === 0 ? light : dark
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
