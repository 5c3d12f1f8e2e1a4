/**
 * All three stages with our own language model: RRO on train or dev tasks from the shipped weights, DPO on the pairs, and what it then
 * earns on test tasks, against the same model after further SFT on as many tokens of new demonstrations.
 */

import { exploreRun } from '../../../core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../../core/exploration/run-plan.ts'
import { unwrap } from '../../../core/failure.ts'
import type { RunEvent } from '../../../core/log/events.ts'
import { stream } from '../../../core/random.ts'
import { parseConfig } from '../../../core/settings/parse-config.ts'
import type { RunConfig } from '../../../core/settings/run-config.ts'
import { mean } from '../../../core/statistics.ts'
import { diskLoader } from '../../../node/disk-loader.ts'
import { type Turn, writtenConversation } from '../../../policies/transformer/conversation.ts'
import type { TransformerActor, Utterance } from '../../../policies/transformer/transformer-actor.ts'
import type { Preference } from '../../../training/objectives/pair-objective.ts'
import { preferencesOf } from '../../../training/preferences.ts'
import { optimisingTexts, type TextDpoOptions } from '../../../training/texts/text-dpo.ts'
import type { ShippedModel } from '../../../worker/machine/data-loader.ts'
import type { World } from '../../../worker/worlds/world.ts'
import { shippedSource } from '../../../worker/worlds/world-source.ts'
import { sqlEpisodes } from '../../make/language-model/sql-demonstrations.ts'
import { webshopDemonstrations } from '../../make/language-model/webshop-demonstrations.ts'

export interface Stages {
  readonly environment: RunConfig['environment']
  /** Which of those that ship; the small one where it is not said. */
  readonly model?: ShippedModel
  readonly seed: number
  /** Which tasks are explored, and how many. */
  readonly explored: 'train' | 'dev'
  readonly tasks: number
  readonly rollouts: number
  readonly candidates: number
  /** RRO where it is not said. */
  readonly method?: 'rro' | 'rro-recycled' | undefined
  readonly dpo: TextDpoOptions
  /** Tasks that it is measured on. */
  readonly split: 'dev' | 'test'
  /** The first of them; all where it is not said. */
  readonly measured?: number
  readonly episodes: number
}

/** What a model earns, a mean over episodes for each task. */
export interface Earned {
  readonly sampled: readonly number[]
  readonly greedy: readonly number[]
}

export interface StagesFound {
  readonly candidates: number
  readonly rollouts: number
  readonly pairs: number
  /** Tokens that exploration read, and that branching saved. */
  readonly read: number
  readonly saved: number
  /** Tokens that DPO and that further SFT were trained on. */
  readonly trained: number
  readonly before: Earned
  readonly dpo: Earned
  readonly sft: Earned
}

export async function stages(options: Stages, say: (words: string) => void): Promise<StagesFound> {
  const { environment, model = '', seed, split } = options
  const { config } = parseConfig({ environment, policy: 'transformer', model, seed, ...shape(options) })
  const world = unwrap(await shippedSource({ ...diskLoader() }, environment).world(config))
  const { language } = world
  if (language === undefined) throw new Error('The world has no language model.')
  const { reader } = language
  const { kernel } = reader
  const shipped = kernel.parameters.slice()
  const restore = (): void => {
    kernel.parameters.set(shipped)
    kernel.openTraining()
    kernel.gradient.fill(0)
    for (const moment of kernel.moments) moment.fill(0)
  }
  const measured = (): Promise<Earned> => earned(world, language, options)

  const { preferences, candidates, rollouts } = await explored(world, language, config, options.explored)
  const { read, saved } = reader.counts
  say(`${preferences.length} pairs`)
  const before = await measured()
  say(`before ${words(before)}`)
  restore()
  for (const _ of optimisingTexts(kernel, preferences, stream(seed).child('dpo'), options.dpo));
  const dpo = await measured()
  say(`DPO ${words(dpo)}`)
  restore()
  const trained = options.dpo.epochs * preferences.reduce((sum, pair) => sum + lengthOf(pair), 0)
  await furtherSft(language, environment, seed, trained, options.dpo)
  const sft = await measured()
  say(`SFT ${words(sft)} on ${split}`)
  return { candidates, rollouts, pairs: preferences.length, read, saved, trained, before, dpo, sft }
}

