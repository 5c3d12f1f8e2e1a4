/** Language models in the lab: what happens to a run whose model is not there yet, goes away, and comes back. */
import { describe, expect, test } from 'vitest'
import { type Result, unwrap } from '../../../src/core/failure.ts'
import { parseConfig } from '../../../src/core/settings/parse-config.ts'
import type { AdapterPort } from '../../../src/policies/webllm/device.ts'
import { createEngineHost } from '../../../src/policies/webllm/engine-host.ts'
import { WORKER_ENDED } from '../../../src/policies/webllm/troubles.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import type { OpenedHost } from '../../../src/worker/models/model-host.ts'
import type { MachinePorts } from '../../../src/worker/models/model-ports.ts'
import type { LabUpdate, ModelState, RunProgress } from '../../../src/worker/protocol/lab-api.ts'
import { shippedSource } from '../../../src/worker/worlds/world-source.ts'
import { eventually } from '../../eventually.ts'
import { testPorts } from '../../policies/openai/ports.ts'
import { policyReplies } from '../../policies/policy-replies.ts'
import {
  createFakeLibrary,
  type FakeBehaviour,
  type FakeLibrary,
  GEMMA,
  SMALL,
} from '../../policies/webllm/fake-library.ts'
import { fileOf, openTestLab, SHIPPED } from '../labs.ts'

const { config } = parseConfig({})
const source = shippedSource(SHIPPED, 'webshop')
const loaded = unwrap(await source.loadedEnvironment(config))
const { policy } = unwrap(await source.world(config))
if (policy === undefined) throw new Error('The shipped world has its policy')
const say: FakeBehaviour['say'] = policyReplies(loaded.environment, policy)

const SETTINGS = { policy: 'webllm', model: SMALL.model_id, tasks: 2, rollouts: 2, candidates: 2, stepLimit: 5 }

const ADAPTER: AdapterPort = {
  features: { has: () => false },
  limits: {
    ...{ maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 30 },
    ...{ maxComputeWorkgroupStorageSize: 32_768, maxStorageBuffersPerShaderStage: 10 },
  },
  info: { description: 'Made Up Graphics' },
}

interface Opened {
  readonly lab: Lab
  readonly states: ModelState[]
  readonly progress: () => RunProgress
  /** Of every worker that was opened to load a model, in order; `ended` counts these. */
  readonly libraries: readonly FakeLibrary[]
  /** The origins that each may reach. */
  readonly doors: readonly (readonly string[])[]
  readonly ended: () => number
}

/** Short waits pass at once, time limits never. */
function soon(ms: number, call: () => void): () => void {
  if (ms >= 1000) return () => {}
  const waiting = setImmediate(call)
  return () => clearImmediate(waiting)
}

function openLab(behaviours: readonly FakeBehaviour[], more: Partial<MachinePorts> = {}): Opened {
  const libraries: FakeLibrary[] = []
  let ended = 0
  // What all workers of a browser share.
  const disk = new Set<string>()
  const doors: (readonly string[])[] = []
  function openHost(origins: readonly string[]): OpenedHost {
    doors.push(origins)
    const lists = origins.length === 0 // and may reach nobody
    const behaviour = behaviours[Math.min(libraries.length, behaviours.length - 1)] as FakeBehaviour
    const library = createFakeLibrary(lists ? { say } : behaviour, disk)
    if (!lists) libraries.push(library)
    const host = createEngineHost(library, { now: () => 0, wait: async () => {}, onLost: library.onLost })
    let stop: (why: Error) => void = () => {}
    const stopped = new Promise<never>((_, reject) => {
      stop = reject
    })
    stopped.catch(() => {})
    const alive = <T>(answer: T): Promise<Awaited<T>> => Promise.race([answer, stopped])
    return {
      host: {
        records: () => alive(host.records()),
        presences: (records) => alive(host.presences(records)),
        load: (record, told) => alive(host.load(record, told)),
        remove: (record) => alive(host.remove(record)),
        chat: (call, token) => alive(host.chat(call, token)),
        interrupt: () => alive(host.interrupt()),
      },
      end() {
        if (!lists) ended++
        stop(new Error(WORKER_ENDED))
      },
    }
  }
  const endpoint = { ...testPorts(), after: soon, now: () => 0 }
  const gpu = { requestAdapter: async () => ADAPTER }
  const models = { openHost, gpu, freeBytes: async () => 1e12, endpoint, ...more }
  const lab = openTestLab({ models })
  const states: ModelState[] = []
  let progress: RunProgress | undefined
  void lab.subscribe((update: LabUpdate) => {
    if (update.type === 'model') states.push(update.state)
    if (update.type === 'progress' && update.progress.revision > (progress?.revision ?? 0)) progress = update.progress
  })
  return {
    ...{ lab, states, libraries, doors, ended: () => ended },
    progress() {
      if (progress === undefined) throw new Error('No run has told of itself')
      return progress
    },
  }
}

