/** A function of a text that remembers what it gave: for pure ones whose texts come again. */

/**
 * @param most results kept; the one that was made first goes first
 */
export function remembered<T>(make: (text: string) => T, most: number): (text: string) => T {
  const kept = new Map<string, T>()
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined || kept.has(text)) return known as T // what `make` gave
    const made = make(text)
    if (kept.size >= most) kept.delete(kept.keys().next().value ?? text)
    kept.set(text, made)
    return made
  }
}
