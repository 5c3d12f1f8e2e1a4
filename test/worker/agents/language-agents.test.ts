/** Small language models that do not ship: imported, chosen, taken away, deleted. */
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { failure, success, unwrap } from '../../../src/core/failure.ts'
import { LANGUAGE_MODEL_NAMES } from '../../../src/core/settings/run-config.ts'
import { WRITTEN_FILES } from '../../../src/policies/transformer/hugging-face/folder.ts'
import { unzipFolder, zipFolder } from '../../../src/policies/transformer/hugging-face/zip.ts'
import { languageModelOf } from '../../../src/policies/transformer/language-model.ts'
import { createMemoryStore } from '../../../src/store/memory-store.ts'
import { wrongWeight } from '../../../src/worker/agents/language/language-agents.ts'
import type { Lab } from '../../../src/worker/lab/lab.ts'
import { fileOf, logOf, openTestLab, SHIPPED } from '../labs.ts'

const folder = unwrap(await SHIPPED.model(WRITTEN_FILES, 'tiny'))
const small = unwrap(await SHIPPED.model(WRITTEN_FILES))
const settings = { policy: 'transformer', model: 'tiny', tasks: 1, rollouts: 1, candidates: 2, stepLimit: 4 }

/** The last weight, in 16 bits. */
const LAST = { half: 0x3800, quarter: 0x3400, infinite: 0x7c00 }

/** The tiny model with one weight that is another one. */
function changedFolder(last = LAST.half): ReadonlyMap<string, Uint8Array> {
  const weights = Uint8Array.from(folder.get('model.safetensors') ?? [])
  const at = weights.length - 2
  new DataView(weights.buffer).setUint16(at, last, true)
  // Its digest is not that of these numbers any more, and may be left out.
  const length = Number(new DataView(weights.buffer).getBigUint64(0, true))
  const header = new TextDecoder().decode(weights.subarray(8, 8 + length))
  const plain = header.replace(/"sha256":"[0-9a-f]{64}"/, (found) => `"sha255":"${found.slice(10)}`)
  weights.set(new TextEncoder().encode(plain.padEnd(length)), 8)
  return new Map([...folder, ['model.safetensors', weights]])
}

/** The small model, whose conversations take more room than those of the tiny one. */
function withContext(context: number): ReadonlyMap<string, Uint8Array> {
  const config = JSON.parse(new TextDecoder().decode(small.get('config.json')))
  const text = JSON.stringify({ ...config, max_position_embeddings: context })
  return new Map([...small, ['config.json', new TextEncoder().encode(text)]])
}

const zipOf = (files: ReadonlyMap<string, Uint8Array>, name = 'mine.zip') =>
  new File([new Uint8Array(zipFolder(files))], name)

const CHANGED = zipOf(changedFolder())

async function brought(lab: Lab) {
  return unwrap(await lab.agent('importModel', [CHANGED], 'webshop'))
}

test.each([Number.NaN, Number.POSITIVE_INFINITY, -20_000])('no training comes to a weight of %d', (weight) => {
  expect(wrongWeight(Float32Array.of(1, weight, 2))).toBe(weight)
  expect(wrongWeight(Float32Array.of(1, -1e4, 2))).toBeUndefined()
})

