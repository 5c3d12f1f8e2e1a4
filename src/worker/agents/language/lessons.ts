/** What a small language model is to learn: pairs of a stored run, or demonstrations. */
import type { Training } from '../../../core/comparison/comparison.ts'
import { failure, type Result, success } from '../../../core/failure.ts'
import { createCostFold } from '../../../core/log/cost-fold.ts'
import { stream } from '../../../core/random.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { mean } from '../../../core/statistics.ts'
import type { WrittenConversation } from '../../../policies/transformer/conversation.ts'
import { initialParameters } from '../../../policies/transformer/initial-parameters.ts'
import type { LanguageModel } from '../../../policies/transformer/language-model.ts'
import type { DescentState, TextEngine } from '../../../policies/transformer/text-engine.ts'
import type { Utterance } from '../../../policies/transformer/transformer-actor.ts'
import { FRAME } from '../../../store/batch.ts'
import { readDemonstrations } from '../../../training/expert.ts'
import type { Preference } from '../../../training/objectives/pair-objective.ts'
import { preferencesOf } from '../../../training/preferences.ts'
import { createSample } from '../../../training/study/sample.ts'
import { conversationOf } from '../../../training/texts/shown-conversation.ts'
import type { TextStep } from '../../../training/texts/text-descent.ts'
import { optimisingTextsInSlices, TEXT_DPO, tokensOf } from '../../../training/texts/text-dpo.ts'
import { FURTHER_SFT, fineTuningTexts, TEXT_SFT } from '../../../training/texts/text-sft.ts'
import { fourDecimals } from '../../../training/warm-start.ts'
import type { DataLoader } from '../../machine/data-loader.ts'
import type { AgentInfo, LanguageSft } from '../../protocol/agents.ts'
import type { World } from '../../worlds/world.ts'
import { NO_PAIRS, type RunToLearnFrom, SHIPPED_DATA_ONLY, sameMaking, taskLogs } from '../run-to-learn-from.ts'
import { trainingDraws } from '../training-draws.ts'
import { type Pace, STOPPED } from '../training-pace.ts'

export interface Lesson {
  /** With the model that it is about. */
  readonly world: World
  readonly config: RunConfig
  /** Of the run's log that count; 0 where there is no run. */
  readonly events: number
  /** What is trained: its parameters are those to begin with. */
  readonly model: LanguageModel
  /** What came of it and how, for people. */
  readonly facts: AgentInfo['trained']
  /** Whether what it begins with is measured: random weights are not. */
  readonly comparable: boolean
  /** Whether to see what it writes meanwhile. */
  readonly tried: boolean
  /** Tokens of the whole training. */
  readonly tokens: number
  descent: Descending
  /** Two steps on the first mini-batch, to see who computes them faster. */
  trial: Descending
}

/** Yields a step after each mini-batch, and what is to be waited for, or undefined, in between. @param from where it was left */
export type Descending = <W extends Promise<unknown>>(
  engine: TextEngine<W>,
  from?: DescentState,
) => Generator<TextStep | W | undefined, void, void>

/** Preferences in memory: a sample where a run has more. */
const MOST_PREFERENCES = 4_000

