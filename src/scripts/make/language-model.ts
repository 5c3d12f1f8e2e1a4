/**
 * A language model that ships with the page, made anew: demonstrations of both environments, a tokenizer of their texts (the
 * same for both sizes), pretraining, and what it earns on dev tasks, which stands in its card. The small one takes hours on two
 * cores, the tiny one ten minutes; the same bytes on every machine.
 *
 *     npx tsx src/scripts/make/language-model.ts [--size small|tiny] [--steps N] [--out FOLDER]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { success, unwrap } from '../../core/failure.ts'
import { stream } from '../../core/random.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import { ENVIRONMENT_NAMES, type RunConfig } from '../../core/settings/run-config.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { type Turn, type WrittenConversation, writtenConversation } from '../../policies/transformer/conversation.ts'
import { type Folder, writeFolder } from '../../policies/transformer/hugging-face/folder.ts'
import type { ModelCard } from '../../policies/transformer/hugging-face/model-card.ts'
import { initialParameters } from '../../policies/transformer/initial-parameters.ts'
import type { LlamaConfig } from '../../policies/transformer/llama.ts'
import { unflattened } from '../../policies/transformer/parameters.ts'
import { createTokenizer } from '../../policies/transformer/tokenizer/tokenizer.ts'
import type { Vocabulary } from '../../policies/transformer/tokenizer/vocabulary.ts'
import { evaluate } from '../../training/evaluation.ts'
import { fourDecimals } from '../../training/warm-start.ts'
import { shippedSource } from '../../worker/worlds/world-source.ts'
import { corpusOf, type Look, type Pretraining, pretrain } from './language-model/pretrain.ts'
import { sqlEpisodes } from './language-model/sql-demonstrations.ts'
import { countWords, trainVocabulary } from './language-model/train-tokenizer.ts'
import { webshopDemonstrations } from './language-model/webshop-demonstrations.ts'

const SEED = 1
const EPISODES = { webshop: 36_000, 'intercode-sql': 48_000 } as const
/** Of the mixed episodes, the first of which make the tokenizer. */
const TOKENIZED = 30_000
const VOCABULARY = { size: 1536, least: 20 }
const SIZES = {
  small: { hidden: 128, layers: 4, heads: 4, intermediate: 352 },
  tiny: { hidden: 64, layers: 2, heads: 4, intermediate: 176 },
} as const
type Size = keyof typeof SIZES
const NUMBERS = { context: 1024, ropeTheta: 10_000, normEpsilon: 1e-5 }
const PRETRAINING: Pretraining = {
  ...{
    seed: SEED,
    steps: 9000,
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
type Facts = Readonly<Record<string, string | number>>

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

/** What it earns on dev tasks. */
async function rewards(folder: Folder, environment: RunConfig['environment']): Promise<Facts> {
  const loader = { ...diskLoader(), model: async () => success(folder) }
  const { config } = parseConfig({ environment, policy: 'transformer', split: 'dev' })
  const { actor, tasks } = unwrap(await shippedSource(loader, environment).world(config))
  const dev = tasks('dev').slice(0, EVALUATED.tasks)
  const mean = async (temperature: number, episodesPerTask: number): Promise<number> => {
    const options = { temperature, stepLimit: config.stepLimit, episodesPerTask }
    return fourDecimals((await evaluate(actor, dev, stream(SEED).child('evaluation'), options)).mean)
  }
  const devReward = await mean(1, EVALUATED.episodesPerTask)
  return { devReward, devGreedyReward: await mean(0, 1), devTasks: dev.length }
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { size: { ...text, default: 'small' }, steps: text, out: text } })
  const size = (Object.keys(SIZES) as Size[]).find((name) => name === values.size)
  if (size === undefined) throw new Error(`--size is ${values.size}: ${Object.keys(SIZES).join(' or ')} was expected.`)
  const out = values.out ?? fileURLToPath(new URL(`../../../public/models/${size}`, import.meta.url))
  const steps = values.steps === undefined ? PRETRAINING.steps : Number(values.steps)
  if (!Number.isSafeInteger(steps) || steps <= PRETRAINING.warmUp)
    throw new Error(`--steps is ${values.steps}: a whole number over ${PRETRAINING.warmUp} was expected.`)
  const shop = await first(webshopDemonstrations(SEED), EPISODES.webshop)
  const episodes = mixed([shop, await first(sqlEpisodes(SEED), EPISODES['intercode-sql'])])
  const vocabulary = vocabularyOfEpisodes(episodes.slice(0, TOKENIZED))
  const tokenizer = createTokenizer(vocabulary)
  const conversations: WrittenConversation[] = episodes.map((turns) => writtenConversation(tokenizer, turns))
  const { hidden, heads } = SIZES[size]
  const shape = { ...SIZES[size], keyValueHeads: heads, headSize: hidden / heads }
  const config: LlamaConfig = { ...NUMBERS, ...shape, vocabulary: vocabulary.tokens.length }
  const looks: Look[] = []
  const start = initialParameters(config, stream(SEED).child('initial'))
  const options = { ...PRETRAINING, steps }
  const parameters = await pretrain(config, start, corpusOf(conversations), options, (look, now) => {
    looks.push(look)
    const { step, tokens, loss, heldOut, seconds } = look
    const losses = `loss ${loss.toFixed(4)}, held out ${heldOut.toFixed(4)}`
    console.log(`${step}/${steps}: ${tokens} tokens, ${losses}, ${Math.round(seconds)} s`)
    if (step % 500 === 0)
      save(out, writeFolder({ model: unflattened(config, now), vocabulary }, cardOf(size, looks, {}), 'F16'))
  })
  const model = { model: unflattened(config, parameters), vocabulary }
  const plain = writeFolder(model, cardOf(size, looks, {}), 'F16')
  const trained: Record<string, Facts> = {}
  for (const environment of ENVIRONMENT_NAMES) {
    const { tokens = 0 } = looks.at(-1) ?? {}
    const facts = { method: 'SFT from random weights', demonstrations: EPISODES[environment], tokens }
    trained[environment] = { ...facts, ...(await rewards(plain, environment)) }
  }
  save(out, writeFolder(model, cardOf(size, looks, trained), 'F16'))
  writeFileSync(`${out}/trained.json`, `${JSON.stringify(trained, undefined, 2)}\n`)
  console.log(trained)
}

function cardOf(size: Size, looks: readonly Look[], trained: Readonly<Record<string, Facts>>): ModelCard {
  const losses = looks
    .filter(({ step }) => step % 1000 === 0)
    .map(({ step, heldOut }) => `${step}: ${heldOut.toFixed(3)}`)
  const earned = Object.entries(trained).map(([environment, { devReward, devGreedyReward, devTasks }]) => [
    `mean reward on ${devTasks} dev tasks of ${environment}`,
    `sampled ${devReward}, greedy ${devGreedyReward}`,
  ])
  return {
    ...{ name: `RRO Lab ${size}`, licence: 'mit', example: 'task : floor lamp , black under $60 ; 3 words' },
    trained: {
      data: `${EPISODES.webshop} episodes of WebShop and ${EPISODES['intercode-sql']} of InterCode-SQL, made by RRO Lab, none on a dev or test task`,
      tokens: looks.at(-1)?.tokens ?? 0,
      'loss on held-out episodes, nats a written token, by step': losses.join(', '),
      ...Object.fromEntries(earned),
    },
  }
}

function save(out: string, folder: Folder): void {
  mkdirSync(out, { recursive: true })
  for (const [name, bytes] of folder) writeFileSync(`${out}/${name}`, bytes)
}

await main()
process.exit(0)
