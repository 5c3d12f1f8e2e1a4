import { expect, test } from 'vitest'
import { guessWords } from '../../../src/ui/explore/path/guess-words.ts'
import type { Address } from '../../../src/ui/state/address.ts'
import { askedNow, guessable } from '../../../src/ui/state/asked-now.ts'
import { Changes } from '../../../src/ui/state/changes.ts'
import type { Explorer } from '../../../src/ui/state/explorer.ts'
import { Guesses } from '../../../src/ui/state/guesses.ts'
import type { Player } from '../../../src/ui/state/player.ts'
import { type Selection, selectionIn } from '../../../src/ui/state/selection.ts'
import { CONFIG, toyTask } from '../toy-task.ts'

const PLACE = { run: 'a', task: 0, step: 1, candidate: 1 }

test('a guess can be changed until it is settled, and counts from then on', () => {
  const guesses = new Guesses(new Changes())
  guesses.settle(PLACE, true)
  expect(guesses.of(PLACE)).toBeUndefined()
  guesses.make(PLACE, false)
  guesses.make(PLACE, true)
  expect(guesses.score).toEqual({ right: 0, of: 0 })
  guesses.settle(PLACE, true)
  guesses.make(PLACE, false)
  expect(guesses.of(PLACE)).toEqual({ rises: true, came: true })
  const other = { ...PLACE, candidate: 2 }
  guesses.make(other, true)
  guesses.settle(other, false)
  expect(guesses.score).toEqual({ right: 1, of: 2 })
  expect(guesses.of({ ...PLACE, run: 'b' })).toBeUndefined()
})

test('making a guess is heard of, settling it is not', () => {
  const changes = new Changes()
  let heard = 0
  changes.subscribe(() => heard++)
  const guesses = new Guesses(changes)
  guesses.make(PLACE, true)
  guesses.settle(PLACE, true)
  expect(heard).toBe(1)
})

const standing = (
  count: number,
  more: { playing?: boolean; method?: 'uct'; pinned?: Selection; workspace?: 'learn' } = {},
) => {
  const task = toyTask(undefined, count)
  const config = { ...CONFIG, method: more.method ?? CONFIG.method }
  const progress = { info: { id: 'a', config } }
  const selection = selectionIn(task, more.pinned)
  return {
    explorer: { task, progress, selection, following: false } as unknown as Explorer, // what the question looks at
    address: { workspace: more.workspace ?? 'explore' } as Address,
    player: { playing: more.playing ?? false } as Player,
  }
}

test('it is asked about the newest candidate before its first rollout, and never while it plays', () => {
  expect(askedNow(standing(3))).toEqual(PLACE)
  expect([1, 2, 4, 6, 7].map((count) => askedNow(standing(count)))).toEqual(Array(5).fill(undefined))
  expect(askedNow(standing(3, { playing: true }))).toBeUndefined()
  expect(askedNow(standing(3, { method: 'uct' }))).toBeUndefined()
  expect(askedNow(standing(3, { workspace: 'learn' }))).toBeUndefined()
  expect(askedNow(standing(9))).toEqual({ run: 'a', task: 0, step: 2, candidate: 1 })
  expect(askedNow(standing(9, { pinned: { step: 1, candidate: 1 } }))).toBeUndefined()
})
test('what was said of it can be told until the next step begins', () => {
  expect([4, 6, 7].map((count) => guessable(standing(count))?.place)).toEqual([PLACE, PLACE, PLACE])
  expect(guessable(standing(9))?.place.step).toBe(2)
})
test('an action that ends the episode is not asked about', () => {
  const done = toyTask().steps[2]
  expect(done?.candidates[0]?.proposed.done).toBe(true)
  expect([16, 17, 18, 19].map((count) => guessable(standing(count))?.place.step)).not.toContain(3)
})

test('it is told in words what came of it', () => {
  const score = { right: 3, of: 4 }
  expect(guessWords({ rises: true, came: undefined }, undefined, score)).toBe('You said it rises. Go on to see.')
  expect(guessWords({ rises: true, came: true }, 'rises', score)).toBe('You said it rises: it does. 3 of 4 right.')
  expect(guessWords({ rises: false, came: false }, 'falls short', score)).toBe(
    'You said it falls short: it does. 3 of 4 right.',
  )
  expect(guessWords({ rises: false, came: true }, 'rises', score)).toBe(
    'You said it falls short: it rises. 3 of 4 right.',
  )
  expect(guessWords({ rises: true, came: true }, 'holds the bar', score)).toBe(
    'You said it rises: it holds the bar, which counts. 3 of 4 right.',
  )
})
