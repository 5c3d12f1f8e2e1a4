import { expect, test } from 'vitest'
import { isYourTurn, vantageOf } from '../../../src/ui/state/acting.ts'
import { START } from '../../../src/ui/state/selection.ts'
import { openToy } from '../toy-lab.ts'

test('where the visitor acts, it is their turn only at the newest event, and the world is that before the step', async () => {
  const { explorer, lab } = openToy()
  await explorer.forward('step')
  await explorer.forward('step')
  await explorer.forward('event') // step 2 has begun
  const wait = (): void => {
    explorer.progress = { ...lab.progress(), waiting: true }
  }
  expect([isYourTurn(explorer), vantageOf(explorer)]).toEqual([false, explorer.selection])
  wait()
  expect([isYourTurn(explorer), vantageOf(explorer)]).toEqual([true, { step: 1, candidate: 1 }])
  explorer.pick({ step: 1, candidate: 1 })
  expect(vantageOf(explorer)).toEqual(explorer.selection)
  explorer.back('event')
  expect(isYourTurn(explorer)).toBe(false)
  await explorer.forward('event')
  wait()
  await explorer.explored(() => lab.api.advance('event')) // proposed, and not shown yet
  wait()
  expect(isYourTurn(explorer)).toBe(false)
})

test('before the first candidate the visitor acts at the start of the task', async () => {
  const { explorer, lab } = openToy()
  await explorer.forward('event')
  await explorer.forward('event')
  explorer.progress = { ...lab.progress(), waiting: true }
  expect([isYourTurn(explorer), vantageOf(explorer)]).toEqual([true, START])
})
