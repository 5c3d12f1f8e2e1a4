import { describe, expect, test } from 'vitest'
import { recordedComparison } from '../../../src/core/comparison/default-comparison.ts'
import { warmUpOf } from '../../../src/core/comparison/expected-work.ts'
import type { TaskWords } from '../../../src/core/exploration/actor.ts'
import { failure, success, unwrap } from '../../../src/core/failure.ts'
import { parseConfig } from '../../../src/core/settings/parse-config.ts'
import { paceOf } from '../../../src/worker/comparisons/pace.ts'
import { shippedSource } from '../../../src/worker/worlds/world-source.ts'
import { SHIPPED } from '../labs.ts'

/** A clock that moves on by so much at every look. */
function clock(ms: number): () => number {
  let at = 0
  return () => {
    at += ms
    return at
  }
}

describe.each(['webshop', 'intercode-sql'] as const)('the pace at comparisons of %s', (environment) => {
  const comparison = recordedComparison(environment)
  const source = shippedSource(SHIPPED, environment)

  test('is the time that episodes of its start policy take, over what they take usually', async () => {
    const { seconds, timed } = warmUpOf(comparison)
    expect(unwrap(await paceOf(source, comparison, undefined, clock((1000 * seconds) / timed)))).toBeCloseTo(1)
    expect(unwrap(await paceOf(source, comparison, undefined, clock((3000 * seconds) / timed)))).toBeCloseTo(3)
    expect(unwrap(await paceOf(source, comparison, undefined, () => 0))).toBeGreaterThan(0)
  })

  test('is taken from other tasks than those that are played before, as often as there are', async () => {
    const { before, timed, start } = warmUpOf(comparison)
    const world = unwrap(await source.world(parseConfig({ environment, model: start }).config))
    const { policy } = world
    if (policy === undefined) throw new Error('no policy')
    const begun: string[] = []
    const begin = (task: TaskWords) => {
      begun.push(task.id)
      return policy.begin(task)
    }
    const watched = new Proxy(policy, { get: (of, key) => (key === 'begin' ? begin : Reflect.get(of, key, of)) })
    const of = (count: number) => ({
      world: async () => success({ ...world, policy: watched, tasks: () => world.tasks('test').slice(0, count) }),
    })
    unwrap(await paceOf(of(before + timed), comparison, undefined, clock(1)))
    expect(new Set(begun).size).toBe(before + timed)
    unwrap(await paceOf(of(3), comparison, undefined, clock(1)))
    expect(begun).toHaveLength(2 * (before + timed))
  })
})

test('what others do on this thread meanwhile takes no time of it', async () => {
  let at = 0
  const others = setInterval(() => {
    at += 1000
  })
  const comparison = recordedComparison('webshop')
  try {
    const pace = unwrap(await paceOf(shippedSource(SHIPPED, 'webshop'), comparison, undefined, () => at))
    expect(at).toBeGreaterThan(0)
    expect(pace).toBeLessThan(1 / warmUpOf(comparison).seconds)
  } finally {
    clearInterval(others)
  }
})

test('where there is no data, or nothing to play, there is no pace, and it is said why', async () => {
  const comparison = recordedComparison('webshop')
  const offline = { world: async () => failure('data-unavailable', 'No data.') }
  expect(await paceOf(offline, comparison, undefined, clock(1))).toMatchObject(failure('data-unavailable', 'No data.'))
  const source = shippedSource(SHIPPED, 'webshop')
  const world = unwrap(await source.world(parseConfig({ environment: 'webshop' }).config))
  const empty = { world: async () => success({ ...world, tasks: () => [] }) }
  expect(await paceOf(empty, comparison, undefined, clock(1))).toMatchObject({ failure: { code: 'pace-unknown' } })
})
