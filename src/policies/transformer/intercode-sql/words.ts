/** Texts of others as the model reads them: lower case, words and marks apart, bounded. */

/** Characters of a word that are shown. */
const MOST_LETTERS = 24

/** `Dr. Hart's room?` as `dr . hart 's room ?`. */
export function plainWords(text: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+(?:[.-][0-9]+)*|'[a-z]{1,2}\b|[^\sa-z0-9]/g) ?? []
  return words.map(shortened).join(' ')
}

/** `birthDate`, `birth_date` as `birth date`. */
export function nameWords(name: string): string {
  return plainWords(
    name
      .slice(0, 64)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll('_', ' '),
  )
}

function shortened(word: string): string {
  return word.length > MOST_LETTERS ? `${word.slice(0, MOST_LETTERS)}…` : word
}

/** An estimate from above of a text's tokens: three letters or one byte that is no ASCII letter or digit a token. */
export function tokensOf(text: string): number {
  let tokens = 0
  let letters = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 126) return tokensBeyondAscii(text)
    if ((code | 32) >= 97 && (code | 32) <= 122) letters++
    else {
      tokens += Math.ceil(letters / 4)
      letters = 0
      if (code > 32) tokens++
      else if (code < 9 || (code > 13 && code < 32)) tokens++ // no space
    }
  }
  return tokens + Math.ceil(letters / 4)
}

function tokensBeyondAscii(text: string): number {
  let tokens = 0
  for (const [word] of text.matchAll(/[a-z]+|[^a-z\s]/giu)) {
    if (/^[a-z]/i.test(word)) tokens += Math.ceil(word.length / 4)
    else tokens += new TextEncoder().encode(word).length
  }
  return tokens
}
