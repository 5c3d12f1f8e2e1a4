/**
 * Byte-pair encoding of one word: of all neighbours that a merge joins, those with the lowest rank become one, the leftmost
 * first, until none are left. In n log n steps for n bytes, so that a word of a million letters is no trap.
 */
import type { Merge } from './vocabulary.ts'

export class WordMerger {
  readonly #size: number
  readonly #merges: readonly Merge[]
  /** Rank by pair. */
  readonly #ranks: ReadonlyMap<number, number>

  /** @param size of the vocabulary: ids are below it */
  constructor(merges: readonly Merge[], size: number) {
    this.#size = size
    this.#merges = merges
    this.#ranks = new Map(merges.map(({ left, right }, rank) => [left * size + right, rank]))
  }

  /** @param ids of the word's bytes; what they become is written over them @returns how many are left */
  merge(ids: Int32Array): number {
    const n = ids.length
    // A list of what is left: `next[i]` is the place behind, `before[i]` the one in front; what was taken in has the id -1.
    const next = Int32Array.from(ids, (_, i) => i + 1)
    const before = Int32Array.from(ids, (_, i) => i - 1)
    const queue: number[] = []
    const look = (left: number): void => {
      const right = next[left] as number // left is in the list
      if (left < 0 || right >= n) return
      const rank = this.#ranks.get((ids[left] as number) * this.#size + (ids[right] as number))
      if (rank !== undefined) push(queue, rank * n + left)
    }
    for (let i = 0; i < n - 1; i++) look(i)
    for (let best = pop(queue); best !== undefined; best = pop(queue)) {
      const left = best % n
      const merge = this.#merges[(best - left) / n] as Merge // pushed with the rank of one
      const right = next[left] as number
      // Since it was pushed, one of the two may have become something else.
      if (ids[left] !== merge.left || right >= n || ids[right] !== merge.right) continue
      ids[left] = merge.made
      ids[right] = -1
      const behind = next[right] as number
      next[left] = behind
      if (behind < n) before[behind] = left
      if ((before[left] as number) >= 0) look(before[left] as number)
      look(left)
    }
    let left = 0
    for (const id of ids) if (id >= 0) ids[left++] = id
    return left
  }
}

/** A binary heap: the least on top. */
function push(heap: number[], value: number): void {
  let i = heap.push(value) - 1
  while (i > 0) {
    const parent = (i - 1) >> 1
    const above = heap[parent] as number // parent < i
    if (above <= value) break
    heap[i] = above
    i = parent
  }
  heap[i] = value
}

function pop(heap: number[]): number | undefined {
  const top = heap[0]
  const value = heap.pop()
  if (value === undefined || heap.length === 0) return top
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child++
    if ((heap[child] as number) >= value) break
    heap[i] = heap[child] as number
    i = child
  }
  heap[i] = value
  return top
}
