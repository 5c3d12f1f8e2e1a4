/**
 * One arm of a comparison of the small language model with one seed, at equal tokens: a cell for each budget. What runArm is for the
 * log-linear policy; exploring, objectives and judging are the same code.
 *
 * A budget is spent by every token that goes through the model, as often as it does: read or written while exploring, judged under
 * the reference, read to learn from. What branching saves is not spent. The way back of a gradient, which costs twice as much work
 * again, is not counted, for nobody; nor is judging on the test tasks. An arm that makes pairs stops exploring as soon as what it found
 * could not be learnt from any more within the budget.
 */
import type { Cell, Score } from '../../core/comparison/cell.ts'
import { type Arm, armAt, type Comparison, configOf, trainingOf } from '../../core/comparison/comparison.ts'
import { isGradientMethod } from '../../core/comparison/gradient-methods.ts'
import { gradientOf } from '../../core/comparison/gradient-numbers.ts'
import type { TaskEvent } from '../../core/log/events.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import type { WrittenConversation } from '../../policies/transformer/conversation.ts'
import type { TransformerActor, Utterance } from '../../policies/transformer/transformer-actor.ts'
import { evaluate } from '../evaluation.ts'
import type { ExpertTrajectory } from '../expert.ts'
import type { Preference } from '../objectives/pair-objective.ts'
import { preferencesOf } from '../preferences.ts'
import { conversationOf } from '../texts/shown-conversation.ts'
import { optimisingTexts, TEXT_DPO, type TextDpoOptions, tokensOfTraining } from '../texts/text-dpo.ts'
import { textLearner } from '../texts/text-learner.ts'
import { FURTHER_SFT, fineTuningTexts } from '../texts/text-sft.ts'
import { type BudgetedWalk, walk } from './budgeted-exploration.ts'
import { Budgets } from './budgets.ts'
import { gradientLearner } from './gradient-batch.ts'
import { follow } from './gradient-learning.ts'
import type { StudyWorld } from './study-world.ts'
import { createTally } from './tally.ts'

export interface TextStudyWorld<S = unknown, M = unknown> extends Omit<StudyWorld, 'actor'> {
  /** Explores. Its parameters are those of the start policy between arms. */
  readonly actor: TransformerActor<S, M>
  /** Demonstrations like those of its pretraining, in train tasks. */
  readonly shown: readonly ExpertTrajectory[]
  /** The same model in a kernel of its own, in which it is trained on pairs or demonstrations, and judged. */
  readonly pupil: TransformerActor<S, M>
}

/** What a budget has taught; the parameters are the pupil's. */
type Learnt = Pick<Cell, 'budget' | 'tokens'>

/** One cell for each budget, ascending. Ends early, without a word, when the signal says so. */
export async function* runTextArm<S, M>(
  world: TextStudyWorld<S, M>,
  comparison: Comparison,
  armIndex: number,
  seed: number,
  signal?: AbortSignal,
): AsyncGenerator<Cell, void, void> {
  const arm = armAt(comparison, armIndex)
  const start = world.actor.reader.kernel.parameters.slice()
  const tally = createTally()
  const walking = { world, comparison, arm, seed, tally, budgets: new Budgets(comparison.budgets), signal }
  const learn = isGradientMethod(arm.method) ? byGradient : arm.method === 'sft' ? byDemonstrations : byPairs
  try {
    for await (const { budget, tokens } of learn(world, walking, start)) {
      const score = await judged(world, comparison, arm, seed)
      if (signal?.aborted) return
      const numbers = tally.numbers()
      const rounds = [{ policyCalls: numbers.cost.policyCalls, score }]
      yield { arm: armIndex, seed, budget, score, rounds, ...numbers, ...(tokens && { tokens }), weights: [] }
    }
  } finally {
    setParameters(world.actor, start)
  }
}

async function* byPairs<S, M>(
  world: TextStudyWorld<S, M>,
  walking: BudgetedWalk,
  start: Float32Array,
): AsyncGenerator<Learnt, void, void> {
  const { actor, pupil } = world
  const replayer = withinContext(actor)
  const { comparison, arm, seed } = walking
  const options = pairTraining(comparison, arm)
  const preferences: Preference<Utterance>[] = []
  const materialOf = (events: readonly TaskEvent[]) => preferencesOf(replayer, events).preferences
  const explored = meterOf(actor)
  /** What learning from all pairs would take. */
  let owed = 0
  const spentWith = (event: TaskEvent, events: readonly TaskEvent[]): number => {
    if (event.type.endsWith('pair-made'))
      owed = tokensOfTraining([...preferences, ...materialOf([...events, event])], options)
    return explored.withEvent() + owed
  }
  for await (const { limit, events } of walk({ ...walking, spentWith }, afresh(actor))) {
    if (limit === undefined) {
      preferences.push(...materialOf(events))
      continue
    }
    setParameters(pupil, start)
    const trained = meterOf(pupil)
    const all = [...preferences, ...materialOf(events)]
    for (const _ of optimisingTexts(pupil.reader.kernel, all, stream(seed).child('train', 0), options))
      await world.breathe?.()
    yield { budget: limit, tokens: { explored: explored.before, trained: trained.withEvent() } }
  }
}

