import { expect, test } from 'vitest'
import {
  createSuccessors,
  MOST_CHARACTERS,
  MOST_SUCCESSORS,
  TransformerNode,
} from '../../../src/policies/transformer/successors.ts'

type Numbers = readonly number[]

/** Histories of letters, which end at the letter 9. */
function letters() {
  const made: string[] = []
  const successors = createSuccessors<string, number>(({ length }) => length)
  const make = (before: TransformerNode<string, number>, written: Numbers) => {
    made.push(`${before.state}/${written}`)
    const state = `${before.state}${written.join('')}`
    const reward = written.includes(9) ? 1 : undefined
    return {
      ...{ written, action: written.join(' '), read: [0] },
      node: new TransformerNode({ state, memory: state.length, reward }, before, [...written, 0]),
    }
  }
  const start = new TransformerNode({ state: '', memory: 0, reward: undefined }, undefined, [7])
  const of = (node: TransformerNode<string, number>, ...written: Numbers) =>
    successors.known(node, written) ?? successors.keep(node, make(node, written))
  return { made, start, of }
}

test('what came of an utterance is found again, by the history and by all that was written', () => {
  const { made, start, of } = letters()
  const one = of(start, 1, 2)
  expect(of(start, 1, 2)).toBe(one)
  expect(made).toEqual(['/1,2'])
  const others = [of(start, 1), of(start, 1, 2, 3), of(start, 2, 1), of(one.node, 1, 2)]
  expect(others.map(({ node }) => node.state)).toEqual(['1', '123', '21', '1212'])
  expect(of(one.node, 1, 2)).toBe(others[3])
})

test('a history has all tokens from its beginning', () => {
  const { start, of } = letters()
  const { node } = of(of(of(start, 1).node, 2, 3).node, 9)
  expect(node.tokens).toEqual([7, 1, 0, 2, 3, 0, 9, 0])
  expect(node.tokens).toBe(node.tokens)
  expect([start.tokens, node.reward]).toEqual([[7], 1])
})

test('so many are remembered and no more; what was forgotten is made again, equal', () => {
  const { made, start, of } = letters()
  const first = of(start, 0)
  for (let i = 1; i < MOST_SUCCESSORS; i++) of(first.node, i)
  expect(of(start, 0)).toBe(first)
  expect(made).toHaveLength(MOST_SUCCESSORS)
  of(start, 1)
  const again = of(start, 0)
  expect(again).not.toBe(first)
  expect(again).toEqual(first)
  expect(of(start, 0)).toBe(again)
})

test('neither what leads to a large state nor what goes on from one is remembered', () => {
  const successors = createSuccessors<number, undefined>((characters) => characters)
  const node = (state: number) => new TransformerNode({ state, memory: undefined, reward: undefined }, undefined, [7])
  for (const [from, to, kept] of [
    [0, MOST_CHARACTERS, true],
    [MOST_CHARACTERS, 0, true],
    [0, MOST_CHARACTERS + 1, false],
    [MOST_CHARACTERS + 1, 0, false],
  ] as const) {
    const start = node(from)
    const one = { written: [1], action: 'a', node: node(to), read: [] }
    expect(successors.keep(start, one)).toBe(one)
    expect(successors.known(start, [1])).toBe(kept ? one : undefined)
  }
})
