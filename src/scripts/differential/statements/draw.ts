/** Choices out of a stream: what a grammar keeps asking. */
import type { RandomStream } from '../../../core/random.ts'

export interface Draw {
  one<T>(items: readonly T[]): T
  /** Whole, from `least` to `most`. */
  whole(least: number, most: number): number
  /** True so many times of a hundred. */
  chance(percent: number): boolean
  /** Some of these in their order, `least` at least. */
  some<T>(items: readonly T[], least: number, most: number): T[]
}

export function drawFrom(stream: RandomStream): Draw {
  function one<T>(items: readonly T[]): T {
    const item = items[stream.below(items.length)]
    if (item === undefined) throw new Error('Nothing to choose from.')
    return item
  }
  const whole = (least: number, most: number) => least + stream.below(most - least + 1)
  return {
    one,
    whole,
    chance: (percent) => stream.below(100) < percent,
    some(items, least, most) {
      const count = Math.min(items.length, whole(least, most))
      const picked = new Set(stream.shuffled(items.map((_, i) => i)).slice(0, count))
      return items.filter((_, i) => picked.has(i))
    },
  }
}
