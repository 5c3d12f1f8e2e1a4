import { beforeEach, expect, test } from 'vitest'
import { failure, success } from '../../../src/core/failure.ts'
import { AgentTraining } from '../../../src/ui/agents/agent-training.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, rested } from '../slow-lab.ts'

beforeEach(() => stubBrowser())

/** @param answers of the lab to what is asked of agents; it has no agents */
async function begin(answers: Readonly<Record<string, () => Promise<unknown>>>) {
  const lab = createSlowLab([], [])
  const asked: string[] = []
  const agent = (call: string) => {
    asked.push(call)
    return answers[call]?.() ?? Promise.resolve(success(call === 'list' ? [] : undefined))
  }
  Object.assign(lab.api, { agent })
  const page = new PageState(() => lab.api)
  void page.begin('')
  await rested()
  return { page, asked, training: new AgentTraining(page), said: () => page.notices.items.map(({ text }) => text) }
}

const sft = { environment: 'webshop', name: 'A', sft: { demonstrations: 1, epochs: 1 } } as const

test('a lab that breaks off a training leaves nothing under way', async () => {
  const { page, training, said } = await begin({ train: () => Promise.reject(new Error('out of memory')) })
  await training.train(sft, true)
  expect(training.progress).toBeUndefined()
  expect(page.atWork.size).toBe(0)
  expect(said()).toEqual(['The lab did not answer: out of memory'])
})

test('that a training is paused is not said as a failure', async () => {
  const paused = failure('training-paused', 'Paused.')
  const { training, said } = await begin({ train: async () => paused })
  await training.train(sft, true)
  expect([training.progress, training.result, said()]).toEqual([undefined, undefined, []])
})

test('an unfinished training that is damaged can be discarded', async () => {
  let damaged = true
  const { page, asked, training, said } = await begin({
    unfinished: async () => (damaged ? failure('training-damaged', 'Damaged.') : success(undefined)),
    discard: async () => {
      damaged = false
      return success(true)
    },
  })
  await training.look()
  expect(training.unfinished).toBeUndefined()
  const [notice] = page.notices.items
  const [act] = notice?.acts ?? []
  expect([notice?.text, act?.label]).toEqual(['Damaged.', 'Discard it'])
  if (notice !== undefined && act !== undefined) page.notices.take(notice, act.act)
  await rested()
  expect(asked.filter((call) => call !== 'list')).toEqual(['unfinished', 'discard', 'unfinished'])
  expect(said()).toEqual([])
})