function reason(result: Result<unknown>): { code: string; message: string } {
  if (result.ok) throw new Error('It went well')
  return result.failure
}

/** At full speed, until it rests. */
async function explored({ lab, progress }: Opened): Promise<RunProgress> {
  unwrap(await lab.start())
  await eventually(() => expect(progress().status).not.toBe('running'))
  return progress()
}

/** The file of a run that nothing happened to. */
let calm: Promise<string> | undefined
function undisturbed(): Promise<string> {
  calm ??= (async () => {
    const opened = openLab([{ say }])
    unwrap(await opened.lab.model('loadModel', SMALL.model_id, false))
    const { progress } = unwrap(await opened.lab.create(SETTINGS))
    expect((await explored(opened)).status).toBe('finished')
    return fileOf(opened.lab, progress.info.id)
  })()
  return calm
}

describe('A run of a model in the page', () => {
  test('is not begun before the model is loaded, and says where to load it', async () => {
    const { lab, libraries } = openLab([{ say }])
    const refused = reason(await lab.create(SETTINGS))
    expect(refused.code).toBe('agent-not-loaded')
    expect(refused.message).toMatch(/is not loaded\. Open “Language model”/)
    expect(reason(await lab.create({ ...SETTINGS, model: '' })).code).toBe('agent-unnamed')
    // Nothing of the library was fetched for that.
    expect(libraries).toEqual([])
  })

  test('explores to its end, and tells what its calls cost and what they were', async () => {
    const log = (await undisturbed()).trimEnd().split('\n')
    expect(log.at(-1)).toBe('{"type":"run-finished"}')
    const opened = openLab([{ say }])
    const { lab } = opened
    unwrap(await lab.model('loadModel', SMALL.model_id, false))
    unwrap(await lab.create(SETTINGS))
    await explored(opened)
    const cost = unwrap(await lab.model('tokens'))
    expect(cost.prefilled).toBe(opened.libraries[0]?.read)
    const prompts = unwrap(await lab.model('rawPrompts', 0, 1, 1))
    expect(prompts[0]).toMatchObject({ rollout: undefined, call: 1, verified: true })
    expect(prompts.every(({ verified, messages }) => verified && messages.length > 2)).toBe(true)
  })

  test.each([
    ['loses its graphics processor', { fault: (call: number) => (call === 9 ? 'lost' : undefined) }, 'model-gpu-lost'],
    ['runs out of memory', { fault: (call: number) => (call === 9 ? 'memory' : undefined) }, 'model-memory'],
  ] as const)('that %s stays kept, and goes on once the model is loaded again', async (_, fault, code) => {
    const opened = openLab([{ say, ...fault }, { say }])
    const { lab, states, progress } = opened
    unwrap(await lab.model('loadModel', SMALL.model_id, false))
    const { info } = unwrap(await lab.create(SETTINGS)).progress
    const stopped = await explored(opened)
    expect(stopped).toMatchObject({ status: 'failed', failure: { code } })
    expect(stopped.failure?.message).toMatch(/Everything up to here is kept/)
    await eventually(() => expect(progress().blocked).toMatch(/cannot go on without its agent/))
    expect(states.at(-1)?.page).toMatchObject({ status: 'failed', failure: { code } })
    expect(opened.ended()).toBe(1)
    // It can be read meanwhile.
    expect((await lab.taskEvents(0)).length).toBeGreaterThan(1)
    expect(unwrap(await lab.world(0, [])).observation).not.toBe('')

    unwrap(await lab.model('loadModel', SMALL.model_id, false))
    await eventually(() => expect(progress().blocked).toBeUndefined())
    expect((await explored(opened)).status).toBe('finished')
    expect(await fileOf(lab, info.id)).toBe(await undisturbed())
  })

  test('whose engine has thrown the model away has it loaded again by itself, and goes on', async () => {
    const opened = openLab([{ say, fault: (call: number) => (call === 9 ? 'disposed' : undefined) }, { say }])
    const { lab, states, progress } = opened
    unwrap(await lab.model('loadModel', SMALL.model_id, false))
    const { info } = unwrap(await lab.create(SETTINGS)).progress
    expect(await explored(opened)).toMatchObject({ status: 'failed', failure: { code: 'model-disposed' } })
    await eventually(() => expect(states.at(-1)?.page.status).toBe('ready'))
    await eventually(() => expect(progress().blocked).toBeUndefined())
    expect((await explored(opened)).status).toBe('finished')
    expect(await fileOf(lab, info.id)).toBe(await undisturbed())
  })

  test('that is paused in the middle of a reply interrupts the engine, and asks again later', async () => {
    const opened = openLab([{ say, pauseAfter: 2 }])
    const { lab, libraries } = opened
    unwrap(await lab.model('loadModel', SMALL.model_id, false))
    const { info } = unwrap(await lab.create(SETTINGS)).progress
    unwrap(await lab.start())
    await eventually(() => expect(libraries[0]?.requests.length).toBe(1))
    unwrap(await lab.pause())
    if (libraries[0] !== undefined) libraries[0].behaviour = { say }
    expect((await explored(opened)).status).toBe('finished')
    expect(await fileOf(lab, info.id)).toBe(await undisturbed())
  })

  test('stops when its model is unloaded under it, and the worker’s memory is given back', async () => {
    const opened = openLab([{ say, pauseAfter: 1 }])
    const { lab, libraries, progress } = opened
    unwrap(await lab.model('loadModel', SMALL.model_id, false))
    unwrap(await lab.create(SETTINGS))
    unwrap(await lab.start())
    await eventually(() => expect(libraries[0]?.requests.length).toBe(1))
    unwrap(await lab.model('unloadModel'))
    await eventually(() => expect(progress().blocked).toMatch(/is not loaded/))
    expect(progress().status).not.toBe('running')
    expect(opened.ended()).toBe(1)
  })

  test('with replies kept to a form is another agent: neither goes on with the other’s run', async () => {
    const opened = openLab([{ say }])
    const { lab, progress } = opened
    unwrap(await lab.model('loadModel', SMALL.model_id, true))
    unwrap(await lab.create(SETTINGS))
    unwrap(await lab.advance('event'))
    unwrap(await lab.model('loadModel', SMALL.model_id, false))
    await eventually(() =>
      expect(progress().blocked).toMatch(/another version of its agent .*a context window of 65536 tokens/),
    )
    unwrap(await lab.model('loadModel', SMALL.model_id, true))
    await eventually(() => expect(progress().blocked).toBeUndefined())
  })
})

