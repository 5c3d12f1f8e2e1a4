/**
 * How MySQL's filesort (sql/filesort.cc) leaves rows that ORDER BY calls equal: a bounded queue where LIMIT asks for less
 * than a third of them, std::sort (libstdc++'s introsort) up to 100 rows, and a stable sort beyond.
 */

/** A row's place among the ranks of ORDER BY; equal ranks are ties. */
type Ranks = readonly number[]

const PQ_SLOWNESS = 3
const MOST_UNSTABLE = 100
const INSERTION = 16

/** Indexes of the rows in the order in which MySQL gives them, `wanted` of them at most. */
export function mysqlOrder(ranks: Ranks, wanted: number): number[] {
  const all = ranks.map((_, i) => i)
  if (wanted === 0) return []
  const picked = wanted < ranks.length / PQ_SLOWNESS ? bounded(ranks, wanted) : all
  return sorted(picked, ranks).slice(0, wanted)
}

function sorted(items: readonly number[], ranks: Ranks): number[] {
  const list = [...items]
  const less = (a: number, b: number): boolean => (ranks[a] ?? 0) < (ranks[b] ?? 0)
  if (list.length > MOST_UNSTABLE) return list.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0))
  introsort(list, less)
  return list
}

/** The slots of Bounded_queue: one more than wanted; once full, each row takes the place of the last. */
function bounded(ranks: Ranks, wanted: number): number[] {
  const slots: number[] = []
  /** Slot numbers, the row that sorts last on top. */
  const heap: number[] = []
  const rank = (place: number): number => ranks[slots[heap[place] ?? 0] ?? 0] ?? 0
  const swap = (a: number, b: number): void => {
    const held = heap[a] ?? 0
    heap[a] = heap[b] ?? 0
    heap[b] = held
  }
  for (let row = 0; row < ranks.length; row++) {
    if (heap.length <= wanted) {
      slots.push(row)
      heap.push(slots.length - 1)
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1
        if (rank(at) < rank(parent)) break
        swap(at, parent)
        at = parent
      }
    } else {
      slots[heap[0] ?? 0] = row
      for (let at = 0; ; ) {
        const [left, right] = [2 * at + 1, 2 * at + 2]
        let largest = at
        if (left < heap.length && rank(largest) < rank(left)) largest = left
        if (right < heap.length && rank(largest) < rank(right)) largest = right
        if (largest === at) break
        swap(at, largest)
        at = largest
      }
    }
  }
  return slots
}

type Less = (a: number, b: number) => boolean

/** std::sort, for lists so short that its depth limit is not reached. */
function introsort(list: number[], less: Less): void {
  const get = (i: number): number => list[i] ?? 0
  const swap = (a: number, b: number): void => {
    const held = get(a)
    list[a] = get(b)
    list[b] = held
  }
  const loop = (first: number, end: number): void => {
    let last = end
    while (last - first > INSERTION) {
      const [a, b, c] = [first + 1, first + ((last - first) >> 1), last - 1]
      if (less(get(a), get(b))) swap(first, less(get(b), get(c)) ? b : less(get(a), get(c)) ? c : a)
      else swap(first, less(get(a), get(c)) ? a : less(get(b), get(c)) ? c : b)
      let [i, j] = [first + 1, last]
      for (;;) {
        while (less(get(i), get(first))) i++
        j--
        while (less(get(first), get(j))) j--
        if (i >= j) break
        swap(i, j)
        i++
      }
      loop(i, last)
      last = i
    }
  }
  loop(0, list.length)
  for (let i = 1; i < list.length; i++) {
    const item = get(i)
    let at = i
    while (at > 0 && less(item, get(at - 1))) {
      list[at] = get(at - 1)
      at--
    }
    list[at] = item
  }
}
