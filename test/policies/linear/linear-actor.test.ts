import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stream } from '../../../src/core/random.ts'
import { createLinearActor } from '../../../src/policies/linear/linear-actor.ts'
import { dotRows, logShare } from '../../../src/policies/linear/softmax.ts'
import { createWebShopActions } from '../../../src/policies/linear/webshop/webshop-actions.ts'
import { parseReply } from '../../../src/policies/reply.ts'
import { createSmallShop } from '../small-shop.ts'

const shop = createSmallShop()
const space = createWebShopActions(shop.catalogue.products)
const width = space.features.length
const draws = stream(1).child('weights')
const WEIGHTS = Float64Array.from({ length: width }, () => 2 * draws.next() - 1)
const actor = createLinearActor(shop, space, WEIGHTS)
const tasks = shop.tasks('train')
const [first, second] = tasks as [(typeof tasks)[number], (typeof tasks)[number]]

function streams(name: string, count: number) {
  return Array.from({ length: count }, (_, i) => stream(3).child(name, i))
}

/** A prefix some sampled actions deep, that is not over. */
function someway(task: (typeof tasks)[number], seed: number, steps: number) {
  let prefix = actor.begin(task)
  for (let i = 0; i < steps; i++) {
    const next = actor.execute(prefix, actor.propose(prefix, 1, stream(seed).child('walk', i)))
    if (actor.outcome(next) !== undefined) break
    prefix = next
  }
  return prefix
}

test('probabilities of the offered actions sum to one, and another action has none', () => {
  for (const task of tasks) {
    for (let depth = 0; depth < 5; depth++) {
      const prefix = someway(task, depth, depth)
      const actions = actor.actions(prefix)
      expect(new Set(actions).size).toBe(actions.length)
      const sum = actions.reduce((total, action) => total + Math.exp(actor.logProbability(prefix, action, 0.7)), 0)
      expect(sum).toBeCloseTo(1, 10)
      expect(actor.logProbability(prefix, 'click[nowhere]', 1)).toBe(Number.NEGATIVE_INFINITY)
    }
  }
})

test('actions are sampled as often as their log-probability says', () => {
  const prefix = someway(first, 2, 1)
  const counts = new Map<string, number>()
  for (const random of streams('sample', 4000)) {
    const { action } = actor.propose(prefix, 1, random)
    counts.set(action, (counts.get(action) ?? 0) + 1)
  }
  for (const action of actor.actions(prefix)) {
    const p = Math.exp(actor.logProbability(prefix, action, 1))
    const error = Math.sqrt((p * (1 - p)) / 4000)
    expect(Math.abs((counts.get(action) ?? 0) / 4000 - p)).toBeLessThan(4.5 * error + 1e-9)
  }
})

test('the gradient of the log-probability agrees with finite differences', () => {
  for (let depth = 0; depth < 5; depth++) {
    const prefix = someway(second, 10 + depth, depth)
    const { action } = actor.propose(prefix, 1, stream(depth))
    const gradient = new Float64Array(width)
    expect(actor.addGradient(prefix, action, 0.8, 2, gradient)).toBe(actor.logProbability(prefix, action, 0.8))
    for (let k = 0; k < width; k++) {
      const at = (h: number): number => {
        const moved = Float64Array.from(WEIGHTS)
        moved[k] = (moved[k] as number) + h
        return actor.withParameters(moved).logProbability(prefix, action, 0.8)
      }
      expect(gradient[k]).toBeCloseTo((2 * (at(1e-5) - at(-1e-5))) / 2e-5, 5)
    }
  }
})

test('a decision has the features that the probabilities come from, and those of one prefix share them', () => {
  for (let depth = 0; depth < 4; depth++) {
    const prefix = someway(first, 20 + depth, depth)
    const actions = actor.actions(prefix)
    const decisions = actions.map((action) => actor.decision(prefix, action))
    expect(decisions.map((decision) => decision?.chosen)).toEqual(actions.map((_, i) => i))
    for (const [i, decision] of decisions.entries()) {
      if (decision === undefined) throw new Error('no decision')
      const { rows, count, chosen } = decision
      expect(rows).toBe(decisions[0]?.rows)
      expect([rows.length, count]).toEqual([actions.length * width, actions.length])
      const share = logShare(dotRows(rows, WEIGHTS, count), chosen, 1)
      expect(share).toBe(actor.logProbability(prefix, actions[i] as string, 1))
    }
  }
})

test('decisions at a prefix reached twice are known to be of one state, and outlive other calls', () => {
  const root = actor.begin(first)
  const action = actor.actions(root)[0] as string
  const reach = () => actor.execute(root, { text: '', action })
  const next = actor.actions(reach())[0] as string
  const decision = actor.decision(reach(), next)
  const rows = decision?.rows.slice()
  actor.rollouts(root, 10, 1, streams('overwrite', 20))
  expect(actor.decision(reach(), next)?.rows).toBe(decision?.rows)
  expect(decision?.rows).toEqual(rows)
})

