/**
 * A uniform sample of a growing collection, at most so many items, that does not depend on how far the collection has
 * grown beyond what is asked for: every item draws a priority by its name, and the least priorities stay (bottom-k).
 */
import type { RandomStream } from '../../core/random.ts'

export interface Sample<T> {
  /** Adds the items of a group, say a task; each number names one group. */
  add(group: number, items: readonly T[]): void
  /** The sample, in order of priority, as if the items of one more group had been added. */
  with(group: number, items: readonly T[]): readonly T[]
}

interface Drawn<T> {
  readonly priority: number
  readonly item: T
}

export function createSample<T>(most: number, random: RandomStream): Sample<T> {
  let kept: Drawn<T>[] = []
  const drawn = (group: number, items: readonly T[]): Drawn<T>[] => {
    const priorities = random.child(group)
    return items.map((item) => ({ priority: priorities.next(), item }))
  }
  const least = (all: Drawn<T>[]): Drawn<T>[] => all.sort((a, b) => a.priority - b.priority).slice(0, most)
  return {
    add(group, items) {
      kept.push(...drawn(group, items))
      if (kept.length > 2 * most + 1000) kept = least(kept) // seldom, since it sorts
    },
    with: (group, items) => least([...kept, ...drawn(group, items)]).map(({ item }) => item),
  }
}
