import { beforeEach, expect, test } from 'vitest'
import { actHere } from '../../../../src/ui/explore/act/act-here.ts'
import { Turn } from '../../../../src/ui/explore/act/turn.ts'
import { PageState } from '../../../../src/ui/state/page-state.ts'
import { stubBrowser } from '../../browser-stubs.ts'
import { createSlowLab, rested, toyRun } from '../../slow-lab.ts'

beforeEach(() => stubBrowser())

async function begin(slow: readonly string[]) {
  const acting = { ...toyRun('acting', { policy: 'human' }), tasksFinished: 0 }
  const lab = createSlowLab([toyRun('shop', { seed: 1 }, 'shipped'), toyRun('mine'), acting], slow)
  const page = new PageState(() => lab.api)
  void page.begin('')
  await rested()
  return { lab, page, standing: () => page.explorer.progress?.info.id }
}

test('what comes of an action is played', async () => {
  const { lab, page } = await begin(['act'])
  await page.opener.open('acting')
  const acted = new Turn(page).act('click[b01]')
  await lab.answer('act')
  expect([await acted, page.player.playing]).toEqual([true, true])
})

test('but not where the visitor has gone over to another run, or to Compare, meanwhile', async () => {
  const { lab, page, standing } = await begin(['act'])
  await page.opener.open('acting')
  const acted = new Turn(page).act('click[b01]')
  await rested()
  await page.opener.open('mine')
  await lab.answer('act')
  expect([await acted, page.player.playing, standing()]).toEqual([false, false, 'mine'])
  await page.opener.open('acting')
  const again = new Turn(page).act('click[b01]')
  await rested()
  page.address.travel('#compare')
  await lab.answer('act')
  expect([await again, page.player.playing]).toEqual([true, false])
})

test('an action is not done in a run that is opened before it', async () => {
  const { lab, page } = await begin([])
  await page.opener.open('acting')
  lab.slow.add('open')
  void page.opener.open('mine')
  const acted = new Turn(page).act('click[b01]')
  await lab.answer('open mine')
  expect([await acted, lab.calls.includes('act')]).toEqual([false, false])
})

test('who wants to act here, and then opens another run, looks at that one', async () => {
  const { lab, page, standing } = await begin([])
  lab.slow.add('world')
  page.camera.clear()
  void actHere(page)
  await rested()
  await page.opener.open('mine')
  for (let asked = 0; asked < 2; asked++) await lab.answer('world').catch(() => {})
  expect([standing(), page.opener.cameFrom]).toEqual(['mine', undefined])
  expect(lab.calls.filter((words) => words.startsWith('create'))).toEqual([])
})

test('who acts here finds back to the run they came from', async () => {
  const { page, standing } = await begin([])
  await actHere(page)
  expect([standing(), page.opener.cameFrom?.runId]).toEqual(['fresh 1', 'shop'])
})
