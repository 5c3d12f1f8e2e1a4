/** Text under utf8mb4_general_ci with PAD SPACE, MySQL's default here: letters without case and accents, no blanks at the end. */

/** Whether a text compares under NOCASE as under utf8mb4_general_ci with PAD SPACE. */
export function isPlain(text: string): boolean {
  return /^[\x20-\x5a\x61-\x7e]*$/.test(text) && !text.endsWith(' ')
}

const FOLD_CACHE = new Map<string, string>()

/** Letters without case and accents. In utf8mb4_general_ci the sharp s is an s (manual, 10.10.1 Unicode Character Sets). */
export function bare(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toUpperCase()
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\u00df/g, 's')
    .toUpperCase()
}

/** A text's key under utf8mb4_general_ci with PAD SPACE: case, accents and blanks at the end do not count. */
export function fold(text: string): string {
  const known = FOLD_CACHE.get(text)
  if (known !== undefined) return known
  const key = bare(withoutEndBlanks(text))
  if (text.length <= 100) {
    if (FOLD_CACHE.size >= 50_000) FOLD_CACHE.clear()
    FOLD_CACHE.set(text, key)
  }
  return key
}

/** In one pass: an expression would begin anew at each blank. */
function withoutEndBlanks(text: string): string {
  let end = text.length
  while (text[end - 1] === ' ') end--
  return text.slice(0, end)
}

/** -1, 0 or 1 under that collation. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const [x, y] = [fold(a), fold(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

/** The same where blanks at the end count, as in the collations of Unicode 9.0 (utf8mb4_0900_ai_ci). */
export function compareTextNoPad(a: string, b: string): number {
  const [x, y] = [bare(a), bare(b)]
  return x < y ? -1 : x > y ? 1 : 0
}
