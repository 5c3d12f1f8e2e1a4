/**
 * Kendall's tau-b between two lists of strings ranked by code point, as scipy.stats.kendalltau gives it for InterCode's
 * reward (it hands over the rows' texts, not their places).
 */

/** -1 to 1; NaN for lists shorter than two and where either list holds one value only. Lengths must be equal. */
export function kendallTau(a: readonly string[], b: readonly string[]): number {
  const n = a.length
  const x = ranks(a)
  const y = ranks(b)
  const order = x.map((_, i) => i).sort((i, j) => (x[i] ?? 0) - (x[j] ?? 0) || (y[i] ?? 0) - (y[j] ?? 0))
  const pairs = (n * (n - 1)) / 2
  const tiedX = ties(x)
  const tiedY = ties(y)
  if (pairs === 0 || tiedX === pairs || tiedY === pairs) return Number.NaN
  const tiedBoth = ties(x.map((rank, i) => rank * n + (y[i] ?? 0)))
  const discordant = inversions(order.map((i) => y[i] ?? 0))
  const difference = pairs - tiedX - tiedY + tiedBoth - 2 * discordant
  const tau = difference / Math.sqrt(pairs - tiedX) / Math.sqrt(pairs - tiedY)
  return Math.max(-1, Math.min(1, tau))
}

/** Pairs of equal values. */
function ties(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let pairs = 0
  for (const count of counts.values()) pairs += (count * (count - 1)) / 2
  return pairs
}

/** Pairs that stand in falling order (Knight 1966), counted in a Fenwick tree; values are below the list's length. */
function inversions(values: readonly number[]): number {
  const tree = new Array<number>(values.length + 1).fill(0)
  let found = 0
  values.forEach((value, seen) => {
    let notAbove = 0
    for (let i = value + 1; i > 0; i -= i & -i) notAbove += tree[i] ?? 0
    found += seen - notAbove
    for (let i = value + 1; i < tree.length; i += i & -i) tree[i] = (tree[i] ?? 0) + 1
  })
  return found
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
