/** Texts from outside as plain words: lower case, single spaces, bounded. What looks like a pointer or a mark is none. */

/** Characters of a word that are kept. */
const MOST_LETTERS = 20

const POINTER = /^([ro])(\d+)$/

/** The first `most` words of a text: letters and digits, with `.`, `'`, `-`, `/`, `%` and `&` inside of words only. */
export function plainWords(text: string, most: number): readonly string[] {
  const words: string[] = []
  // Beyond so many characters nothing is looked at: a title may be of any length.
  for (const raw of text
    .slice(0, 100 * most)
    .toLowerCase()
    .split(/[^\p{L}\p{N}.'%&/-]+/u)) {
    if (words.length === most) break
    const word = raw.replace(/^[.'%&/-]+|[.'&/-]+$/g, '')
    if (word !== '') words.push(whole(word.slice(0, MOST_LETTERS)).replace(POINTER, '$1-$2'))
  }
  return words
}

/** Without half of a pair of surrogates at the end, which no tokenizer could give back. */
function whole(word: string): string {
  return word.replace(/[\uD800-\uDBFF]$/, '')
}

/**
 * The word of a title that says what the thing is, as far as a glance tells: the last one before the first comma, dash or
 * bracket, or before `for`, `with`, `by`.
 */
export function headOf(title: string): string | undefined {
  const [front = ''] = title.slice(0, 400).split(/[,|(]| [-–—] | (?:for|with|by) /i)
  return plainWords(front, 24).at(-1)
}