describe('Loading', () => {
  test('refuses a model that this machine cannot run, before it is fetched', async () => {
    const { lab, libraries } = openLab([{ say }])
    expect(reason(await lab.model('loadModel', GEMMA.model_id, false)).code).toBe('model-no-f16')
    expect(reason(await lab.model('loadModel', 'nobody-knows-it', false)).code).toBe('model-unknown')
    expect(libraries).toEqual([])
  })

  test('can be cancelled; what lies on the disk is known, and can be deleted', async () => {
    const { lab, states } = openLab([{ say, loadFault: () => 'hang' }, { say }])
    const loading = lab.model('loadModel', SMALL.model_id, false)
    await eventually(() => expect(states.at(-1)?.page.progress?.megabytes).toBe(100))
    expect(reason(await lab.model('loadModel', SMALL.model_id, false)).code).toBe('model-loading')
    unwrap(await lab.model('unloadModel'))
    expect(reason(await loading).code).toBe('model-cancelled')
    expect(states.at(-1)?.page.status).toBe('none')

    const presence = async () =>
      unwrap(await lab.model('models')).map(({ id, presence, trouble }) => [id, presence, trouble?.code])
    expect(await presence()).toEqual([
      [SMALL.model_id, 'none', undefined],
      [GEMMA.model_id, 'none', 'model-no-f16'],
    ])
    unwrap(await lab.model('loadModel', SMALL.model_id, false))
    expect(await presence()).toContainEqual([SMALL.model_id, 'whole', undefined])
    unwrap(await lab.model('deleteModel', SMALL.model_id))
    expect(await presence()).toContainEqual([SMALL.model_id, 'none', undefined])
    expect(states.at(-1)?.page.status).toBe('none')
  })

  test('that fails says why, ends its worker, and can be tried again', async () => {
    const quota = new DOMException('Quota exceeded.', 'QuotaExceededError')
    const opened = openLab([{ say, loadFault: () => quota }, { say }])
    expect(reason(await opened.lab.model('loadModel', SMALL.model_id, false)).code).toBe('model-quota')
    expect(opened.states.at(-1)?.page).toMatchObject({ status: 'failed', failure: { code: 'model-quota' } })
    expect(opened.ended()).toBe(1)
    unwrap(await opened.lab.model('loadModel', SMALL.model_id, false))
    expect(opened.states.at(-1)?.page.status).toBe('ready')
  })

  test('without workers, or without a graphics processor, is a sentence', async () => {
    const none = openLab([{ say }], {
      openHost() {
        throw new ReferenceError('Worker is not defined')
      },
    })
    expect(reason(await none.lab.model('models')).code).toBe('model-worker')
    const dark = openLab([{ say }], { gpu: undefined })
    expect(unwrap(await dark.lab.model('checkDevice'))).toMatchObject({
      ...{ name: undefined, trouble: { code: 'model-no-webgpu' } },
    })
    expect(reason(await dark.lab.model('loadModel', SMALL.model_id, false)).code).toBe('model-no-webgpu')
  })

  test('takes a model that somebody hosts, by its addresses', async () => {
    const { lab, doors } = openLab([{ say }])
    const own = { name: 'mine', weights: 'https://models.example/mine', library: 'https://models.example/mine.wasm' }
    expect(reason(await lab.model('addModel', own)).code).toBe('model-custom')
    expect(unwrap(await lab.model('addModel', { ...own, contextTokens: 2048 }))).toBe('custom/mine')
    unwrap(await lab.model('loadModel', 'custom/mine', false))
    expect(doors).toEqual([[], ['https://models.example']])
    unwrap(await lab.create({ ...SETTINGS, model: 'custom/mine' }))
  })
})

