/** What is searched for among runs, and in which order they stand. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  agentOf,
  EVERYTHING,
  found,
  meanReward,
  type Search,
  SORT_WORDS,
  type Sort,
} from '../../../src/ui/data/library/found.ts'
import { toyRun } from '../slow-lab.ts'

const DAY = 86_400_000
const NOW = 100 * DAY
const labels = (more: object) => ({ labels: { pinned: false, tags: [], note: '', ...more } })
const RUNS = [
  {
    ...toyRun('a', { environment: 'webshop', seed: 4141 }),
    name: 'Jackets',
    createdAtMs: NOW - DAY / 2,
    finished: true,
  },
  {
    ...toyRun('b', { environment: 'intercode-sql', method: 'ipr' }),
    createdAtMs: NOW - 3 * DAY,
    ...labels({ tags: ['paper'] }),
  },
  {
    ...toyRun('c', { policy: 'openai', model: 'qwen2.5-7b' }),
    createdAtMs: NOW - 20 * DAY,
    rewardSum: 0,
    ...labels({ note: 'Blue Hats' }),
  },
  { ...toyRun('d'), name: 'Old', createdAtMs: 0, tasksFinished: 0, rewardSum: 0, ...labels({ pinned: true }) },
]
const ids = (search: Partial<Search>, sort: Sort = 'newest', sizes?: Map<string, number>): string =>
  found(RUNS, { ...EVERYTHING, ...search }, sort, NOW, sizes)
    .map(({ id }) => id)
    .join('')

describe('is found', () => {
  test.each<readonly [Partial<Search>, string]>([
    [{}, 'dabc'],
    [{ words: 'jack' }, 'a'],
    [{ words: 'SQL paper' }, 'b'],
    [{ words: 'hats blue' }, 'c'],
    [{ words: 'seed 4141' }, 'a'],
    [{ words: 'qwen' }, 'c'],
    [{ words: 'jack paper' }, ''],
    [{ environment: 'intercode-sql' }, 'b'],
    [{ method: 'ipr' }, 'b'],
    [{ agent: 'qwen2.5-7b' }, 'c'],
    [{ tag: 'paper' }, 'b'],
    [{ state: 'finished' }, 'a'],
    [{ state: 'unfinished' }, 'dbc'],
    [{ days: '1' }, 'a'],
    [{ days: '7' }, 'ab'],
    [{ days: '30', environment: 'webshop' }, 'ac'],
    [{ least: '0.1' }, 'ab'],
    [{ least: '0' }, 'abc'], // one without a reward has none to compare
  ])('%o', (search, expected) => {
    expect(ids(search)).toBe(expected)
  })

  test('by size, with what is not measured last, and pinned first all the same', () => {
    const sizes = new Map([
      ['c', 9],
      ['a', 3],
    ])
    expect(ids({}, 'size', sizes)).toBe('dcab')
    expect(ids({}, 'oldest')).toBe('dcba')
    expect(ids({}, 'name')).toBe('dbca')
  })
})

test('every order has all runs, once each; what does not differ stays as it came', () => {
  const sorts = Object.keys(SORT_WORDS) as Sort[]
  fc.assert(
    fc.property(fc.shuffledSubarray([...RUNS, ...RUNS.map((run) => ({ ...run, id: `${run.id}2` }))]), (runs) => {
      for (const sort of sorts) {
        const listed = found(runs, EVERYTHING, sort, NOW)
        expect(listed.map(({ id }) => id).toSorted()).toEqual(runs.map(({ id }) => id).toSorted())
        expect(found(listed, EVERYTHING, sort, NOW)).toEqual(listed)
      }
    }),
  )
  expect(RUNS.map((run) => agentOf(run))).toEqual(['shipped agent', 'shipped agent', 'qwen2.5-7b', 'shipped agent'])
  expect(RUNS.map(meanReward).at(-1)).toBeUndefined()
})

test('an agent that was trained here goes by the name that it was given, in its environment, once that is known', () => {
  const [model, other] = ['0123456789abcdef', 'fedcba9876543210']
  const known = {
    webshop: [
      {
        policy: 'linear',
        model,
        name: 'Keen buyer',
        environment: 'webshop',
        origin: 'here',
        createdAtMs: 1,
        trained: {},
      },
    ],
  } as const
  const runs = [toyRun('a', { model }), toyRun('b', { model: other }), toyRun('c', { model: 'weak' })]
  expect(runs.map((run) => agentOf(run))).toEqual(['012345… agent', 'fedcba… agent', 'weak start agent'])
  expect(runs.map((run) => agentOf(run, known))).toEqual(['Keen buyer', 'unknown fedcba… agent', 'weak start agent'])
  expect(agentOf(toyRun('d', { model, environment: 'intercode-sql' }), known)).toBe('012345… agent')
  const sought = (search: Partial<Search>) =>
    found(runs, { ...EVERYTHING, ...search }, 'newest', NOW, new Map(), known).map(({ id }) => id)
  expect([sought({ agent: 'Keen buyer' }), sought({ words: 'keen' })]).toEqual([['a'], ['a']])
})
