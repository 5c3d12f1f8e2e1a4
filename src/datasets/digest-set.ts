/**
 * A set of texts by their digests alone, 16 to 32 bytes each however long they are: a million rows take some 30 MB. Two of n texts
 * are taken for the same by chance in about n² / 2⁶⁵ of all sets: one in 37 million for a million rows.
 */
import { Digest } from '../core/digest.ts'

export interface DigestSet {
  has(text: string): boolean
  add(text: string): void
  /** How many different texts were added. */
  size(): number
}

const FIRST_SLOTS = 1024

/** Two words for each slot; both are 0 where it is free. */
type Slots = Uint32Array

export function digestSet(): DigestSet {
  let slots: Slots = new Uint32Array(2 * FIRST_SLOTS)
  let size = 0

  function put(into: Slots, high: number, low: number): boolean {
    const at = placeOf(into, high, low)
    const known = into[at] !== 0 || into[at + 1] !== 0
    into[at] = high
    into[at + 1] = low
    return !known
  }

  function grow(): void {
    const larger: Slots = new Uint32Array(2 * slots.length)
    for (let at = 0; at < slots.length; at += 2) {
      const [high = 0, low = 0] = slots.subarray(at, at + 2)
      if (high !== 0 || low !== 0) put(larger, high, low)
    }
    slots = larger
  }

  return {
    has(text) {
      const at = placeOf(slots, ...wordsOf(text))
      return slots[at] !== 0 || slots[at + 1] !== 0
    },
    add(text) {
      if (put(slots, ...wordsOf(text))) size++
      if (4 * size > slots.length) grow()
    },
    size: () => size,
  }
}

/** Where these words stand, or the free slot where they would. */
function placeOf(slots: Slots, high: number, low: number): number {
  const count = slots.length / 2
  for (let slot = low % count; ; slot = (slot + 1) % count) {
    const [here, there] = [slots[2 * slot], slots[2 * slot + 1]]
    if ((here === 0 && there === 0) || (here === high && there === low)) return 2 * slot
  }
}

function wordsOf(text: string): [number, number] {
  const hex = new Digest().add(text).hex()
  const [high, low] = [Number.parseInt(hex.slice(0, 8), 16), Number.parseInt(hex.slice(8), 16)]
  return [high, high === 0 && low === 0 ? 1 : low]
}