describe('An endpoint', () => {
  const form = {
    ...{ address: 'localhost:9', key: 'sk-nobody-may-read-this', model: 'some-model', concurrency: 4 },
    ...{ contextTokens: 4096, maxTokens: 128, mostRequests: undefined, mostTokens: undefined },
  }

  test('that is not connected, or for another model, is a sentence', async () => {
    const { lab } = openLab([{ say }])
    const settings = { ...SETTINGS, policy: 'openai', model: 'some-model' }
    expect(reason(await lab.create(settings)).code).toBe('agent-not-connected')
    unwrap(await lab.model('connectEndpoint', form))
    unwrap(await lab.create(settings))
    expect(reason(await lab.create({ ...settings, model: 'another' })).message).toMatch(/connected for the model/)
    unwrap(await lab.model('disconnectEndpoint'))
    expect(reason(await lab.create(settings)).code).toBe('agent-not-connected')
  })

  test('never tells its key', async () => {
    const { lab, states } = openLab([{ say }])
    const state = unwrap(await lab.model('connectEndpoint', form))
    expect(JSON.stringify([state, states, await lab.model('modelState')])).not.toContain(form.key)
    expect(state.address).toBe('http://localhost:9/v1')
  })

  test.each([
    [{ concurrency: 0 }, /from 1 to 512/],
    [{ concurrency: Number.NaN }, /from 1 to 512/],
    [{ contextTokens: 100 }, /at least 512/],
    [{ maxTokens: 5000 }, /fewer than the context window/],
    [{ mostTokens: 0.5 }, /budget of tokens/],
    [{ address: 'ftp://x' }, /http or https/],
    [{ model: ' ' }, /name of the model is missing/],
  ])('is not connected with %j', async (wrong, words) => {
    const { lab } = openLab([{ say }])
    expect(reason(await lab.model('connectEndpoint', { ...form, ...wrong })).message).toMatch(words)
  })

  test('whose budget is spent stops the run, which stays as it is', async () => {
    const body = { choices: [{ message: { content: 'Action: click[nothing]' } }] }
    const fetch = async (): Promise<Response> => new Response(JSON.stringify(body))
    const opened = openLab([{ say }], { endpoint: { ...testPorts(), fetch, now: () => 0 } })
    unwrap(await opened.lab.model('connectEndpoint', { ...form, mostRequests: 7 }))
    unwrap(await opened.lab.create({ ...SETTINGS, policy: 'openai', model: 'some-model' }))
    const stopped = await explored(opened)
    expect(stopped).toMatchObject({ status: 'failed', failure: { code: 'model-budget' } })
    expect(stopped.saved).toBeGreaterThan(1)
    expect(opened.states.at(-1)?.endpoint?.stats.requests).toBeGreaterThan(0)
  })
})
