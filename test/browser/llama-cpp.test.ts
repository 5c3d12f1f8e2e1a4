/**
 * Our model in somebody else's engine: llama.cpp in the browser (wllama), from a GGUF file. llama.cpp, the equations in 64 bits and
 * the kernel must mean the same model by the same weights, and the same tokens by the same text.
 */
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, inject, test } from 'vitest'
import { unwrap } from '../../src/core/failure.ts'
import { stream } from '../../src/core/random.ts'
import { readFolder, writeFolder } from '../../src/policies/transformer/hugging-face/folder.ts'
import { Kernel } from '../../src/policies/transformer/kernel/kernel.ts'
import { flattened } from '../../src/policies/transformer/parameters.ts'
import { createTokenizer } from '../../src/policies/transformer/tokenizer/tokenizer.ts'
import { openBrowser } from '../../src/scripts/browser/browser.ts'
import { serveFolder } from '../../src/scripts/browser/site-server.ts'
import { countWords, trainVocabulary } from '../../src/scripts/make/language-model/train-tokenizer.ts'
import { ggufFile } from '../policies/transformer/gguf.ts'
import { logShareOf, referenceLogits } from '../policies/transformer/reference.ts'
import { randomModel } from '../policies/transformer/small-model.ts'
import { dataTexts, strangeTexts } from '../policies/transformer/tokenizer/texts.ts'

const texts = dataTexts()
const vocabulary = trainVocabulary(countWords(texts.map((text) => [text, 1])), { size: 512, least: 2 })
const config = {
  ...{ vocabulary: 512, hidden: 64, intermediate: 96, layers: 3, heads: 4, keyValueHeads: 4, headSize: 16 },
  ...{ context: 128, ropeTheta: 10_000, normEpsilon: 1e-5 },
}

/** The model as it comes out of a folder, so that the folder is held to it as well. */
const card = { name: 'test', licence: 'mit', trained: {}, example: '' }
const { model } = unwrap(readFolder(writeFolder({ model: randomModel(config, 5), vocabulary }, card, 'F32')))
const random = stream(3)
const tokens = Array.from({ length: 48 }, () => random.below(config.vocabulary))
const someTexts = [...texts.filter((_, i) => i % 90 === 0), ...strangeTexts(200)]

interface Answers {
  /** log p `[tokens.length][vocabulary]` of what comes after each token, in nats. */
  readonly logs: readonly (readonly number[])[]
  readonly ids: readonly (readonly number[])[]
}

/** What is used of wllama. Its own types are those of its sources, which are written for another compiler's rules. */
interface Engine {
  loadModel(files: Blob[], settings: object): Promise<void>
  decode(tokens: number[], options: object): Promise<unknown>
  /** Probabilities of the likeliest next tokens; of all at -1. */
  getLogits(most: number): Promise<{ token: number; p: number }[]>
  tokenize(text: string, special: boolean): Promise<number[]>
  exit(): Promise<void>
}
type Library = { Wllama: new (wasm: Record<string, string>, settings: object) => Engine }

const PAGE = '<!doctype html><script type=module>import * as all from "./index.js"; Object.assign(window, all)</script>'

/** Runs on the page. */
async function askLlamaCpp(asked: { gguf: number[]; tokens: number[]; texts: string[] }): Promise<Answers> {
  const { Wllama } = window as unknown as Library // the page put it there
  const engine = new Wllama({ 'single-thread/wllama.wasm': 'single-thread/wllama.wasm' }, { suppressNativeLog: true })
  const exact = { cache_type_k: 'f32', cache_type_v: 'f32', flash_attn: false, n_threads: 1 }
  await engine.loadModel([new Blob([Uint8Array.from(asked.gguf)])], { n_ctx: 128, ...exact })
  const logs: number[][] = []
  for (const token of asked.tokens) {
    await engine.decode([token], {})
    const after: number[] = []
    for (const { token, p } of await engine.getLogits(-1)) after[token] = Math.log(p)
    logs.push(after)
  }
  const ids: number[][] = []
  for (const text of asked.texts) ids.push(await engine.tokenize(text, false))
  await engine.exit()
  return { logs, ids }
}

let theirs: Answers

beforeAll(async () => {
  const server = await serveFolder(fileURLToPath(new URL('../../node_modules/@wllama/wllama/esm', import.meta.url)))
  const browser = await openBrowser(inject('browser'))
  try {
    const page = await browser.newPage()
    const address = `${server.address}page.html`
    await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: PAGE }))
    await page.goto(address)
    theirs = await page.evaluate(askLlamaCpp, { gguf: [...ggufFile(model, vocabulary)], tokens, texts: someTexts })
  } finally {
    await browser.close()
    await server.close()
  }
})

/** The largest difference of any log-probability from llama.cpp's. */
function farthest(logits: readonly (readonly number[])[]): number {
  expect(logits).toHaveLength(theirs.logs.length)
  const differences = logits.flatMap((row, i) =>
    row.map((_, token) => Math.abs((theirs.logs[i]?.[token] ?? Number.NaN) - logShareOf(row, token))),
  )
  return Math.max(...differences)
}

test('llama.cpp finds what the equations say', () => {
  const logits = referenceLogits(config, flattened(model), tokens)
  expect(Math.max(...logits.flat().map(Math.abs))).toBeGreaterThan(3)
  expect(farthest(logits)).toBeLessThan(1e-4)
})

test('the kernel finds what llama.cpp finds', async () => {
  const kernel = await Kernel.open(config)
  kernel.parameters.set(flattened(model))
  kernel.openCache(1)
  const rows = [...tokens.keys()]
  kernel.read({ tokens, slots: tokens.map(() => 0), positions: rows, wanted: rows })
  expect(farthest(rows.map((i) => [...kernel.logits(i)]))).toBeLessThan(1e-4)
})

test('llama.cpp cuts texts into the same tokens', () => {
  const { encode } = createTokenizer(vocabulary)
  expect(someTexts.map((text) => encode(text))).toEqual(theirs.ids)
})
