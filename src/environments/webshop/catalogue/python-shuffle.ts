/**
 * `random.seed(n); random.shuffle(list)` of Python 3: MT19937 (Matsumoto and Nishimura 1998, `init_by_array`) and
 * Fisher-Yates from the end with rejection sampling. WebShop orders its goals so (web_agent_text_env.py, seed 233), and
 * the published test set is "goals 0 to 499" of that order, so the draw has to be the same to the bit.
 */

const SIZE = 624
const MIDDLE = 397

function seeded(seed: number): Uint32Array {
  const words = new Uint32Array(SIZE)
  words[0] = 19650218
  const at = (i: number): number => words[i] ?? 0
  for (let i = 1; i < SIZE; i++) words[i] = Math.imul(1812433253, at(i - 1) ^ (at(i - 1) >>> 30)) + i
  let i = 1
  for (let k = SIZE; k > 0; k--) {
    words[i] = (at(i) ^ Math.imul(at(i - 1) ^ (at(i - 1) >>> 30), 1664525)) + seed
    if (++i >= SIZE) {
      words[0] = at(SIZE - 1)
      i = 1
    }
  }
  for (let k = SIZE - 1; k > 0; k--) {
    words[i] = (at(i) ^ Math.imul(at(i - 1) ^ (at(i - 1) >>> 30), 1566083941)) - i
    if (++i >= SIZE) {
      words[0] = at(SIZE - 1)
      i = 1
    }
  }
  words[0] = 0x80000000
  return words
}

/** 32-bit words of `random.Random(seed)`, for a seed in [0, 2^32). */
function mersenneTwister(seed: number): () => number {
  const words = seeded(seed)
  const at = (i: number): number => words[i] ?? 0
  let next = SIZE
  return () => {
    if (next === SIZE) {
      for (let k = 0; k < SIZE; k++) {
        const y = (at(k) & 0x80000000) | (at((k + 1) % SIZE) & 0x7fffffff)
        words[k] = at((k + MIDDLE) % SIZE) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
      }
      next = 0
    }
    let y = at(next++)
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  }
}

/** A copy of `items` in the order that Python's `random.seed(seed); random.shuffle(items)` leaves it in. */
export function pythonShuffled<T>(items: readonly T[], seed: number): T[] {
  const word = mersenneTwister(seed)
  const copy = items.slice()
  for (let i = copy.length - 1; i > 0; i--) {
    const bits = 32 - Math.clz32(i + 1)
    let j = word() >>> (32 - bits)
    while (j > i) j = word() >>> (32 - bits)
    const held = copy[i] as T // i and j are inside the array
    copy[i] = copy[j] as T
    copy[j] = held
  }
  return copy
}
