import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { systemPlaceOf } from '../../../src/policies/chat/system-place.ts'
import {
  type AdapterPort,
  type DeviceFacts,
  deviceTrouble,
  modelTrouble,
  readDevice,
  roomTrouble,
} from '../../../src/policies/webllm/device.ts'
import { openMlcLibrary } from '../../../src/policies/webllm/mlc-library.ts'
import { modelChoices, parseCustomModel, recordOf } from '../../../src/policies/webllm/model-list.ts'
import { GEMMA, SMALL } from './fake-library.ts'

function adapter(
  parts: { f16?: boolean; limits?: Partial<AdapterPort['limits']>; description?: string } = {},
): AdapterPort {
  return {
    features: { has: (name) => name === 'shader-f16' && parts.f16 === true },
    limits: {
      ...{ maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 30 },
      ...{ maxComputeWorkgroupStorageSize: 32_768, maxStorageBuffersPerShaderStage: 10, ...parts.limits },
    },
    info: { description: parts.description ?? 'Made Up Graphics', vendor: 'made', architecture: 'up' },
  }
}

async function facts(given: AdapterPort): Promise<DeviceFacts> {
  const device = await readDevice({ requestAdapter: async () => given })
  if ('code' in device) throw new Error(device.message)
  return device
}

const needs = modelChoices([GEMMA, SMALL])
const [small, gemma] = needs as [(typeof needs)[number], (typeof needs)[number]]

describe('The check before a download', () => {
  test('sends a page without WebGPU, without an adapter, or whose adapter throws, to an endpoint', async () => {
    const none = [undefined, { requestAdapter: async () => null }, { requestAdapter: () => Promise.reject('no') }]
    for (const gpu of none) expect(await readDevice(gpu)).toMatchObject({ code: 'model-no-webgpu' })
  })

  test('knows a graphics processor by its name, and one that is only software', async () => {
    expect(await facts(adapter())).toMatchObject({ name: 'Made Up Graphics', software: false })
    for (const description of ['SwiftShader Device (LLVM 16.0.0)', 'llvmpipe', 'Microsoft Basic Render Driver'])
      expect((await facts(adapter({ description }))).software).toBe(true)
  })

  test('refuses a model in 16 bits where there are none, whether it declares it or not', async () => {
    const [without, withThem] = [await facts(adapter()), await facts(adapter({ f16: true }))]
    expect(modelTrouble(without, gemma)).toMatchObject({ code: 'model-no-f16' })
    expect(modelTrouble(without, { ...gemma, features: [] })).toMatchObject({ code: 'model-no-f16' })
    expect(modelTrouble(withThem, gemma)).toBeUndefined()
    expect(modelTrouble(without, small)).toBeUndefined()
  })

  test.each([
    ['maxBufferSize', 2 ** 27],
    ['maxStorageBufferBindingSize', 2 ** 26],
    ['maxComputeWorkgroupStorageSize', 16_384],
    ['maxStorageBuffersPerShaderStage', 8],
  ] as const)('refuses every model where %s is %s', async (limit, value) => {
    const short = await facts(adapter({ f16: true, limits: { [limit]: value } }))
    expect(deviceTrouble(short)).toMatchObject({ code: 'model-device' })
    expect(modelTrouble(short, small)).toMatchObject({ code: 'model-device' })
    expect(deviceTrouble(await facts(adapter()))).toBeUndefined()
  })

  test('says when a model may not fit on the disk', () => {
    expect(roomTrouble(500e6, 1895)?.message).toMatch(/500 MB of disk; this model takes up to 1895 MB/)
    expect(roomTrouble(5e9, 1895)).toBeUndefined()
    expect(roomTrouble(undefined, 1895)).toBeUndefined()
  })
})

describe('The list of models', () => {
  test('of the real library has language models only, small ones first, and the paper’s base model among them', async () => {
    const { models } = await openMlcLibrary()
    const choices = modelChoices(models)
    expect(choices.length).toBeGreaterThan(80)
    const sizes = choices.map(({ megabytes }) => megabytes ?? Number.POSITIVE_INFINITY)
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
    const paper = choices.filter((choice) => choice.paper)
    expect(paper.length).toBeGreaterThan(1)
    for (const { id } of paper) expect(systemPlaceOf(id)).toBe('first-user-message')
    expect(choices.some(({ id }) => /vision|embed/i.test(id))).toBe(false)
    const hosts = new Set(choices.flatMap(({ hosts }) => hosts))
    expect([...hosts].toSorted()).toEqual(['huggingface.co', 'raw.githubusercontent.com'])
  })

  test('holds a model that somebody hosts in the first place', () => {
    const given = {
      ...{ name: 'my-model', weights: 'https://models.example/my/resolve/main/', contextTokens: 2048 },
      library: 'https://models.example/my.wasm',
    }
    const parsed = parseCustomModel(given)
    if (!parsed.ok) throw new Error(parsed.failure.message)
    expect(recordOf(parsed.value)).toMatchObject({ model_id: 'custom/my-model', model: given.weights })
    expect(modelChoices([SMALL], [parsed.value])[0]).toMatchObject({
      ...{ id: 'custom/my-model', custom: true, contextTokens: 2048, hosts: ['models.example'] },
    })
  })

  test.each([
    [{ name: '' }, /name/],
    [{ name: 'a b' }, /name/],
    [{ weights: 'models.example' }, /Begin with https/],
    [{ weights: 'http://models.example/' }, /https only/],
    [{ weights: 'https://me:secret@models.example/' }, /password/],
    [{ library: 'https://models.example/my.js' }, /\.wasm/],
    [{ contextTokens: 100 }, /512/],
    [{ contextTokens: '4096' }, /512/],
  ])('takes no custom model with %j', (wrong, words) => {
    const good = { name: 'm', weights: 'https://a.example/', library: 'https://a.example/a.wasm', contextTokens: 4096 }
    const parsed = parseCustomModel({ ...good, ...wrong })
    expect(parsed.ok).toBe(false)
    if (!parsed.ok) expect(parsed.failure.message).toMatch(words)
  })

  test('answers whatever a form holds with a model or a sentence', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        const parsed = parseCustomModel(given)
        if (!parsed.ok) expect(parsed.failure.message).toMatch(/\.$/)
      }),
      { numRuns: 200 },
    )
  })
})
