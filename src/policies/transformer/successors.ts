/**
 * Histories as a tree: each knows the one that it goes on from and what was added, and what came of an utterance is remembered, so
 * that rollouts which say the same do not ask the environment and its view again.
 */

/** A history as the model has read it. Never changed. */
export class TransformerNode<S, M> {
  readonly state: S
  readonly memory: M
  /** Outcome reward when the episode is over. */
  readonly reward: number | undefined
  readonly #before: TransformerNode<S, M> | undefined
  readonly #added: readonly number[]
  #tokens: readonly number[] | undefined

  /** @param added tokens since the history `before`; all of them without one */
  constructor(
    { state, memory, reward }: Pick<TransformerNode<S, M>, 'state' | 'memory' | 'reward'>,
    before: TransformerNode<S, M> | undefined,
    added: readonly number[],
  ) {
    this.state = state
    this.memory = memory
    this.reward = reward
    this.#before = before
    this.#added = added
  }

  /** The conversation so far; its last token asks for an action. One array for good. */
  get tokens(): readonly number[] {
    this.#tokens ??= this.#before === undefined ? this.#added : this.#before.tokens.concat(this.#added)
    return this.#tokens
  }
}

/** What came of an utterance. */
export interface Successor<S, M> {
  readonly written: readonly number[]
  /** What it meant. */
  readonly action: string
  readonly node: TransformerNode<S, M>
  /** What the model reads upon it. */
  readonly read: readonly number[]
}

/** Successors that are remembered: a megabyte at most, with their states, memories and tokens. Those of one step are a few dozen. */
export const MOST_SUCCESSORS = 1 << 9

export interface Successors<S, M> {
  /** What came of an utterance after a history, where that is remembered. */
  known(node: TransformerNode<S, M>, written: readonly number[]): Successor<S, M> | undefined
  /** Remembers what is not known. */
  keep(node: TransformerNode<S, M>, successor: Successor<S, M>): Successor<S, M>
}

export function createSuccessors<S, M>(): Successors<S, M> {
  const kept = new Map<TransformerNode<S, M>, Successor<S, M>[]>()
  let count = 0
  return {
    known(node, written) {
      const all = kept.get(node)
      if (all !== undefined) for (const one of all) if (isSame(one.written, written)) return one
      return undefined
    },
    keep(node, successor) {
      if (count === MOST_SUCCESSORS) {
        kept.clear()
        count = 0
      }
      count++
      const all = kept.get(node)
      if (all === undefined) kept.set(node, [successor])
      else all.push(successor)
      return successor
    },
  }
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
