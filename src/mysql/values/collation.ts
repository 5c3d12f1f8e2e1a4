/** Text under utf8mb4_general_ci with PAD SPACE, MySQL's default here: letters without case and accents, no blanks at the end. */

/** Whether a text compares under NOCASE as under utf8mb4_general_ci with PAD SPACE. */
export function isPlain(text: string): boolean {
  return /^[\x20-\x5a\x61-\x7e]*$/.test(text) && !text.endsWith(' ')
}

const FOLD_CACHE = new Map<string, string>()

/** Letters without case and accents. In utf8mb4_general_ci the sharp s is an s (manual, 10.10.1 Unicode Character Sets). */
function bare(text: string): string {
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
  const key = bare(text.replace(/ +$/, ''))
  if (text.length <= 100) {
    if (FOLD_CACHE.size >= 50_000) FOLD_CACHE.clear()
    FOLD_CACHE.set(text, key)
  }
  return key
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

/** LIKE: `%` and `_`, matched without backtracking over more than the last `%`. */
export function likeText(text: string, pattern: string, mark: string, exact: boolean): boolean {
  const normal = (s: string) => [...(exact ? s : bare(s))]
  const wanted: { readonly any: '%' | '_' | undefined; readonly c: string }[] = []
  const letters = [...pattern]
  for (let i = 0; i < letters.length; i++) {
    const c = letters[i] ?? ''
    if (mark !== '' && c === mark && i + 1 < letters.length)
      wanted.push({ any: undefined, c: normal(letters[++i] ?? '').join('') })
    else if (c === '%' || c === '_') wanted.push({ any: c, c })
    else wanted.push({ any: undefined, c: normal(c).join('') })
  }
  const given = normal(text)
  let [t, p, star, from] = [0, 0, -1, 0]
  while (t < given.length) {
    const next = wanted[p]
    if (next?.any === '%') {
      star = p++
      from = t
    } else if (next !== undefined && (next.any === '_' || next.c === given[t])) {
      t++
      p++
    } else if (star >= 0) {
      p = star + 1
      t = ++from
    } else return false
  }
  while (wanted[p]?.any === '%') p++
  return p === wanted.length
}
