/**
 * What a small language model reads and writes of an environment: texts so short that an episode fits into a context of a
 * thousand tokens. Whatever an implementation reads must be readable by the agent: the instruction, the observations along
 * its history, and its own past actions. Deterministic, and equal in every engine.
 *
 * A conversation is `opening`, then an action and `seen` in turn. What stands between them (whose turn it is, where an action
 * ends) are tokens of their own, which no text can imitate.
 */

/**
 * @typeParam S state of the environment
 * @typeParam M the view's memory: a pure function of the history
 */
export interface CompactView<S, M> {
  /** Changes whenever the same history reads differently. */
  readonly version: string
  /** The memory of the empty history. */
  begin(state: S): M
  /** The memory after one more action (known or foreign) led to `after`. */
  advance(memory: M, after: S): M
  /** The first text: the task, and what is there to begin with. */
  opening(state: S, memory: M): string
  /** The text after an action that led to `state`; `memory` is the one that `advance` gave. */
  seen(state: S, memory: M): string
  /** An action of the environment as the model writes it; undefined for one that it has no words for. */
  write(state: S, memory: M, action: string): string | undefined
  /**
   * The action that the model means. What means none is given as it is: the environment answers it as the benchmark does.
   * `read(s, m, write(s, m, a)) === a` for every `a` that has words.
   */
  read(state: S, memory: M, text: string): string
}
