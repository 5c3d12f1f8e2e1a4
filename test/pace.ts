/**
 * How long tests wait before they give up, and how slow a machine they may make of this one:
 *
 *     RRO_SLOW=6 npx vitest run --project browser    # the main thread of every page is six times slower
 *     RRO_BUSY=2 npx vitest run --project browser    # two threads that only burn time run beside the tests
 *
 * `npm run test:slow` does both and tells what held. DevTools can slow a page, not its workers: under `RRO_SLOW` a
 * worker is quick and its page late; `RRO_BUSY` slows them alike. No test measures speed, so that waiting long costs
 * nothing but where something is broken.
 */

export const SLOW = Math.max(1, given('RRO_SLOW'))
export const BUSY = given('RRO_BUSY')

/** For one thing to come. */
export const PATIENCE_MS = 90_000 * (SLOW + BUSY)

/** For a whole test. */
export const TEST_PATIENCE_MS = 5 * PATIENCE_MS

function given(name: string): number {
  const value = Number(process.env[name] || 0)
  if (!(value >= 0)) throw new Error(`${name} is ${process.env[name]}, which is not a number from 0 up.`)
  return value
}
