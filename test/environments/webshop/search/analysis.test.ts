import { expect, test } from 'vitest'
import { analyze } from '../../../../src/environments/webshop/search/analysis.ts'

test.each([
  ['', []],
  ['The Cats and the DOGS', ['cat', 'dog']],
  ["Men's running-shoes, men’s RUNNER'S", ['men', 'run', 'shoe', 'men', 'runner']],
  ['2.5 oz, 1,000 pieces; 3.x h.265', ['2.5', 'oz', '1,000', 'piec', '3', 'x', 'h', '265']],
  ['snake_case __x__ ___ color:red 4:3', ['snake_cas', '__x__', 'color:r', '4', '3']],
  ["don't 'quoted' o'neil", ["don't", 'quot', "o'neil"]],
  ['café naïve ÉCLAIR', ['café', 'naïv', 'éclair']],
  ['お茶 テスト 緑', ['お', '茶', 'テスト', '緑']],
  ['soft\u200bspace joined\u2060up', ['soft', 'space', 'joined\u2060up']],
  // StandardTokenizerImpl.jflex takes ™ for an emoji, and emoji for tokens; other signs are none.
  ['Brand™ ✔ 👍🏽 🇫🇷 ½ * — 10”', ['brand', '™', '✔', '👍🏽', '🇫🇷', '10']],
  ['ΟΔΟΣ İ', ['οδοσ', 'i']],
])('analyses %j', (text, terms) => {
  expect(analyze(text)).toEqual(terms)
})

test('cuts a word after 255 characters and reads its rest as another', () => {
  expect(analyze('x'.repeat(600)).map((term) => term.length)).toEqual([255, 255, 90])
})

test('is quick on a long line without a word', () => {
  expect(analyze(`${'_'.repeat(100_000)} ${'.'.repeat(100_000)}`)).toEqual([])
})
