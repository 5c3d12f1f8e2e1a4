/** The way back from an edited world outlives a reload, and whatever else stands in the tab's storage is harmless. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EditHistory } from '../../../../src/ui/explore/edit/edit-history.ts'
import { remember } from '../../../../src/ui/state/place.ts'
import { stubBrowser } from '../../browser-stubs.ts'

beforeEach(() => stubBrowser())
afterEach(() => {
  vi.unstubAllGlobals()
})

const PLACE = { runId: 'shipped', task: 2, count: 9 }
const BEFORE = { place: PLACE, outcome: { reward: 0.5, actions: ['a', 'b'] } }

test('a reload knows what a run was made from, and what was undone; a new edit there is done otherwise', () => {
  const history = new EditHistory()
  history.made('edited', BEFORE)
  history.undo('shipped', { runId: 'edited', task: 0, count: 4 })
  const again = new EditHistory()
  expect(again.before('edited')).toEqual(BEFORE)
  expect(again.undone('shipped')).toEqual({ runId: 'edited', task: 0, count: 4 })
  again.made('another', { ...BEFORE, outcome: { reward: undefined, actions: [] } })
  const third = new EditHistory()
  expect(third.undone('shipped')).toBeUndefined()
  expect(third.before('another')?.outcome).toEqual({ reward: undefined, actions: [] })
})

test.each([
  null,
  7,
  [],
  { before: 7, undone: { a: 1 } },
  { before: [['edited', { place: PLACE }], ['edited', null], [7, BEFORE], 7], undone: [['shipped', { runId: 3 }]] },
  { before: [['edited', { place: PLACE, outcome: { reward: 1, actions: [7] } }]] },
])('what does not read as one is left out: %j', (kept) => {
  remember('edited', kept)
  const history = new EditHistory()
  expect([history.before('edited'), history.undone('shipped')]).toEqual([undefined, undefined])
})

test('the oldest is forgotten', () => {
  const history = new EditHistory()
  for (let i = 0; i < 100; i++) history.made(`run ${i}`, BEFORE)
  const again = new EditHistory()
  expect([again.before('run 0'), again.before('run 99')]).toEqual([undefined, BEFORE])
})
