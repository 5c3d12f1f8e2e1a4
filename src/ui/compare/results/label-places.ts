/** Where labels go that would lie on top of each other: as near as can be to where they belong, in the same order. */

export interface LabelRoom {
  /** Pixels from one label's middle to the next one's, at least. */
  readonly gap: number
  /** Middles stay within these, where there is room for all. */
  readonly least: number
  readonly most: number
}

/**
 * @param wanted the middles as they should be, in pixels, in any order
 * @returns the middles as they can be, in the order given: none nearer to another than `gap`, those in the way of each
 *   other moved as little as can be (in squares); if there is no room for all, evenly spread
 */
export function placeLabels(wanted: readonly number[], { gap, least, most }: LabelRoom): readonly number[] {
  const { length } = wanted
  if (length === 0) return []
  const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b)
  const step = Math.min(gap, (most - least) / Math.max(1, length - 1))
  // Without the gaps the order is all that is asked for: pool neighbours that are out of order, then spread them again.
  const pools: { sum: number; count: number }[] = []
  for (const [rank, at] of order.entries()) {
    let pool = { sum: (wanted[at] ?? 0) - rank * step, count: 1 }
    for (let last = pools.at(-1); last !== undefined && mean(last) >= mean(pool); last = pools.at(-1)) {
      pools.pop()
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count }
    }
    pools.push(pool)
  }
  const highest = most - (length - 1) * step
  const levels = pools.flatMap((pool) =>
    Array.from({ length: pool.count }, () => Math.min(Math.max(mean(pool), least), highest)),
  )
  const places = Array.from({ length }, () => 0)
  order.forEach((at, rank) => {
    places[at] = (levels[rank] ?? 0) + rank * step
  })
  return places
}

function mean({ sum, count }: { readonly sum: number; readonly count: number }): number {
  return sum / count
}
