import { expect, test } from 'vitest'
import { stream } from '../../../../src/core/random.ts'
import { tokensOf } from '../../../../src/policies/transformer/intercode-sql/words.ts'

const utf8 = new TextEncoder()

/** By the definition: runs of letters by four, whatever else is seen by its bytes. */
function defined(text: string): number {
  return (text.match(/[a-z]+|[^a-z\s]/giu) ?? []).reduce(
    (sum, word) => sum + (/^[a-z]/i.test(word) ? Math.ceil(word.length / 4) : utf8.encode(word).length),
    0,
  )
}

test('the estimate of tokens is that of its definition, for every character of ASCII and for others', () => {
  const random = stream(1).child('texts')
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
  for (const one of ascii)
    for (const text of [one, `ab${one}cde`, `${one}${one}`]) expect(tokensOf(text)).toBe(defined(text))
  const others = ['é', 'ß', '…', '\u00a0', '\u2028', 'K', 'ſ', '漢', '𝒳', '\ud800', '\u007f']
  for (let n = 0; n < 2000; n++) {
    const letters = n % 2 === 0 ? ascii : [...ascii, ...others]
    const text = Array.from({ length: random.below(40) }, () => letters[random.below(letters.length)]).join('')
    expect(tokensOf(text)).toBe(defined(text))
  }
})