describe('a language model that is brought', () => {
  test('acts in both environments under its fingerprint, in runs that say whose they are', async () => {
    const lab = openTestLab()
    const agent = await brought(lab)
    const { fingerprint } = unwrap(languageModelOf(changedFolder()))
    expect(agent).toMatchObject({ policy: 'transformer', model: fingerprint, name: 'mine', origin: 'imported' })
    for (const environment of ['webshop', 'intercode-sql'] as const) {
      const listed = unwrap(await lab.agent('list', environment))
      expect(listed.at(-1)).toMatchObject({ model: fingerprint, environment, trained: {} })
      const { id } = unwrap(await lab.create({ ...settings, environment, model: fingerprint })).progress.info
      unwrap(await lab.advance('task'))
      const [header] = await logOf(lab, id)
      expect(header).toMatchObject({ config: { model: fingerprint }, agent: { name: 'mine' } })
      expect(header).not.toHaveProperty('agent.parameters')
    }
  })

  test('that ships is known as what it is, also file by file', async () => {
    const lab = openTestLab()
    for (const model of LANGUAGE_MODEL_NAMES) {
      const shipped = unwrap(await SHIPPED.model(WRITTEN_FILES, model))
      const files = [...shipped].map(([name, bytes]) => new File([new Uint8Array(bytes)], name))
      for (const given of [[zipOf(shipped)], files])
        expect(unwrap(await lab.agent('importModel', given, 'webshop'))).toMatchObject({ model, origin: 'shipped' })
      expect(await lab.agent('remove', model)).toMatchObject({ failure: { code: 'agent-shipped' } })
      expect(await lab.agent('rename', model, 'Mine', 'webshop')).toMatchObject({ failure: { code: 'agent-shipped' } })
    }
    expect(unwrap(await lab.agent('list', 'webshop')).filter(({ origin }) => origin !== 'shipped')).toEqual([])
  })

  test('goes out under the name it has now, and comes back as itself', async () => {
    const lab = openTestLab()
    const { model } = await brought(lab)
    unwrap(await lab.agent('rename', model, 'Käthe 3', 'webshop'))
    const { file, name } = unwrap(await lab.agent('export', { policy: 'transformer', model, environment: 'webshop' }))
    expect(name).toBe('kathe-3.zip')
    const bytes = new Uint8Array(await (file as Blob).arrayBuffer())
    expect(unwrap(languageModelOf(unwrap(unzipFolder(bytes)))).fingerprint).toBe(model)
    const other = openTestLab()
    expect(unwrap(await other.agent('importModel', [new File([bytes], name)], 'webshop')).model).toBe(model)
    expect(unwrap(await lab.agent('importModel', [new File([bytes], name)], 'webshop')).name).toBe('Käthe 3')
  })

  test('has the name of its zip; the files of a folder are called what they all are', async () => {
    const files = [...changedFolder()].map(([name, bytes]) => new File([new Uint8Array(bytes)], name))
    expect(unwrap(await openTestLab().agent('importModel', files, 'webshop')).name).toBe('Imported language model')
    const odd = zipOf(changedFolder(), '<b>\u202e x.ZIP')
    expect(unwrap(await openTestLab().agent('importModel', [odd], 'webshop')).name).toBe('<b> x')
  })

  test('comes in without a network, too, which the one that ships is fetched from', async () => {
    const offline = async () => failure('offline', 'No network.')
    expect(await brought(openTestLab({ loader: { ...SHIPPED, model: offline } }))).toMatchObject({ name: 'mine' })
  })

  test('has its weights back once it is imported again, and the name that it had', async () => {
    const store = createMemoryStore()
    const lab = openTestLab({ openStore: async () => success(store) })
    const { model } = await brought(lab)
    unwrap(await lab.agent('rename', model, 'Kept', 'webshop'))
    unwrap(await store.smallRecords('models').remove(model))
    expect(await lab.create({ ...settings, model })).toMatchObject({ failure: { code: 'model-damaged' } })
    expect((await brought(lab)).name).toBe('Kept')
    unwrap(await lab.create({ ...settings, model }))
  })

  test('goes out without a licence, which whoever has made its weights has to give', async () => {
    const lab = openTestLab()
    const { model } = await brought(lab)
    const { file } = unwrap(await lab.agent('export', { policy: 'transformer', model, environment: 'webshop' }))
    const names = unzipSync(new Uint8Array(await (file as Blob).arrayBuffer()))
    expect(new TextDecoder().decode(names['README.md'])).toMatch(/^---\nlanguage: en\n/)
  })

  test('once deleted leaves its runs to be read, and no run can be made with it', async () => {
    const lab = openTestLab()
    const { model } = await brought(lab)
    const { id } = unwrap(await lab.create({ ...settings, tasks: 2, model })).progress.info
    unwrap(await lab.advance('task'))
    const log = await fileOf(lab, id)
    unwrap(await lab.agent('remove', model))
    expect(unwrap(await lab.agent('list', 'webshop')).some((agent) => agent.model === model)).toBe(false)
    expect(await lab.create({ ...settings, model })).toMatchObject({ ok: false, failure: { code: 'agent-unknown' } })
    unwrap(await lab.open(id))
    expect(await fileOf(lab, id)).toBe(log)
  })

  test('whose stored weights are not those that it is known by does not act, and says so', async () => {
    const store = createMemoryStore()
    const lab = openTestLab({ openStore: async () => success(store) })
    const unseen = [zipOf(changedFolder(LAST.quarter))]
    const { model } = unwrap(await lab.agent('importModel', unseen, 'webshop'))
    const zip = new Uint8Array(zipFolder(folder))
    await store.smallRecords('models').put(model, { version: 1, model, zip })
    expect(await lab.create({ ...settings, model })).toMatchObject({ failure: { code: 'agent-fingerprint' } })
    await store.smallRecords('models').put(model, { version: 1, model, zip: 'none' })
    expect(await lab.create({ ...settings, model })).toMatchObject({ failure: { code: 'model-damaged' } })
  })

  test('is not taken for the embedded policy, nor the other way round', async () => {
    const lab = openTestLab()
    const { model } = await brought(lab)
    expect(await lab.create({ ...settings, policy: 'linear', model })).toMatchObject({
      failure: { code: 'agent-policy' },
    })
    const sft = { environment: 'webshop', name: 'Linear', sft: { demonstrations: 5, epochs: 1 } } as const
    const linear = unwrap(await lab.agent('train', sft)).agent.model
    expect(await lab.create({ ...settings, model: linear })).toMatchObject({ failure: { code: 'agent-policy' } })
  })

  test.each([
    ['no zip', new File(['nothing'], 'a.zip'), 'model-zip'],
    ['a folder without weights', zipOf(new Map([...folder].slice(0, 3))), 'model-folder'],
    ['more room for conversations than a page has', zipOf(withContext(16_384)), 'model-shape'],
    ['a number that is none', zipOf(changedFolder(LAST.infinite)), /^(model-numbers|safetensors)/],
  ])('with %s is refused in a sentence, and nothing is kept', async (_, file, code) => {
    const lab = openTestLab()
    const answer = await lab.agent('importModel', [file], 'webshop')
    expect(answer.ok).toBe(false)
    if (answer.ok) return
    expect(answer.failure.code).toMatch(code)
    expect(answer.failure.message).toContain('Nothing was imported.')
    expect(unwrap(await lab.agent('list', 'webshop')).filter(({ origin }) => origin === 'imported')).toEqual([])
  })
})

test('another model judges what a model wrote: the tokens are the same, their probabilities are its own', async () => {
  const lab = openTestLab()
  const { model } = await brought(lab)
  unwrap(await lab.create({ ...settings, policy: 'transformer' }))
  unwrap(await lab.advance('task'))
  const own = unwrap(await lab.visit('spoken', 0, 1, 1))
  const judged = unwrap(await lab.visit('spoken', 0, 1, 1, model))
  expect(judged.tokens.map(({ text }) => text)).toEqual(own.tokens.map(({ text }) => text))
  expect(judged.tokens).not.toEqual(own.tokens)
  expect(unwrap(await lab.visit('spoken', 0, 1, 1, 'tiny'))).toEqual(own)
  expect(await lab.visit('spoken', 0, 1, 1, '0123456789abcdef')).toMatchObject({ failure: { code: 'agent-unknown' } })
})