/** @param events of the run's log that count; it may have grown since */
export async function pairLesson(
  run: RunToLearnFrom,
  { loss = 'dpo', beta, learningRate, epochs, sftWeight }: Training,
  events: number,
  pace: Pace,
): Promise<Result<Lesson>> {
  const { record, header, world } = run
  const { language, languageModel: model } = world
  if (language === undefined || model === undefined) return NOT_HERE
  const same = sameMaking(run, language.fingerprint)
  if (!same.ok) return same
  const random = trainingDraws('dpo')
  const sample = createSample<Preference<Utterance>>(MOST_PREFERENCES, random.child('preferences'))
  const costs = createCostFold()
  let [pairs, long, tasks] = [0, 0, 0]
  for await (const log of taskLogs(run, events, pace)) {
    if (!log.ok) return log
    for (const event of log.value.events) costs.add(event)
    const { preferences } = preferencesOf(language, log.value.events)
    const short = preferences.filter((preference) => fits(preference, model.config.context))
    sample.add(log.value.task, short)
    pairs += preferences.length
    long += preferences.length - short.length
    tasks++
  }
  const preferences = sample.with(FRAME, [])
  if (preferences.length === 0) return long > 0 ? TOO_LONG : NO_PAIRS
  const facts = {
    method: `${loss.toUpperCase()} on the pairs of a run by ${header.config.method}`,
    run: record.name.slice(0, 120),
    reference: header.agent.name.slice(0, 120),
    data: header.data.fingerprint,
    ...{ tasks, policyCalls: costs.cost.policyCalls, pairs },
    ...(preferences.length < pairs ? { pairsSampled: preferences.length } : {}),
    ...{ beta, learningRate, epochs, sftWeight },
  }
  const options = { ...TEXT_DPO, loss, beta, learningRate, epochs, sftWeight }
  return success({
    ...{ world, config: header.config, events, model, facts, comparable: true, tried: false },
    tokens: epochs * preferences.reduce((sum, preference) => sum + tokensOf(preference), 0),
    descent: (engine, from) => optimisingTextsInSlices(engine, preferences, random.child('descent'), options, from),
    trial: (engine) =>
      optimisingTextsInSlices(engine, preferences.slice(0, options.batchSize), random.child('trial'), twice(options)),
  })
}

/** Whether the model has room for all that a pair says. */
function fits({ chosen, rejected }: Preference<Utterance>, context: number): boolean {
  return [...chosen, ...rejected].every(({ prefix, written }) => prefix.length + written.length <= context)
}

export async function demonstrationLesson(
  loader: DataLoader,
  world: World,
  config: RunConfig,
  { from, demonstrations, epochs }: LanguageSft,
  pace: Pace,
): Promise<Result<Lesson>> {
  const { language, languageModel: base } = world
  if (language === undefined || base === undefined) return NOT_HERE
  const name = `demonstrations-${world.data.environment}.jsonl`
  const files = await loader.model([name])
  if (!files.ok) return files
  const known = new Set(world.tasks('train').map(({ id }) => id))
  const text = new TextDecoder().decode(files.value.get(name))
  const read = readDemonstrations(text, (id) => known.has(id), world.data.fingerprint)
  if (!read.ok) return world.data.origin === 'shipped' ? read : SHIPPED_DATA_ONLY
  const used = read.value.slice(0, demonstrations)
  const conversations: WrittenConversation[] = []
  for (const [i, shown] of used.entries()) {
    const conversation = conversationOf(language, shown)
    if (conversation.tokens.length <= base.config.context) conversations.push(conversation)
    if (await pace.breathe('reading', (i + 1) / used.length)) return STOPPED
  }
  if (conversations.length === 0) return NO_ROOM
  const random = trainingDraws('sft')
  const anew = typeof from === 'string'
  const options = { ...(anew ? TEXT_SFT : FURTHER_SFT), epochs }
  const model = anew
    ? { ...base, parameters: initialParameters(base.config, stream(1).child('initial')), fingerprint: 'random' }
    : base
  const facts = {
    method: anew ? 'SFT from random weights' : 'SFT on demonstrations',
    ...(anew ? {} : { reference: world.made.agent.name }),
    data: world.data.fingerprint,
    ...{ demonstrations: conversations.length, epochs, learningRate: options.learningRate },
    expertReward: fourDecimals(mean(used.map(({ reward }) => reward))),
  }
  return success({
    ...{ world, config, events: 0, model, facts, comparable: !anew, tried: true },
    tokens: epochs * conversations.reduce((sum, { tokens }) => sum + tokens.length, 0),
    descent: (engine, state) => fineTuningTexts(engine, conversations, random.child('descent'), options, state),
    trial: (engine) =>
      fineTuningTexts(engine, conversations.slice(0, options.batchSize), random.child('trial'), twice(options)),
  })
}

const twice = <T extends object>(options: T) => ({ ...options, epochs: 2 })

const NO_ROOM = failure(
  'training-too-long',
  'The model has no room for these demonstrations: each of them is longer than its context.',
)
const TOO_LONG = failure(
  'training-too-long',
  'The model has no room for the pairs of this run: each of their conversations is longer than its context.',
)
const NOT_HERE = failure('training-no-model', 'This agent is no small language model.')
