/** What a statement may cost while it runs: steps of SQLite's virtual machine, calls out of it, and memory. */
import type { SqlLimits } from '../limits.ts'
import type { SqlEngine } from './engine.ts'

/** How often SQLite asks, in steps of the virtual machine. */
export const ASKED_EVERY = 1000
/** What a call out of WebAssembly counts for, in the same steps. */
const CALL_COST = 40

export interface Budget {
  /** The whole budget again, for the next statement. Nothing is bounded before the first. */
  start(): void
  /** Counts a call out of WebAssembly; false when nothing is left. */
  charge(): boolean
  /** Counts the steps since the last time; false when nothing is left. */
  step(): boolean
  /** What the statement ran out of, if it did. */
  stopped(): 'operations' | 'memory' | undefined
}

export function createBudget({ sqlite: { wasm } }: SqlEngine, limits: SqlLimits): Budget {
  let left = Number.POSITIVE_INFINITY
  let stopped: 'operations' | 'memory' | undefined
  return {
    start() {
      left = limits.operations
      stopped = undefined
    },
    charge() {
      left -= CALL_COST
      if (left < 0) stopped ??= 'operations'
      return stopped === undefined
    },
    step() {
      left -= ASKED_EVERY
      if (left < 0) stopped = 'operations'
      else if (wasm.heap8u().byteLength > limits.memoryBytes) stopped = 'memory'
      return stopped === undefined
    },
    stopped: () => stopped,
  }
}
