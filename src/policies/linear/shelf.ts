/** Keeps many short lists of numbers side by side in long ones: an array of its own costs the engine more than its numbers. */

/** Numbers in a block, unless a list has more. */
const BLOCK = 1 << 15

/** @returns keeps a copy of the first `size` numbers */
export function createShelf(): (numbers: Readonly<Float64Array>, size: number) => Float64Array {
  let block = new Float64Array(0)
  let used = 0
  return (numbers, size) => {
    if (used + size > block.length) {
      block = new Float64Array(Math.max(BLOCK, size))
      used = 0
    }
    const kept = block.subarray(used, used + size)
    for (let i = 0; i < size; i++) kept[i] = numbers[i] as number // callers have as many
    used += size
    return kept
  }
}