async function* byGradient<S, M>(
  { actor, pupil }: TextStudyWorld<S, M>,
  walking: BudgetedWalk,
): AsyncGenerator<Learnt, void, void> {
  const { method } = walking.arm
  if (!isGradientMethod(method)) return
  const training = gradientOf(walking.arm, 'transformer')
  const { kernel } = actor.reader
  const learner = gradientLearner(method, training, textLearner(kernel, training.learningRate), actor.observe)
  const all = meterOf(actor)
  let trained = 0
  const following = {
    ...{ learner, batch: training.batch, acting: afresh(withinContext(actor)) },
    updated() {
      trained += all.sinceEvent()
    },
    spent: all.settled,
  }
  for await (const budget of follow({ ...walking, spentWith: all.withEvent }, following)) {
    setParameters(pupil, kernel.parameters)
    yield { budget, tokens: { explored: all.before - trained, trained } }
  }
}

/** Further SFT on demonstrations like those of its pretraining, in an order of the seed's, as the page does it (FURTHER_SFT). */
async function* byDemonstrations<S, M>(
  world: TextStudyWorld<S, M>,
  { comparison, seed }: BudgetedWalk,
  start: Float32Array,
): AsyncGenerator<Learnt, void, void> {
  const { pupil, shown } = world
  const { kernel } = pupil.reader
  const random = stream(seed)
  for (const budget of comparison.budgets) {
    const conversations: WrittenConversation[] = []
    let tokens = 0
    for (const one of inTurn(shown, random.child('shown'))) {
      const conversation = conversationOf(pupil, one)
      const read = conversation.tokens.length - 1
      if (read >= kernel.config.context || conversation.actions.length === 0) continue
      if (tokens + read > budget) break
      tokens += read
      conversations.push(conversation)
    }
    setParameters(pupil, start)
    const trained = meterOf(pupil)
    for (const _ of fineTuningTexts(kernel, conversations, random.child('train', 0), FURTHER_SFT))
      await world.breathe?.()
    yield { budget, tokens: { explored: 0, trained: trained.withEvent() } }
  }
}

/** Again and again, in another order each time. */
function* inTurn<T>(items: readonly T[], random: RandomStream): Generator<T, void, void> {
  for (let round = 0; items.length > 0; round++) yield* random.child(round).shuffled(items)
}

/** How pairs train the language model: the comparison's numbers, as far as there is something like them. */
function pairTraining(comparison: Comparison, arm: Arm): TextDpoOptions {
  const { loss = 'dpo', beta, sftWeight, learningRate, epochs } = trainingOf(comparison, arm)
  return { loss, beta, sftWeight, learningRate, epochs, batchSize: TEXT_DPO.batchSize }
}

/** The actor, as it begins a task: what it has read before saves nothing, so that equal explorations cost the same. */
function afresh<S, M>(actor: TransformerActor<S, M>): () => TransformerActor<S, M> {
  return () => {
    actor.reader.forget()
    return actor
  }
}

/** The actor, which knows of no decision that is longer than its context: what was said in other words may be. */
function withinContext<S, M>(actor: TransformerActor<S, M>): TransformerActor<S, M> {
  const { context } = actor.reader.kernel.config
  return {
    ...actor,
    decision(prefix, action) {
      const said = actor.decision(prefix, action)
      return said === undefined || said.prefix.length + said.written.length > context ? undefined : said
    },
  }
}

function setParameters({ reader }: Pick<TransformerActor, 'reader'>, parameters: Readonly<Float32Array>): void {
  reader.kernel.parameters.set(parameters)
  reader.forget()
}

/** Counts what a model is fed from now on, event by event. */
function meterOf({ reader: { kernel } }: Pick<TransformerActor, 'reader'>) {
  const begun = kernel.fed
  let last = 0
  let before = 0
  return {
    /** Tokens by the event that has just come. */
    withEvent(): number {
      before = last
      last = kernel.fed - begun
      return last
    },
    /** Tokens by the event before it. */
    get before(): number {
      return before
    },
    /** Tokens by the last event, which counts. */
    settled(): number {
      before = last
      return last
    },
    /** Tokens since the last event; they count, too. */
    sinceEvent(): number {
      const since = kernel.fed - begun - last
      last += since
      before = last
      return since
    },
  }
}

/** By sampled episodes and a greedy one of each test task; the same draws for all that have this seed. */
async function judged<S, M>(
  { pupil, tasks, maxReward, breathe }: TextStudyWorld<S, M>,
  comparison: Comparison,
  arm: Arm,
  seed: number,
): Promise<Score> {
  pupil.reader.forget()
  const tests = tasks(comparison.split)
  const random = stream(seed).child('score')
  const options = { stepLimit: configOf(comparison, arm, seed, 1).stepLimit, maxReward, breathe }
  const sampling = { ...options, temperature: 1, episodesPerTask: comparison.episodes }
  const sampled = await evaluate(pupil, tests, random, sampling)
  const greedy = await evaluate(pupil, tests, random, { ...options, temperature: 0, episodesPerTask: 1 })
  return {
    ...{ reward: sampled.mean, success: sampled.successRate },
    ...{ greedyReward: greedy.mean, greedySuccess: greedy.successRate },
  }
}
