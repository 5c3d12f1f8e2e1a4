/** What the page is told, and how the lab knows that the page keeps up. */
import { expect, test } from 'vitest'
import { createUpdates } from '../../../src/worker/lab/updates.ts'
import type { LabUpdate } from '../../../src/worker/protocol/lab-api.ts'

const NOTICE: LabUpdate = { type: 'notice', failure: { code: 'told', message: 'Told.' } }
/** More turns of the microtask queue than any promise here needs. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('it is busy from when the page is told until all of it is shown', async () => {
  const updates = createUpdates()
  const shown: (() => void)[] = []
  updates.subscribe(() => new Promise<void>((resolve) => shown.push(resolve)))
  expect(updates.busy()).toBe(false)
  updates.emit(NOTICE)
  updates.emit(NOTICE)
  shown[1]?.()
  await settled()
  expect(updates.busy()).toBe(true)
  shown[0]?.()
  await settled()
  expect(updates.busy()).toBe(false)
})

test('what nobody hears yet keeps nobody waiting, and is told later, in order', () => {
  const updates = createUpdates()
  const heard: LabUpdate[] = []
  updates.emit(NOTICE)
  updates.emit({ type: 'notice', failure: { code: 'second', message: 'Second.' } })
  expect(updates.busy()).toBe(false)
  updates.subscribe((update) => heard.push(update))
  expect(heard.map((update) => update.type === 'notice' && update.failure.code)).toEqual(['told', 'second'])
})

test('a page that failed to show something is told what comes after it', async () => {
  const updates = createUpdates()
  updates.subscribe(() => Promise.reject(new Error('no frame')))
  updates.emit(NOTICE)
  await settled()
  expect(updates.busy()).toBe(false)
})
