/**
 * What one statement may cost: work and memory. Both depend a little on what ran before in the same engine (how memory is
 * laid out), and the answer must not. So what comes near a limit in an engine that has been used is decided again in one
 * that has not: there the limit holds to the unit.
 */
import type { SqlLimits } from '../limits.ts'
import type { SqlEngine } from './engine/engine.ts'

/** Between these parts of the limit a used engine cannot tell; what it counts differs by up to 0.15 %. */
const [SURELY_WITHIN, SURELY_OVER] = [0.97, 1.03]
/** Of the limit, for writes that were within it once and are done again: they must not fail now. */
export const AGAIN = 2

export interface Allowance {
  /** A statement begins; it may send several queries or writes. */
  begin(): void
  /**
   * A query or a write begins, with so much of the limit.
   * @param look the part of that after which it is given up, where the statement's answer does not hang on it
   */
  start(share: number, look?: number): void
  /** Asked while it runs; between an end and a start nothing is bounded. */
  exceeded(): boolean
  /** It has ended, for this reason if it failed. */
  end(failure?: 'memory'): void
  /** What the last query or write ran out of. */
  ranOut(): 'work' | 'memory' | undefined
  /** Whether the statement has to be run again in an engine that begins anew. */
  doubtful(): boolean
}

export function createAllowance(engine: SqlEngine, limits: SqlLimits): Allowance {
  const { meter } = engine
  let [fresh, again, doubtful, running] = [false, false, false, false]
  let [limit, patience, memoryAtStart, peak] = [limits.work, Number.POSITIVE_INFINITY, 0, 0]
  let ranOut: 'work' | 'memory' | undefined
  return {
    begin() {
      fresh = engine.begin()
      doubtful = false
    },
    start(share, look) {
      patience = look === undefined ? Number.POSITIVE_INFINITY : look * share * limits.work
      limit = share * limits.work
      again = share === AGAIN
      running = true
      ranOut = undefined
      memoryAtStart = engine.memoryUsed()
      peak = 0
      meter.start(fresh || again ? limit : limit * SURELY_OVER)
    },
    exceeded() {
      if (!running) return false
      peak = Math.max(peak, engine.memoryUsed() - memoryAtStart)
      if (meter.spent() || meter.used() > patience) ranOut = 'work'
      else if (peak > limits.memoryBytes * (fresh ? 1 : SURELY_OVER)) ranOut = 'memory'
      return ranOut !== undefined
    },
    end(failure) {
      running = false
      const known = ranOut
      if (meter.spent()) ranOut = 'work'
      else ranOut ??= failure
      const near = meter.used() > limit * SURELY_WITHIN || peak > limits.memoryBytes * SURELY_WITHIN
      // What SQLite could not get while it held less than its share depends on all that is open in the engine.
      if (!fresh && !again && patience === Number.POSITIVE_INFINITY)
        doubtful ||= ranOut === undefined ? near : ranOut === 'memory' && known === undefined
      meter.start()
    },
    ranOut: () => ranOut,
    doubtful: () => doubtful,
  }
}
