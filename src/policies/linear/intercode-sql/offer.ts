/** One thing that the policy may do next, with what it knows of it. */
import type { Fit } from './fit.ts'
import type { Plan } from './plan.ts'
import type { Edit } from './repair.ts'

export const OFFER_KINDS = ['show', 'guess', 'describe', 'peek', 'compose', 'repair', 'submit'] as const

export interface Offer {
  readonly kind: (typeof OFFER_KINDS)[number]
  readonly action: string
  /** Of `describe`, `guess` and `peek`. */
  readonly table: string | undefined
  /** Of `describe`: how much of the table's name is in the question, and whether a described table points to it. */
  readonly overlap: number
  readonly linked: boolean
  readonly plan: Plan | undefined
  /** How well the plan agrees with the question; worked out when its features are first asked for. */
  fit: Fit | undefined
  readonly edit: Edit | undefined
  /** Of `compose`: behind the best, 0 or less. */
  readonly prior: number
}

export interface Offers {
  readonly list: readonly Offer[]
  readonly actions: readonly string[]
  /** What all of them share; worked out when their features are first asked for. */
  scene: Scene | undefined
}

export interface Scene {
  /** Tables listed, named in the question and not described. */
  readonly missing: number
  /** How much of the name of one of the tables that may be described is in the question, at most. */
  readonly overlap: number
  /** The best fit of a query, overall; at least 0. */
  readonly bestFit: number
}
