import { expect, test } from 'vitest'
import { undirected } from '../../src/core/undirected.ts'

test.each([
  ['plain shoe', 'plain shoe'],
  ['exe.\u202Etxt', 'exe.txt'],
  ['\u2066a\u2069 \u200E\u200F\u061C\u202Ab\u202C', 'a b'],
  ['שלום 👟 a\u0301', 'שלום 👟 a\u0301'],
])('%j reads %j', (text, read) => {
  expect(undirected(text)).toBe(read)
})
