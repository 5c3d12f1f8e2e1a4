/** Results of pure functions of texts, kept for when the texts come again. */

/** A function that remembers what it gave. @param most results kept; the one that was made first goes first */
export function remembered<T>(make: (text: string) => T, most: number): (text: string) => T {
  const keep = keeper<T>(most)
  return (text) => keep(text, make)
}

/** The same for whoever knows only when asked how the result of a text is made. */
export function keeper<T>(most: number): (text: string, make: (text: string) => T) => T {
  const kept = new Map<string, T>()
  return (text, make) => {
    const known = kept.get(text)
    if (known !== undefined || kept.has(text)) return known as T // what `make` gave
    const made = make(text)
    if (kept.size >= most) kept.delete(kept.keys().next().value ?? text)
    kept.set(text, made)
    return made
  }
}
