/**
 * One choice among the actions of a state, as numbers: all that training a log-linear policy needs to know of it.
 * log pi(chosen) = x_chosen . w - log sum_a exp(x_a . w), with the features x_a as rows.
 */
export interface Decision {
  /**
   * Features of every action, row by row. Never changed. Two decisions with the same array were made in the same state,
   * so that what does not depend on the action cancels between them.
   */
  readonly rows: Readonly<Float64Array>
  /** Number of actions. */
  readonly count: number
  /** Row of the action taken. */
  readonly chosen: number
}