const shape = ({ tasks, rollouts, candidates, method = 'rro' }: Stages) => ({ tasks, rollouts, candidates, method })
const words = ({ sampled, greedy }: Earned): string => `${mean(sampled).toFixed(3)}, greedy ${mean(greedy).toFixed(3)}`

async function explored(world: World, language: TransformerActor, config: RunConfig, split: Stages['explored']) {
  const tasks = drawTasks(config, world.tasks(split))
  const preferences: Preference<Utterance>[] = []
  const count = { candidates: 0, rollouts: 0 }
  let events: RunEvent[] = []
  const close = (): void => {
    if (events.length > 0) preferences.push(...preferencesOf(language, events).preferences)
    events = []
  }
  for await (const event of exploreRun({ header: runHeader(config, world.made), actor: world.actor, tasks })) {
    if (event.type === 'task-started') close()
    if (event.type === 'candidate-proposed') count.candidates++
    if (event.type === 'rollout-finished') count.rollouts++
    events.push(event)
  }
  close()
  return { preferences, ...count }
}

async function earned(
  world: World,
  { reader }: TransformerActor,
  { split, episodes, seed, measured }: Stages,
): Promise<Earned> {
  reader.forget()
  const random = stream(seed).child('measure')
  const found: { sampled: number[]; greedy: number[] } = { sampled: [], greedy: [] }
  for (const task of world.tasks(split).slice(0, measured)) {
    const start = world.actor.begin(task)
    const streams = Array.from({ length: episodes }, (_, i) => random.child(task.id, i))
    const sampled = await world.actor.rollouts(start, 10, 1, streams)
    const greedy = await world.actor.rollouts(start, 10, 0, streams.slice(0, 1))
    found.sampled.push(mean(sampled.map(({ reward }) => reward)))
    found.greedy.push(mean(greedy.map(({ reward }) => reward)))
  }
  return found
}

/** Tokens of a pair of two replies to one prefix: the prefix is read once. */
function lengthOf({ chosen, rejected }: Preference<Utterance>): number {
  const [first] = chosen
  const written = [...chosen, ...rejected].reduce((sum, utterance) => sum + utterance.written.length, 0)
  return (first?.prefix.length ?? 0) + written
}

/** SFT on new demonstrations, up to a number of tokens, with the step and the batches of the DPO. */
async function furtherSft(
  { reader, tokenizer }: TransformerActor,
  environment: RunConfig['environment'],
  seed: number,
  most: number,
  { learningRate, batchSize }: TextDpoOptions,
): Promise<void> {
  const { kernel } = reader
  let [tokens, written, batch, step] = [0, 0, 0, 0]
  const descend = (): void => {
    if (written === 0) return
    const norm = kernel.gradientNorm() / written
    kernel.descend({ rate: learningRate, share: Math.min(1, 1 / norm) / written, step: ++step, decay: 0 })
    ;[written, batch] = [0, 0]
  }
  for await (const turns of demonstrations(environment, seed)) {
    const { tokens: ids, actions } = writtenConversation(tokenizer, turns)
    if (tokens + ids.length > most) break
    const targets = actions.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i))
    kernel.logProbabilities({
      ...{ tokens: ids.slice(0, -1), prefix: ids.length - 1, branches: [] },
      targetRows: targets.map((at) => at - 1),
      targetTokens: targets.map((at) => ids[at] as number), // below its length
    })
    kernel.addGradient(targets.map(() => -1))
    tokens += ids.length
    written += targets.length
    if (++batch === batchSize) descend()
  }
  descend()
}

/** None that pretraining has seen: it took seed 1. */
async function* demonstrations(environment: RunConfig['environment'], seed: number): AsyncGenerator<readonly Turn[]> {
  const episodes = environment === 'webshop' ? webshopDemonstrations(1000 + seed) : sqlEpisodes(1000 + seed)
  for await (const { turns } of episodes) yield turns
}
