import { beforeEach, describe, expect, test, vi } from 'vitest'
import { failure, success } from '../../../src/core/failure.ts'
import { ModelChooser } from '../../../src/ui/model/model-chooser.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import type { LabApi, ModelState, PageModelState } from '../../../src/worker/protocol/lab-api.ts'
import { stubBrowser } from '../browser-stubs.ts'

const ID = 'SmolLM2-360M-Instruct-q4f32_1-MLC'
const BROKEN = 'The model could not be fetched from huggingface.co.'

beforeEach(() => {
  stubBrowser()
  vi.stubGlobal('navigator', {})
})

/** A lab in which every load fails; `told` are the states that it tells, in order. */
function begin(code = 'model-unreachable') {
  let revision = 0
  let loaded: PageModelState = {
    ...{ status: 'none', id: undefined, constrained: true, progress: undefined, failure: undefined },
  }
  const state = (): ModelState => ({ revision: ++revision, page: loaded, browser: undefined, endpoint: undefined })
  const told: ModelState[] = []
  const turn = (to: Partial<PageModelState>): void => {
    loaded = { ...loaded, ...to }
    told.push(state())
  }
  const broken = failure(code, BROKEN)
  const calls: Record<string, () => Promise<unknown>> = {
    takeDoors: async () => success(true),
    modelState: async () => success(state()),
    models: async () => success([ID, 'another'].map((id) => ({ id, presence: 'none', trouble: undefined }))),
    loadModel: async () => {
      turn({ status: 'loading', id: ID })
      if (code === 'model-cancelled') turn({ status: 'none', id: undefined })
      else turn({ status: 'failed', failure: broken.failure })
      return broken
    },
  }
  const lab: Partial<LabApi> = { model: ((call: string) => calls[call]?.()) as unknown as LabApi['model'] } // the calls above
  const page = new PageState(() => lab as LabApi)
  const models = new ModelChooser(page)
  models.choose(ID)
  page.view.show('model')
  const hear = (): void => {
    for (const state of told.splice(0)) for (const hear of page.hearers) hear({ type: 'model', state })
  }
  /** Where the failure stands: in the tab, as it would be drawn now, or in notices. */
  const said = (): readonly string[] => {
    const shown = page.view.dialog === 'model' && models.tab === 'page' && models.failure !== undefined
    return [
      ...(shown ? [`tab: ${models.failure}`] : []),
      ...page.notices.items.map(({ kind, text }) => `${kind}: ${text}`),
    ]
  }
  return { page: page, models, hear, said }
}

describe.each(['before', 'after'])('a load that fails, told of by the lab %s it is answered', (when) => {
  async function fail(code?: string, meanwhile: (begun: ReturnType<typeof begin>) => void = () => {}) {
    const begun = begin(code)
    const loaded = begun.models.load(ID)
    meanwhile(begun)
    if (when === 'before') await Promise.resolve().then(begun.hear)
    await loaded
    begun.hear()
    return begun
  }

  test('is said once, in the tab', async () => {
    expect((await fail()).said()).toEqual([`tab: ${BROKEN}`])
  })

  test('is said once, by a notice, where the dialog was closed; and not again when it is opened', async () => {
    const { page, said } = await fail('model-unreachable', ({ page }) => page.view.show(undefined))
    page.view.show('model')
    expect(said()).toEqual([`failure: ${BROKEN}`])
  })

  test('is said once, by a notice, where the other tab stands or another model is looked at', async () => {
    const tab = await fail('model-unreachable', ({ models }) => {
      models.turnedTo = 'endpoint'
    })
    expect(tab.said()).toEqual([`failure: ${BROKEN}`])
    const other = await fail('model-unreachable', ({ models }) => models.choose('another'))
    expect(other.said()).toEqual([`failure: ${BROKEN}`])
    other.models.choose(ID)
    expect(other.said()).toEqual([`failure: ${BROKEN}`])
  })

  test('is not said where the visitor has cancelled it', async () => {
    expect((await fail('model-cancelled')).said()).toEqual([])
  })
})

test('an older state that comes later does not set the dialog back', async () => {
  const { models, hear } = begin()
  await models.load(ID)
  hear()
  expect(models.state?.page.status).toBe('failed')
})
