/**
 * Our small language model, joined to an environment: reads what a compact view shows and writes actions token by token.
 * pi(action | history) is the product of the probabilities of its tokens and of the end.
 */
import { exp } from '../../core/elementary.ts'
import type { Proposal, Rollout, TaskWords } from '../../core/exploration/actor.ts'
import type { RandomStream } from '../../core/random.ts'
import { remembered } from '../../core/remembered.ts'
import type { LANGUAGE_MODEL_NAMES } from '../../core/settings/run-config.ts'
import type { Environment } from '../../environments/environment.ts'
import type { Start, TrainablePolicy } from '../policy.ts'
import type { CompactView } from './compact-view.ts'
import { actionTokens, readTokens } from './conversation.ts'
import type { Reader } from './reader.ts'
import { createSuccessors, type Successor, TransformerNode } from './successors.ts'
import type { Tokenizer } from './tokenizer/tokenizer.ts'
import { SPECIAL_KINDS, SPECIAL_TOKENS } from './tokenizer/vocabulary.ts'

/** What was said at a prefix, for training. */
export interface Utterance {
  /** The conversation before. */
  readonly prefix: readonly number[]
  /** The action's tokens, the end included. */
  readonly written: readonly number[]
}

/** A token as it was written, and what might have stood in its place. */
export interface SpelledToken {
  readonly text: string
  /** At temperature 1, given all before it. */
  readonly probability: number
  /** The likeliest others, the likeliest first. */
  readonly others: readonly { readonly text: string; readonly probability: number }[]
}

/** An action token by token. */
export interface Spelled {
  /** The conversation before it, special tokens in their names. */
  readonly read: string
  readonly tokens: readonly SpelledToken[]
}

export interface TransformerActor<S = unknown, M = unknown> extends TrainablePolicy<TransformerNode<S, M>, Utterance> {
  readonly reader: Reader
  readonly tokenizer: Tokenizer
  propose(prefix: TransformerNode<S, M>, temperature: number, random: RandomStream): Proposal
  rollouts(
    prefix: TransformerNode<S, M>,
    limit: number,
    temperature: number,
    streams: readonly RandomStream[],
  ): readonly Rollout[]
  /** Finishes one episode from each start, whatever tasks they are of, in at most `limit` further actions. */
  finish(starts: readonly Start<TransformerNode<S, M>>[], limit: number, temperature: number): readonly Rollout[]
  /** Undefined for an action that the view has no words for. */
  decision(prefix: TransformerNode<S, M>, action: string): Utterance | undefined
  /** The same agent with the model of another kernel: one that is being trained. Takes prefixes of this one, too. */
  withReader(reader: Reader): TransformerActor<S, M>
  /** How likely each token of an action is; undefined for one that does not fit into the context any more. */
  spell(prefix: TransformerNode<S, M>, action: string): Spelled | undefined
}

export interface TransformerParts {
  readonly name: string
  readonly fingerprint: string
  readonly tokenizer: Tokenizer
  readonly reader: Reader
}

/** What those that ship are called, by the setting `model`. */
export const TRANSFORMER_NAMES: Readonly<Record<(typeof LANGUAGE_MODEL_NAMES)[number], string>> = {
  '': 'Small language model',
  tiny: 'Tiny language model',
}

const MOST_OTHERS = 5

/** Texts of which the tokens are remembered: some hundred kilobytes. */
const MOST_TEXTS = 512

/** Most tokens of an action. */
export const MOST_ACTION_TOKENS = 128

