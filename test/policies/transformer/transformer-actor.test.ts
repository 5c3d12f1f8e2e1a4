import { expect, test } from 'vitest'
import { type RandomStream, stream } from '../../../src/core/random.ts'
import { createWebShopActions } from '../../../src/policies/linear/webshop/webshop-actions.ts'
import { Kernel } from '../../../src/policies/transformer/kernel/kernel.ts'
import { flattened } from '../../../src/policies/transformer/parameters.ts'
import { Reader } from '../../../src/policies/transformer/reader.ts'
import { createTokenizer } from '../../../src/policies/transformer/tokenizer/tokenizer.ts'
import { createTransformerActor, MOST_ACTION_TOKENS } from '../../../src/policies/transformer/transformer-actor.ts'
import { createWebShopView } from '../../../src/policies/transformer/webshop/webshop-view.ts'
import { createSmallShop } from '../small-shop.ts'
import { randomModel, SMALL_CONFIG, SMALL_VOCABULARY } from './small-model.ts'

const tokenizer = createTokenizer(SMALL_VOCABULARY)
const shop = createSmallShop()
const view = createWebShopView(createWebShopActions(shop.catalogue.products))
const TASK = shop.tasks('train')[0] ?? { id: '', instruction: '' }

/** A model that talks nonsense, by the letter; with room for a few sentences of it. */
async function nonsense(slots: number, context = 700) {
  const config = { ...SMALL_CONFIG, keyValueHeads: SMALL_CONFIG.heads, context }
  const kernel = await Kernel.open(config)
  kernel.parameters.set(flattened(randomModel(config, 3)))
  const reader = new Reader(kernel, slots)
  const actor = createTransformerActor(shop, view, { name: 'n', fingerprint: 'f', tokenizer, reader })
  return { kernel, reader, actor }
}

const streams = (count: number): RandomStream[] =>
  Array.from({ length: count }, (_, i) => stream(5).child('rollout', i))

test('rollouts are the same one by one, together, and with fewer slots than there are of them', async () => {
  const { actor: wide } = await nonsense(8)
  const { actor: narrow } = await nonsense(2)
  const together = wide.rollouts(wide.begin(TASK), 3, 1, streams(5))
  expect(narrow.rollouts(narrow.begin(TASK), 3, 1, streams(5))).toEqual(together)
  const { actor: single } = await nonsense(1)
  expect(streams(5).flatMap((random) => single.rollouts(single.begin(TASK), 3, 1, [random]))).toEqual(together)
  expect(new Set(together.map(({ actions }) => actions.join('\n'))).size).toBe(5)
  expect(together.every(({ actions }) => actions.length === 3)).toBe(true)
})

test('what was read before changes nothing, and is not read again', async () => {
  const { actor, reader } = await nonsense(4)
  const begin = actor.begin(TASK)
  const first = actor.propose(begin, 1, stream(1))
  const { read } = reader.counts
  expect(actor.propose(begin, 1, stream(1))).toEqual(first)
  const again = reader.counts
  expect(again.saved).toBeGreaterThanOrEqual(begin.tokens.length - 1)
  expect(again.read - read).toBeLessThan(read)
  reader.forget()
  expect(actor.propose(begin, 1, stream(1))).toEqual(first)
})

test('a slot that is taken by another conversation meanwhile is read anew, not believed', async () => {
  const { actor } = await nonsense(1)
  const begin = actor.begin(TASK)
  const other = actor.execute(begin, { action: 'search[running shoes]', text: '' })
  const first = actor.propose(other, 1, stream(2))
  actor.propose(begin, 1, stream(3))
  expect(actor.propose(other, 1, stream(2))).toEqual(first)
})

test('what is said at a prefix is its tokens and the end, each with a probability', async () => {
  const { actor, kernel } = await nonsense(4)
  const begin = actor.begin(TASK)
  // By the chain rule over its tokens, the sum over all utterances of one token and the end is P(length 2).
  const said = actor.decision(begin, 'search[running shoes]')
  expect(said?.prefix).toEqual(begin.tokens)
  expect(said?.written.at(-1)).toBe(tokenizer.special.end)
  const { prefix, written } = said as NonNullable<typeof said>
  const all = [...prefix, ...written]
  const logs = kernel.logProbabilities({
    ...{ tokens: all.slice(0, -1), prefix: all.length - 1, branches: [] },
    targetRows: written.map((_, i) => prefix.length - 1 + i),
    targetTokens: written,
  })
  // Greedy drawing takes the likeliest token, which is at least as likely as the one said.
  const greedy = actor.propose(begin, 0, stream(1))
  expect(actor.propose(begin, 0, stream(2))).toEqual(greedy)
  expect(logs.every((log) => log < 0 && log > -60)).toBe(true)
})

test('nonsense is handed to the environment, which stays as it was', async () => {
  const { actor } = await nonsense(4)
  const begin = actor.begin(TASK)
  const proposal = actor.propose(begin, 1, stream(4))
  expect(proposal.text).toBe(`Action: ${proposal.action}`)
  const after = actor.execute(begin, proposal)
  expect(actor.observe(after)).toBe(actor.observe(begin))
  expect(actor.outcome(after)).toBeUndefined()
})

