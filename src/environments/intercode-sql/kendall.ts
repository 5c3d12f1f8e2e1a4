/**
 * Kendall's tau-b between two lists of strings ranked by code point, as scipy.stats.kendalltau gives it for InterCode's
 * reward (it hands over the rows' texts, not their places).
 */

/** -1 to 1; NaN for lists shorter than two and where either list holds one value only. Lengths must be equal. */
export function kendallTau(a: readonly string[], b: readonly string[]): number {
  const n = a.length
  const x = ranks(a)
  const y = ranks(b)
  let concordant = 0
  let discordant = 0
  let tiedX = 0
  let tiedY = 0
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const dx = Math.sign((x[i] ?? 0) - (x[j] ?? 0))
      const dy = Math.sign((y[i] ?? 0) - (y[j] ?? 0))
      if (dx === 0) tiedX++
      if (dy === 0) tiedY++
      if (dx * dy > 0) concordant++
      else if (dx * dy < 0) discordant++
    }
  const pairs = (n * (n - 1)) / 2
  if (pairs === 0 || tiedX === pairs || tiedY === pairs) return Number.NaN
  const tau = (concordant - discordant) / Math.sqrt(pairs - tiedX) / Math.sqrt(pairs - tiedY)
  return Math.max(-1, Math.min(1, tau))
}

/** Each text's place among the distinct texts. */
function ranks(texts: readonly string[]): number[] {
  const sorted = [...new Set(texts)].sort(byCodePoint)
  const rank = new Map(sorted.map((text, i) => [text, i]))
  return texts.map((text) => rank.get(text) ?? 0)
}

/** UTF-16 order would put U+10000 and above before U+E000. */
function byCodePoint(a: string, b: string): number {
  const [p, q] = [a[Symbol.iterator](), b[Symbol.iterator]()]
  for (;;) {
    const [c, d] = [p.next(), q.next()]
    if (c.done || d.done) return (c.done ? 0 : 1) - (d.done ? 0 : 1)
    const difference = (c.value.codePointAt(0) ?? 0) - (d.value.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
}
