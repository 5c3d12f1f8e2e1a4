import { beforeEach, expect, test } from 'vitest'
import { openCell } from '../../../../src/ui/compare/results/cell-actions.ts'
import { formatSettings } from '../../../../src/ui/state/address/format.ts'
import { PageState } from '../../../../src/ui/state/page-state.ts'
import { stubBrowser } from '../../browser-stubs.ts'
import { createSlowLab, rested, toyRun } from '../../slow-lab.ts'

const CELL = { arm: 0, seed: 4, budget: 1000 }

beforeEach(() => stubBrowser('#compare&seeds=2'))

function begin() {
  const lab = createSlowLab([toyRun('mine')], ['openCell'])
  const page = new PageState(() => lab.api)
  page.address.travel('#compare&seeds=2')
  return { lab, page, standing: () => page.explorer.progress?.info.id }
}

test('the run behind a cell is entered: it plays in Explore, and the next run has its settings', async () => {
  const { lab, page, standing } = begin()
  const entered = openCell(page, CELL)
  await lab.answer('openCell')
  expect([await entered, standing(), page.player.playing]).toEqual([true, 'fresh 4', true])
  expect(formatSettings(page.settings.config)).toBe('#seed=4&rollouts=2&candidates=3')
})

test('it gives way to a run that is opened while it is sought', async () => {
  const { lab, page, standing } = begin()
  const entered = openCell(page, CELL)
  await rested()
  const opened = page.opener.open('mine')
  await lab.answer('openCell')
  expect([await entered, await opened, standing(), lab.open()]).toEqual([false, true, 'mine', 'mine'])
})

test('it leaves the settings alone that were chosen meanwhile', async () => {
  const { lab, page } = begin()
  void openCell(page, CELL)
  page.settings.change({ seed: 8 })
  await lab.answer('openCell')
  expect(page.settings.config.seed).toBe(8)
})

test('a part of a cell leaves them alone: nobody may have kept its agent', async () => {
  const { lab, page, standing } = begin()
  const before = page.settings.config
  const entered = openCell(page, CELL, 1)
  await lab.answer('openCell')
  expect([await entered, standing(), page.settings.config]).toEqual([true, 'fresh 4', before])
})
