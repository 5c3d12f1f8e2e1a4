/** One thing that the policy may do next, with what it knows of it. */
import type { Plan } from './plan.ts'
import type { Edit } from './repair.ts'

export const OFFER_KINDS = ['show', 'guess', 'describe', 'peek', 'compose', 'repair', 'submit'] as const

export interface Offer {
  readonly kind: (typeof OFFER_KINDS)[number]
  readonly action: string
  /** Of `describe`, `guess` and `peek`. */
  readonly table: string | undefined
  readonly plan: Plan | undefined
  readonly edit: Edit | undefined
  /** Of `compose`: behind the best, 0 or less. */
  readonly prior: number
}

export interface Offers {
  readonly list: readonly Offer[]
  readonly actions: readonly string[]
}
