import { describe, expect, test } from 'vitest'
import { createProgressMeter } from '../../../src/policies/webllm/load-progress.ts'
import { GEMMA, SMALL } from './fake-library.ts'
import { openHost } from './open-model.ts'

const say = () => 'Action: submit'
const HOSTS = 'huggingface.co and raw.githubusercontent.com'

test('A model that is loaded can be asked, and lies on the disk afterwards', async () => {
  const { host, told, load } = openHost({ say })
  expect(await host.presences([SMALL, GEMMA])).toEqual(['none', 'none'])
  expect(await host.chat({ messages: [], temperature: 1, seed: 1, stop: [], maxTokens: 9 }, () => {})).toMatchObject({
    ...{ ok: false, failure: { code: 'model-gone' } },
  })
  expect(await load()).toEqual({ ok: true, value: true })
  expect(await host.presences([SMALL, GEMMA])).toEqual(['whole', 'none'])
  expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['start', 'download', 'read', 'compile'])
  expect(told.at(-1)).toMatchObject({ phase: 'compile', share: 1, attempt: 1 })
  const reply = await host.chat({ messages: [], temperature: 1, seed: 1, stop: [], maxTokens: 9 }, () => {})
  expect(reply).toMatchObject({ ok: true, value: { text: 'Action: submit', held: true } })
  expect(await host.remove(SMALL)).toEqual({ ok: true, value: true })
  expect(await host.presences([SMALL])).toEqual(['none'])
})

test('A model of which some has come is told from one that is whole; a cache that cannot be read holds up no list', async () => {
  const { host, library } = openHost({ say })
  library.begun.add(GEMMA.model_id)
  expect(await host.presences([SMALL, GEMMA])).toEqual(['none', 'partly'])
  library.disk.add(SMALL.model_id)
  expect(await host.presences([SMALL, GEMMA])).toEqual(['whole', 'partly'])
  library.isHere = () => Promise.reject(new SyntaxError('Unexpected end of JSON input'))
  expect(await host.presences([SMALL, GEMMA])).toEqual(['partly', 'partly'])
})

test('A download that breaks off is taken up again, three times, after waits that grow', async () => {
  const broken = new TypeError('Failed to fetch')
  const twice = openHost({ say, loadFault: (attempt) => (attempt <= 2 ? broken : undefined) })
  expect((await twice.load()).ok).toBe(true)
  expect(twice.waits).toEqual([1_000, 4_000])
  expect(Math.max(...twice.told.map(({ attempt }) => attempt))).toBe(3)

  const never = openHost({ say, loadFault: () => broken })
  const failed = await never.load()
  expect(failed).toMatchObject({ ok: false, failure: { code: 'model-unreachable' } })
  if (!failed.ok) expect(failed.failure.message).toContain(HOSTS)
  expect(never.waits).toEqual([1_000, 4_000, 15_000])
})

class GPUPipelineError extends Error {}

describe('Loading that fails for good', () => {
  test.each([
    ['a full disk', new DOMException('Quota exceeded.', 'QuotaExceededError'), 'model-quota', /Delete a model/],
    ['half a file', new SyntaxError('Unexpected end of JSON input'), 'model-broken', /Delete it here/],
    [
      'broken weights',
      new RangeError('Tensor-cache record range [0, 9) exceeds 4'),
      'model-broken',
      /download it again/,
    ],
    ['no graphics processor', new Error('Cannot find WebGPU in the environment'), 'model-no-webgpu', /endpoint/],
    ['no 16-bit numbers', new Error('This model requires WebGPU extension shader-f16'), 'model-no-f16', /f32/],
    ['too little memory', 'Out of memory: allocation failed', 'model-memory', /smaller one/],
    ['a driver that cannot', new GPUPipelineError('x'), 'model-shaders', /Update the browser/],
    ['a lost device', 'lost', 'model-memory', /smaller one/],
    ['what nobody knows', { code: 7 }, 'model-load', /download again/],
  ] as const)('for %s says so, and is not tried again', async (_, fault, code, way) => {
    const { load, waits } = openHost({ say, loadFault: () => fault })
    const failed = await load()
    expect(failed).toMatchObject({ ok: false, failure: { code } })
    if (!failed.ok) expect(failed.failure.message).toMatch(way)
    expect(waits).toEqual([])
  })
})

test('A device that is lost between two calls fails the next one at once', async () => {
  const { host, library, load } = openHost({ say })
  await load()
  library.behaviour = { say, fault: () => 'lost' }
  const call = { messages: [], temperature: 1, seed: 1, stop: [], maxTokens: 9 }
  expect(await host.chat(call, () => {})).toMatchObject({ ok: false, failure: { code: 'model-gpu-lost' } })
  expect(await host.chat(call, () => {})).toMatchObject({ ok: false, failure: { code: 'model-gpu-lost' } })
  expect(library.requests.length).toBe(1)
})

describe('The progress of loading', () => {
  const fetched = (megabytes: number, share: number) => ({
    progress: share,
    text: `Fetching param cache[1/9]: ${megabytes}MB fetched. ${Math.floor(share * 100)}% completed, 1 secs elapsed.`,
  })

  test('has a rate and an end, from what comes over the network alone', () => {
    const meter = createProgressMeter()
    // Six shards were here already: they are reported within a moment.
    for (let i = 1; i <= 6; i++) meter.take(fetched(i * 32, (i * 32) / 640), i)
    expect(meter.progress.megabytesPerSecond).toBeUndefined()
    meter.take(fetched(224, 0.35), 4_006)
    const { megabytes, megabytesTotal, megabytesPerSecond, secondsLeft } = meter.progress
    expect([megabytes, megabytesTotal]).toEqual([224, 640])
    expect(megabytesPerSecond).toBeCloseTo(8)
    expect(secondsLeft).toBeCloseTo(416 / 8)
  })

  test('forgets the rate of the download when it reads from the disk', () => {
    const meter = createProgressMeter()
    meter.take(fetched(100, 0.5), 0)
    meter.take(fetched(200, 1), 10_000)
    expect(meter.progress.megabytesPerSecond).toBeCloseTo(10)
    const text = 'Loading model from cache[1/2]: 100MB loaded. 50% completed, 1 secs elapsed.'
    expect(meter.take({ progress: 0.5, text }, 10_100)).toMatchObject({ phase: 'read', megabytesPerSecond: undefined })
  })

  test('stays where it is for texts that it does not know', () => {
    const meter = createProgressMeter()
    meter.take(fetched(100, 0.5), 0)
    expect(meter.take({ progress: 0.1, text: 'Warming up the flux capacitor' }, 5)).toMatchObject({ share: 0.5 })
    expect(meter.take({ progress: Number.NaN, text: 'Fetching param cache[0/0]: ' }, 6)).toMatchObject({ share: 0 })
  })
})
