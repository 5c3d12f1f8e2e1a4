/**
 * Histories as a tree: each knows the one that it goes on from and what was added, and what came of an utterance is remembered, so
 * that rollouts which say the same do not ask the environment and its view again.
 */

/** A conversation that goes on from another one. Holds nothing but tokens. */
class Joined {
  #before: Joined | undefined
  #tokens: readonly number[]

  constructor(before: Joined | undefined, added: readonly number[]) {
    this.#before = before
    this.#tokens = added
  }

  /** One array for good. */
  get tokens(): readonly number[] {
    if (this.#before !== undefined) this.#tokens = this.#before.tokens.concat(this.#tokens)
    this.#before = undefined
    return this.#tokens
  }
}

/** A history as the model has read it. Never changed. */
export class TransformerNode<S, M> {
  readonly state: S
  readonly memory: M
  /** Outcome reward when the episode is over. */
  readonly reward: number | undefined
  readonly #conversation: Joined

  /** @param added tokens since the history `before`; all of them without one */
  constructor(
    { state, memory, reward }: Pick<TransformerNode<S, M>, 'state' | 'memory' | 'reward'>,
    before: TransformerNode<S, M> | undefined,
    added: readonly number[],
  ) {
    this.state = state
    this.memory = memory
    this.reward = reward
    this.#conversation = new Joined(before === undefined ? undefined : before.#conversation, added)
  }

  /** The conversation so far; its last token asks for an action. One array for good. */
  get tokens(): readonly number[] {
    return this.#conversation.tokens
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

/** Successors that are remembered. Those of one step are a few dozen. */
export const MOST_SUCCESSORS = 512

/** Characters of its own that a state may have which is held for them: with tokens and memories some ten megabytes for all at most. */
export const MOST_CHARACTERS = 8192

export interface Successors<S, M> {
  /** What came of an utterance after a history, where that is remembered. */
  known(node: TransformerNode<S, M>, written: readonly number[]): Successor<S, M> | undefined
  /** Remembers what is not known, unless a state is too large for it. */
  keep(node: TransformerNode<S, M>, successor: Successor<S, M>): Successor<S, M>
}

/** @param charactersOf those that a state has of its own */
export function createSuccessors<S, M>(charactersOf: (state: S) => number): Successors<S, M> {
  const kept = new Map<TransformerNode<S, M>, Successor<S, M>[]>()
  let count = 0
  return {
    known(node, written) {
      const all = kept.get(node)
      if (all !== undefined) for (const one of all) if (isSame(one.written, written)) return one
      return undefined
    },
    keep(node, successor) {
      if (charactersOf(node.state) > MOST_CHARACTERS || charactersOf(successor.node.state) > MOST_CHARACTERS)
        return successor
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
