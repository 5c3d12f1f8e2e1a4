/** Our language model on one core in Node: tokens read, written and trained on in a second. */
import { unwrap } from '../../core/failure.ts'
import { stream } from '../../core/random.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { READ_FILES } from '../../policies/transformer/hugging-face/folder.ts'
import { Kernel } from '../../policies/transformer/kernel/kernel.ts'
import { languageModelOf } from '../../policies/transformer/language-model.ts'
import { type LlamaConfig, parameterCount } from '../../policies/transformer/llama.ts'
import { type Measured, repeated, rounded, timed } from './measure.ts'
import { simdPeakGigaflops } from './simd-peak.ts'

const REPETITIONS = 7
const LENGTH = 400
/** Of a text's tokens, what an agent writes. */
const WRITTEN = 5

/** A text of random tokens that is learnt from as an agent's is: what it writes is a fifth. */
export function trainedText({ vocabulary }: LlamaConfig) {
  const random = stream(1)
  const tokens = Array.from({ length: LENGTH }, () => random.below(vocabulary))
  const targetRows = tokens.map((_, i) => i).filter((i) => i % WRITTEN === 0)
  return { tokens, prefix: LENGTH, branches: [], targetRows, targetTokens: targetRows.map((i) => tokens[i] as number) }
}

export async function benchLanguageModel() {
  const files = unwrap(await diskLoader().model(Object.keys(READ_FILES)))
  const openMs = await timed(() => languageModelOf(files))
  const { config, parameters } = unwrap(languageModelOf(files))
  const kernel = await Kernel.open(config)
  kernel.parameters.set(parameters)
  kernel.openTraining()
  kernel.openCache(32)
  const text = trainedText(config)
  const { tokens, targetRows } = text
  const perSecond = (count: number, work: () => void): Promise<Measured> =>
    repeated(REPETITIONS, async () => (1000 * count) / (await timed(work)))

  const trained = await perSecond(LENGTH, () => {
    kernel.logProbabilities(text)
    kernel.addGradient(targetRows.map(() => 1))
    kernel.gradient.fill(0)
  })
  const read = await perSecond(LENGTH, () => {
    const positions = tokens.map((_, i) => i)
    kernel.read({ tokens, slots: tokens.map(() => 0), positions, wanted: [LENGTH - 1] })
  })
  const written = (together: number): Promise<Measured> => {
    const slots = Array.from({ length: together }, (_, i) => i)
    return perSecond(32 * together, () => {
      for (let at = 100; at < 132; at++) {
        kernel.read({ tokens: slots.map(() => 5), slots, positions: slots.map(() => at), wanted: slots })
        for (const i of slots) kernel.sample(i, 1, 0.5)
      }
    })
  }
  const gigaflops = (6 * parameterCount(config) * trained.median) / 1e9
  return {
    parameters: parameterCount(config),
    openMs: rounded(openMs),
    trainedTokensPerSecond: trained,
    readTokensPerSecond: read,
    writtenTokensPerSecond: { alone: await written(1), five: await written(5), thirtyTwo: await written(32) },
    // Two for each parameter and token on the way there, four on the way back.
    trainedGigaflops: rounded(gigaflops),
    shareOfSimdPeak: rounded(gigaflops / (await simdPeakGigaflops())),
    megabytes: rounded(kernel.bytes / 1e6),
  }
}
