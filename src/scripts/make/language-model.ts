/**
 * The language model that ships with the page, made anew: demonstrations of both environments, a tokenizer of their texts,
 * pretraining, and what it earns on dev tasks, which stands in its card. Hours on two cores; the same bytes on every machine.
 *
 *     npx tsx src/scripts/make/language-model.ts [--steps N] [--out FOLDER]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { unwrap } from '../../core/failure.ts'
import { stream } from '../../core/random.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { type Turn, type WrittenConversation, writtenConversation } from '../../policies/transformer/conversation.ts'
import { writeFolder } from '../../policies/transformer/hugging-face/folder.ts'
import { initialParameters } from '../../policies/transformer/initial-parameters.ts'
import type { LlamaConfig } from '../../policies/transformer/llama.ts'
import { unflattened } from '../../policies/transformer/parameters.ts'
import { createTokenizer } from '../../policies/transformer/tokenizer/tokenizer.ts'
import type { Vocabulary } from '../../policies/transformer/tokenizer/vocabulary.ts'
import { evaluate } from '../../training/evaluation.ts'
import { shippedSource } from '../../worker/worlds/world-source.ts'
import { corpusOf, type Look, type Pretraining, pretrain } from './language-model/pretrain.ts'
import { sqlEpisodes } from './language-model/sql-demonstrations.ts'
import { countWords, trainVocabulary } from './language-model/train-tokenizer.ts'
import { webshopDemonstrations } from './language-model/webshop-demonstrations.ts'

const SEED = 1
const EPISODES = { webshop: 24_000, 'intercode-sql': 36_000 } as const
/** Of the mixed episodes, the first of which make the tokenizer. */
const TOKENIZED = 30_000
const VOCABULARY = { size: 1536, least: 20 }
const NUMBERS = {
  ...{ hidden: 128, layers: 4, heads: 4, keyValueHeads: 4, headSize: 32, intermediate: 352, context: 1024 },
  ...{ ropeTheta: 10_000, normEpsilon: 1e-5 },
}
const PRETRAINING: Pretraining = {
  ...{
    seed: SEED,
    steps: 5000,
    batch: 12,
    rate: 3e-3,
    decay: 0.05,
    reading: 0.2,
    warmUp: 100,
    heldOut: 100,
    every: 100,
  },
}
const EVALUATED = { tasks: 255, episodesPerTask: 4 }

type Episode = readonly Turn[]

/** Episodes of several kinds, evenly mixed. */
function mixed(kinds: readonly (readonly Episode[])[]): Episode[] {
  const most = Math.max(...kinds.map(({ length }) => length))
  const all: Episode[] = []
  for (let i = 0; i < most; i++)
    for (const episodes of kinds) {
      const at = Math.floor((i * episodes.length) / most)
      if (Math.floor(((i + 1) * episodes.length) / most) > at) all.push(episodes[at] as Episode) // below their number
    }
  return all
}

async function first(episodes: Iterable<{ turns: Episode }> | AsyncIterable<{ turns: Episode }>, count: number) {
  const turns: Episode[] = []
  for await (const episode of episodes) {
    if (turns.length === count) break
    turns.push(episode.turns)
  }
  return turns
}

function vocabularyOfEpisodes(episodes: readonly Episode[]): Vocabulary {
  const texts = episodes.flatMap((turns) =>
    turns.flatMap(
      ({ seen, action }) =>
        [
          [seen, 1],
          [action, 1],
        ] as const,
    ),
  )
  return trainVocabulary(countWords(texts), VOCABULARY)
}

/** Mean reward on dev tasks of each environment, sampled and greedy. */
async function rewards(folder: ReadonlyMap<string, Uint8Array>): Promise<Record<string, string>> {
  const loader = { ...diskLoader(), model: async () => ({ ok: true as const, value: folder }) }
  const found: Record<string, string> = {}
  for (const environment of ['webshop', 'intercode-sql'] as const) {
    const { config } = parseConfig({ environment, policy: 'transformer', split: 'dev' })
    const { actor, tasks } = unwrap(await shippedSource(loader, environment).world(config))
    const dev = tasks('dev').slice(0, EVALUATED.tasks)
    const tell = async (temperature: number, episodesPerTask: number): Promise<string> => {
      const options = { temperature, stepLimit: config.stepLimit, episodesPerTask }
      const { mean, standardError = 0 } = await evaluate(actor, dev, stream(SEED).child('evaluation'), options)
      return `${mean.toFixed(3)} ± ${standardError.toFixed(3)}`
    }
    found[`${environment}, ${dev.length} dev tasks`] =
      `sampled ${await tell(1, EVALUATED.episodesPerTask)}, greedy ${await tell(0, 1)} (mean reward ± standard error)`
  }
  return found
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { steps: { type: 'string' }, out: { type: 'string' } } })
  const out = values.out ?? fileURLToPath(new URL('../../../public/models/small', import.meta.url))
  const steps = values.steps === undefined ? PRETRAINING.steps : Number(values.steps)
  if (!Number.isSafeInteger(steps) || steps <= PRETRAINING.warmUp)
    throw new Error(`--steps is ${values.steps}: a whole number over ${PRETRAINING.warmUp} was expected.`)
  const shop = await first(webshopDemonstrations(SEED), EPISODES.webshop)
  const episodes = mixed([shop, await first(sqlEpisodes(SEED), EPISODES['intercode-sql'])])
  const vocabulary = vocabularyOfEpisodes(episodes.slice(0, TOKENIZED))
  const tokenizer = createTokenizer(vocabulary)
  const conversations: WrittenConversation[] = episodes.map((turns) => writtenConversation(tokenizer, turns))
  const config: LlamaConfig = { ...NUMBERS, vocabulary: vocabulary.tokens.length }
  const looks: Look[] = []
  const start = initialParameters(config, stream(SEED).child('initial'))
  const parameters = await pretrain(config, start, corpusOf(conversations), { ...PRETRAINING, steps }, (look) => {
    looks.push(look)
    const { step, tokens, loss, heldOut, seconds } = look
    console.log(
      `${step}/${steps}: ${tokens} tokens, loss ${loss.toFixed(4)}, held out ${heldOut.toFixed(4)}, ${Math.round(seconds)} s`,
    )
  })
  save(out, await folderOf(config, parameters, vocabulary, looks))
}

async function folderOf(config: LlamaConfig, parameters: Float32Array, vocabulary: Vocabulary, looks: readonly Look[]) {
  const model = { model: unflattened(config, parameters), vocabulary }
  const card = { name: 'RRO Lab small', licence: 'mit', example: 'task : floor lamp , black under $60 ; 3 words' }
  const earned = await rewards(writeFolder(model, { ...card, trained: {} }, 'F16'))
  const last = looks.at(-1)
  const losses = looks.filter((_, i) => i % 5 === 4).map(({ step, heldOut }) => `${step}: ${heldOut.toFixed(3)}`)
  const trained = {
    data: `${EPISODES.webshop} episodes of WebShop and ${EPISODES['intercode-sql']} of InterCode-SQL, made by RRO Lab, none on a dev or test task`,
    tokens: last?.tokens ?? 0,
    'loss on held-out episodes, nats a written token, by step': losses.join(', '),
    ...earned,
  }
  return writeFolder(model, { ...card, trained }, 'F16')
}

function save(out: string, folder: ReadonlyMap<string, Uint8Array>): void {
  mkdirSync(out, { recursive: true })
  for (const [name, bytes] of folder) writeFileSync(`${out}/${name}`, bytes)
}

await main()