test('an action without words of its own is not what the model means by its letters, whichever came first', async () => {
  for (const order of [
    ['search lamp', 'search[lamp]'],
    ['search[lamp]', 'search lamp'],
  ]) {
    const { actor } = await nonsense(2)
    const begin = actor.begin(TASK)
    const after = new Map(order.map((action) => [action, actor.execute(begin, { action, text: '' })]))
    const [bare, search] = [after.get('search lamp') ?? begin, after.get('search[lamp]') ?? begin]
    expect(actor.observe(bare)).toBe(actor.observe(begin))
    expect(actor.observe(search)).not.toBe(actor.observe(begin))
    expect(actor.execute(begin, { action: 'search[lamp]', text: '' })).toBe(search)
  }
})

test('a conversation that fills the context ends, unfinished, and nothing more is said in it', async () => {
  const { actor } = await nonsense(2, 2 * MOST_ACTION_TOKENS)
  const [long] = actor.rollouts(actor.begin(TASK), 50, 1, streams(1))
  expect(long?.reward).toBe(0)
  expect(long?.actions.length).toBeLessThan(10)
  let node = actor.begin(TASK)
  for (const action of long?.actions ?? []) node = actor.execute(node, { action, text: '' })
  while (node.tokens.length < 2 * MOST_ACTION_TOKENS) node = actor.execute(node, { action: 'search[lamp]', text: '' })
  expect(actor.propose(node, 1, stream(6)).action).toBe('')
  expect(actor.rollouts(node, 5, 1, streams(2))).toEqual([
    { actions: [], reward: 0 },
    { actions: [], reward: 0 },
  ])
})

test('an episode that buys has the reward of the environment', async () => {
  const { actor } = await nonsense(2)
  let node = actor.begin(TASK)
  let state = shop.reset({ ...TASK, split: 'train' })
  for (let n = 0; n < 4; n++) {
    const clicks = shop.clickables(state)
    const action = shop.hasSearchBar(state)
      ? 'search[running shoes]'
      : `click[${clicks.find((text) => text === 'buy now') ?? clicks.at(-1)}]`
    node = actor.execute(node, { action, text: '' })
    const { state: next, reward, done } = shop.step(state, action)
    expect(actor.observe(node)).toBe(shop.observe(next))
    expect(actor.outcome(node)).toEqual(done ? { reward } : undefined)
    state = next
    if (done) return
  }
  expect.unreachable()
})

test('an action is spelled with the probabilities that its draws have', async () => {
  const { actor, kernel } = await nonsense(3)
  const begin = actor.begin(TASK)
  const action = 'search[running shoes]'
  const spelled = actor.spell(begin, action)
  const { prefix, written } = actor.decision(begin, action) ?? { prefix: [], written: [] }
  expect(spelled?.tokens.map(({ text }) => text).join('')).toBe('search running shoes<|end|>')
  expect(spelled?.read).toBe(`<|begin|>${tokenizer.decode(prefix)}<|act|>`)
  const all = [...prefix, ...written]
  const logs = kernel.logProbabilities({
    ...{ tokens: all.slice(0, -1), prefix: all.length - 1, branches: [] },
    targetRows: written.map((_, i) => prefix.length - 1 + i),
    targetTokens: written,
  })
  for (const [i, { probability, others }] of (spelled?.tokens ?? []).entries()) {
    expect(Math.log(probability)).toBeCloseTo(logs[i] ?? Number.NaN, 4)
    expect(others.map((other) => other.probability)).toEqual(
      others.map((other) => other.probability).sort((a, b) => b - a),
    )
    expect(probability + others.reduce((sum, other) => sum + other.probability, 0)).toBeLessThanOrEqual(1 + 1e-9)
  }
  // Whatever was read before, and again.
  actor.propose(begin, 1, stream(1))
  expect(actor.spell(begin, action)).toEqual(spelled)
})

test('with other parameters it talks like another model, once it has forgotten what it read', async () => {
  const { actor, reader, kernel } = await nonsense(3)
  const before = actor.rollouts(actor.begin(TASK), 2, 1, streams(2))
  kernel.parameters.set(flattened(randomModel(kernel.config, 4)))
  reader.forget()
  const after = actor.rollouts(actor.begin(TASK), 2, 1, streams(2))
  expect(after).not.toEqual(before)
  const fresh = await nonsense(3)
  fresh.kernel.parameters.set(flattened(randomModel(kernel.config, 4)))
  expect(fresh.actor.rollouts(fresh.actor.begin(TASK), 2, 1, streams(2))).toEqual(after)
})

test('an utterance that ran out of room is ended before what is seen next', async () => {
  const { kernel, reader } = await nonsense(1)
  const conversations: number[][] = []
  const heard = Object.assign(Object.create(reader), {
    kernel,
    converse(...[speakers, speech]: Parameters<Reader['converse']>) {
      const listened = speakers.map((speaker) => {
        const tokens = [...speaker.tokens]
        conversations.push(tokens)
        const said = (written: readonly number[]): readonly number[] | undefined => {
          const next = speaker.said(written)
          tokens.push(...written, ...(next ?? []))
          return next
        }
        return { ...speaker, said }
      })
      reader.converse(listened, speech)
    },
  }) as Reader
  const actor = createTransformerActor(shop, view, { name: 'n', fingerprint: 'f', tokenizer, reader: heard })
  actor.rollouts(actor.begin(TASK), 2, 1, streams(3))
  const { act, end } = tokenizer.special
  const spoken = conversations.flatMap((tokens) => {
    const [first = 0, second = tokens.length] = tokens.flatMap((token, i) => (token === act ? [i] : []))
    return [tokens.slice(first + 1, second)]
  })
  expect(spoken.some((tokens) => tokens.indexOf(end) === MOST_ACTION_TOKENS)).toBe(true)
  for (const tokens of spoken) expect(tokens.filter((token) => token === end)).toHaveLength(1)
})