export function createTransformerActor<S, M>(
  environment: Environment<S>,
  view: CompactView<S, M>,
  { name, fingerprint, tokenizer, reader }: TransformerParts,
): TransformerActor<S, M> {
  type Node = TransformerNode<S, M>
  const { context } = reader.kernel.config
  const speech = { end: tokenizer.special.end, most: MOST_ACTION_TOKENS }
  const textOf = (action: string): string => `Action: ${action}`
  const seenTokens = remembered((seen) => readTokens(tokenizer, seen, false), MOST_TEXTS)

  /** What the model means by what it wrote. */
  const meant = ({ state, memory }: Pick<Node, 'state' | 'memory'>, written: readonly number[]): string =>
    view.read(state, memory, tokenizer.decode(written))

  /** What comes of an action; `written` is how it was said. */
  function after(before: Node, action: string, written: readonly number[]): Successor<S, M> {
    const { state, reward, done } = environment.step(before.state, action)
    // Nothing is read after the last action.
    const memory = done ? before.memory : view.advance(before.memory, state)
    // It may have run out of room before it came to an end.
    const ended = written.at(-1) === speech.end ? [] : [speech.end]
    const read = done ? ended : [...ended, ...seenTokens(view.seen(state, memory))]
    const node = new TransformerNode({ state, memory, reward: done ? reward : undefined }, before, [
      ...written,
      ...read,
    ])
    return { written, action, node, read }
  }

  const successors = createSuccessors<S, M>((state) => environment.ownCharacters?.(state) ?? 0)

  /** What comes of an utterance. */
  function upon(node: Node, written: readonly number[]): Successor<S, M> {
    return successors.known(node, written) ?? successors.keep(node, after(node, meant(node, written), written))
  }

  const full = ({ tokens }: Node): boolean => tokens.length >= context

  function wordsOf({ state, memory }: Node, action: string): number[] {
    return actionTokens(tokenizer, view.write(state, memory, action) ?? action)
  }

  function finish(starts: readonly Start<Node>[], limit: number, temperature: number): readonly Rollout[] {
    const episodes = starts.map(({ prefix, random }) => {
      let node = prefix
      const actions: string[] = []
      const said = (written: readonly number[]): readonly number[] | undefined => {
        const next = upon(node, written)
        node = next.node
        actions.push(next.action)
        return node.reward !== undefined || actions.length >= limit ? undefined : next.read
      }
      const open = prefix.reward === undefined && limit > 0 && !full(prefix)
      return { tokens: prefix.tokens, random, said, open, rollout: () => ({ actions, reward: node.reward ?? 0 }) }
    })
    reader.converse(
      episodes.filter(({ open }) => open),
      { ...speech, temperature },
    )
    return episodes.map(({ rollout }) => rollout())
  }

  return {
    name,
    fingerprint,
    reader,
    tokenizer,
    begin({ id }: TaskWords) {
      const task = environment.task(id)
      if (task === undefined) throw new Error(`The data has no task ${id}.`)
      const state = environment.reset(task)
      const memory = view.begin(state)
      const tokens = readTokens(tokenizer, view.opening(state, memory), true)
      return new TransformerNode<S, M>({ state, memory, reward: undefined }, undefined, tokens)
    },
    propose(node, temperature, random) {
      let action = ''
      const said = (written: readonly number[]): undefined => {
        action = successors.known(node, written)?.action ?? meant(node, written)
      }
      if (!full(node)) reader.converse([{ tokens: node.tokens, random, said }], { ...speech, temperature })
      return { action, text: textOf(action) }
    },
    reply: (_, action) => textOf(action),
    execute(node, { action }) {
      if (node.reward !== undefined) return node
      const written = wordsOf(node, action)
      const known = successors.known(node, written)
      if (known?.action === action) return known.node
      const next = after(node, action, written)
      // An action that the view has no words for is not what the model means by its letters.
      if (known === undefined && meant(node, written) === action) successors.keep(node, next)
      return next.node
    },
    outcome: ({ reward }) => (reward === undefined ? undefined : { reward }),
    observe: ({ state }) => environment.observe(state),
    withReader: (other) => createTransformerActor(environment, view, { name, fingerprint, tokenizer, reader: other }),
    rollouts: (prefix, limit, temperature, streams) =>
      finish(
        streams.map((random) => ({ prefix, random })),
        limit,
        temperature,
      ),
    finish,
    spell(node, action) {
      const written = wordsOf(node, action)
      const tokens = [...node.tokens, ...written]
      if (tokens.length > context) return undefined
      const logits = reader.foretell(tokens.slice(0, -1), node.tokens.length)
      return {
        read: named(tokenizer, node.tokens),
        tokens: written.map((token, i) => spelled(tokenizer, logits[i] as Float32Array, token)), // one for each
      }
    },
    decision({ state, memory, tokens }, action) {
      const words = view.write(state, memory, action)
      return words === undefined ? undefined : { prefix: tokens, written: actionTokens(tokenizer, words) }
    },
  }
}

function spelled(tokenizer: Tokenizer, logits: Readonly<Float32Array>, token: number): SpelledToken {
  const most = logits.reduce((a, b) => Math.max(a, b))
  const weights = Array.from(logits, (logit) => exp(logit - most))
  const sum = weights.reduce((a, b) => a + b, 0)
  const of = (id: number) => ({ text: named(tokenizer, [id]), probability: (weights[id] as number) / sum }) // of its vocabulary
  const others = weights
    .map((_, id) => id)
    .filter((id) => id !== token)
    .sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b)
    .slice(0, MOST_OTHERS)
  return { ...of(token), others: others.map(of) }
}

/** A text with its special tokens in their names. */
function named(tokenizer: Tokenizer, tokens: readonly number[]): string {
  const names = new Map(SPECIAL_KINDS.map((kind) => [tokenizer.special[kind], SPECIAL_TOKENS[kind]] as const))
  let text = ''
  let plain: number[] = []
  for (const token of tokens) {
    const name = names.get(token)
    if (name === undefined) {
      plain.push(token)
      continue
    }
    text += tokenizer.decode(plain) + name
    plain = []
  }
  return text + tokenizer.decode(plain)
}