test('there is no decision for an action that the policy never takes, nor after the end', () => {
  const root = actor.begin(first)
  expect(actor.decision(root, 'click[nowhere]')).toBeUndefined()
  const [search] = actor.actions(root)
  let prefix = actor.execute(root, { text: '', action: search as string })
  while (actor.outcome(prefix) === undefined)
    prefix = actor.execute(prefix, actor.propose(prefix, 1, stream(1).child('end', actor.observe(prefix))))
  expect(actor.decision(prefix, search as string)).toBeUndefined()
})

test('a foreign action has no gradient', () => {
  const gradient = new Float64Array(width)
  expect(actor.addGradient(actor.begin(first), 'click[x]', 1, 1, gradient)).toBe(Number.NEGATIVE_INFINITY)
  expect(gradient.every((value) => value === 0)).toBe(true)
})

test('rollouts do not depend on what the graph holds, nor on the order of the calls', () => {
  const fresh = streams('order', 40).map((random) => {
    const alone = createLinearActor(shop, space, WEIGHTS)
    return alone.rollouts(alone.begin(first), 10, 1, [random])
  })
  const prefix = actor.begin(first)
  const backwards = streams('order', 40).reverse()
  actor.rollouts(prefix, 10, 0.5, streams('noise', 50))
  const shared = actor.rollouts(prefix, 10, 1, backwards)
  expect(shared).toEqual(fresh.flat().reverse())
})

test('what was read of an instruction before changes nothing: neither rollouts nor features nor words', () => {
  for (const task of tasks) {
    const unread = createLinearActor(shop, createWebShopActions(shop.catalogue.products), WEIGHTS)
    const known = actor.begin(task)
    actor.rollouts(known, 10, 1, streams('reading', 30))
    const [again, fresh] = [actor.begin(task), unread.begin(task)]
    expect(actor.rollouts(again, 10, 1, streams('read', 20))).toEqual(
      unread.rollouts(fresh, 10, 1, streams('read', 20)),
    )
    for (const action of actor.actions(again)) {
      expect(actor.decision(again, action)).toEqual(unread.decision(fresh, action))
      expect(actor.reply?.(again, action)).toBe(unread.reply?.(fresh, action))
    }
  }
})

test('what a rollout says it did is what happens', () => {
  const prefix = actor.begin(second)
  for (const { actions, reward } of actor.rollouts(prefix, 10, 1, streams('replay', 60))) {
    let state = shop.reset(second)
    let last = 0
    let done = false
    for (const action of actions) ({ state, reward: last, done } = shop.step(state, action))
    expect(reward).toBe(done ? last : 0)
    expect(done || actions.length === 10).toBe(true)
  }
})

test('the limit ends a rollout with reward 0', () => {
  expect(actor.rollouts(actor.begin(first), 0, 1, streams('limit', 2))).toEqual([
    { actions: [], reward: 0 },
    { actions: [], reward: 0 },
  ])
  for (const { actions, reward } of actor.rollouts(actor.begin(first), 1, 1, streams('limit', 5))) {
    expect([actions.length, reward]).toEqual([1, 0])
  }
})

test('a proposal reads back as its action, with a thought of its own', () => {
  for (let depth = 0; depth < 6; depth++) {
    for (const task of tasks) {
      const prefix = someway(task, depth, depth)
      const proposal = actor.propose(prefix, 1, stream(depth))
      expect(parseReply(proposal.text)).toBe(proposal.action)
      expect(proposal.text).toMatch(/^Thought: \S.*[.!?]\nAction: /)
      expect(proposal.text).not.toMatch(/undefined|NaN| {2}/)
      expect(actor.propose(prefix, 1, stream(depth))).toEqual(proposal)
    }
  }
})

test('any string can be executed, and what the policy does afterwards is well defined', () => {
  const action = fc.oneof(
    fc.string(),
    fc.string().map((text) => `search[${text}]`),
    fc.string().map((text) => `click[${text}]`),
    fc.constantFrom('click[next >]', 'click[< prev]', 'click[back to search]', 'click[reviews]', 'click[description]'),
    fc.constantFrom('search[item_page]', 'search[lamp]', 'click[b0small004]', 'click[navy]', 'click[search]'),
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 6 }), (actions) => {
      let prefix = actor.begin(first)
      for (const said of actions) prefix = actor.execute(prefix, { text: said, action: said })
      expect(typeof actor.observe(prefix)).toBe('string')
      const rollouts = actor.rollouts(prefix, 4, 1, streams('foreign', 3))
      for (const { reward } of rollouts) expect(reward >= 0 && reward <= 1).toBe(true)
    }),
    { numRuns: 150 },
  )
})

test('equal weights give equal fingerprints, other weights another', () => {
  expect(createLinearActor(shop, space, Float64Array.from(WEIGHTS)).fingerprint).toBe(actor.fingerprint)
  const moved = Float64Array.from(WEIGHTS)
  moved[0] = (moved[0] as number) + 1e-12
  expect(actor.withParameters(moved).fingerprint).not.toBe(actor.fingerprint)
})
