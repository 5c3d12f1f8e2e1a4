/** What the budgets of a comparison are of, in words. */
import type { Comparison } from '../../core/comparison/comparison.ts'

interface Unit {
  /** After a number: `5,000 calls`. */
  readonly short: string
  /** `policy calls`. */
  readonly long: string
}

const CALLS: Unit = { short: 'calls', long: 'policy calls' }
const TOKENS: Unit = { short: 'tokens', long: 'tokens' }

export function unitOf({ policy }: Pick<Comparison, 'policy'>): Unit {
  return policy === 'transformer' ? TOKENS : CALLS
}
