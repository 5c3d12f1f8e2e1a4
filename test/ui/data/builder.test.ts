/** The builder of data sets beside a library that changes. */
import { beforeEach, expect, test } from 'vitest'
import { success } from '../../../src/core/failure.ts'
import { builderOf } from '../../../src/ui/data/builder/builder.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import type { DatasetOrder } from '../../../src/worker/protocol/lab-api.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, rested, toyRun } from '../slow-lab.ts'

beforeEach(() => stubBrowser())

test('a run that is deleted while it is chosen is chosen no longer, and the others are looked at again', async () => {
  const lab = createSlowLab([toyRun('mine'), toyRun('other'), toyRun('shop', {}, 'shipped')], [])
  const looked: (readonly string[])[] = []
  const dataset = async (call: string, order: DatasetOrder) => {
    if (call === 'preview') looked.push(order.runs)
    return success(call === 'formats' ? [] : undefined)
  }
  Object.assign(lab.api, { dataset })
  const page = new PageState(() => lab.api)
  await page.begin('#data&part=build')
  const builder = builderOf(page)
  const leave = builder.stand()
  await rested()
  builder.change({ runs: ['mine', 'shop'] }, 0)
  lab.forget('mine')
  await page.library.refresh()
  builder.follow()
  expect(builder.order.runs).toEqual(['shop'])
  await expect.poll(() => looked.at(-1)).toEqual(['shop'])
  leave()
})
