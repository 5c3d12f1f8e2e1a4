/**
 * What a statement may cost while it runs, in units of work (`metered-wasm.ts`; one takes about 4 ns). WebAssembly counts
 * its own; functions outside it charge for theirs. At the end of the limit the statement is interrupted where SQLite or
 * a function asks. What does not ask is stopped by the trap, once the reserve is used up as well.
 */

/** Units left for what is running when the limit is reached. */
export const RESERVE = 10_000_000
const MOST = 2 ** 31 - 1 - RESERVE

/** A mutable i32 global that WebAssembly counts down. */
export type WorkLeft = WebAssembly.Global<'i32'>

export interface Meter {
  /** What it counts with. */
  readonly left: WorkLeft
  /** Begins anew, with so many units; as many as can be counted without them. */
  start(units?: number): void
  /** Counts work outside WebAssembly; false when nothing is left. */
  charge(units: number): boolean
  /** Whether the limit is reached. */
  spent(): boolean
  /** Whether WebAssembly stopped in the middle of something. */
  trapped(): boolean
  /** Units since the last start. */
  used(): number
  /** Units since the engine was started. */
  total(): number
}

export function createMeter(left: WorkLeft): Meter {
  let limit = MOST
  let before = 0
  const used = (): number => limit + RESERVE - left.value
  left.value = limit + RESERVE
  return {
    left,
    start(units = MOST) {
      before += used()
      limit = Math.min(units, MOST)
      left.value = limit + RESERVE
    },
    charge(units) {
      const now: number = left.value
      const then = Math.max(now - Math.ceil(units), Math.min(now, RESERVE))
      left.value = then
      return then > RESERVE
    },
    spent: () => left.value <= RESERVE,
    trapped: () => left.value < 0,
    used,
    total: () => before + used(),
  }
}
