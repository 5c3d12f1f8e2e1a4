/**
 * All that the log-linear policy needs to know of an environment: which actions make sense, what they look like as
 * numbers, and how one would explain them. Whatever an implementation reads must be readable by the agent: the
 * instruction, the observations along its history, and its own past actions.
 */

export interface Feature {
  /** `subject.property`, kebab-case; the name in the weights file. */
  readonly name: string
  /** One line for people. */
  readonly meaning: string
}

/**
 * @typeParam S state of the environment, as far as the policy may look at it
 * @typeParam M the policy's memory: a pure function of the history
 */
export interface ActionSpace<S, M> {
  /** Changes whenever a feature or the list of actions changes its meaning. */
  readonly version: string
  readonly features: readonly Feature[]
  /** The memory of the empty history. */
  begin(state: S): M
  /** The memory after one more action (known or foreign) led to `after`. */
  advance(memory: M, after: S): M
  /** Distinct actions, at least one while the episode goes on. May be a shared array; never changed afterwards. */
  actions(state: S, memory: M): readonly string[]
  /** Writes the features of every action into `rows`, row by row (`features.length` each); `rows` comes zeroed. */
  describe(state: S, memory: M, actions: readonly string[], rows: Float64Array): void
  /** One or two sentences that explain this very action. Deterministic. */
  explain(state: S, memory: M, action: string): string
}
