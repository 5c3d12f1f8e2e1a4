import { beforeEach, expect, test } from 'vitest'
import type { Change } from '../../../src/ui/state/changes.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, rested, toyRun } from '../slow-lab.ts'

beforeEach(() => stubBrowser())

test('what was seen of a run does not stand under the next one', async () => {
  const lab = createSlowLab([toyRun('shop', {}, 'shipped'), toyRun('mine')], ['world'])
  const page = new PageState(() => lab.api)
  page.changes.subscribe(() => void page.camera.look())
  void page.begin('')
  await rested()
  void page.opener.open('mine')
  await lab.answer('world')
  expect(page.camera.sight).toBeUndefined()
  const said: Change[] = []
  page.changes.subscribe((change) => said.push(change))
  await lab.answer('world')
  expect(said).toEqual(['sight'])
  expect(page.camera.sight).toMatchObject({ observation: 'of mine' })
})
