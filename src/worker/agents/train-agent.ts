/**
 * Stages 1 and 3 of RRO live: a new agent from expert demonstrations (SFT), or from the pairs of a stored run (DPO, with the
 * run's own agent as the frozen reference). Measured on the dev tasks before and after, with the same random streams, so
 * that the difference task by task says what the training did. Works in slices: calls from the page come in between.
 */
import type { Training } from '../../core/comparison/comparison.ts'
import { failure, type Result, success } from '../../core/failure.ts'
import type { RunEvent, RunStarted } from '../../core/log/events.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../core/settings/settings.ts'
import { interval95, mean } from '../../core/statistics.ts'
import type { Decision } from '../../policies/linear/decision.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import type { TrainedWords } from '../../policies/linear/weights.ts'
import { FRAME } from '../../store/batch.ts'
import type { RunRecord } from '../../store/run-record.ts'
import type { Store } from '../../store/store.ts'
import type { Anchor } from '../../training/dpo/anchors.ts'
import type { Preference } from '../../training/dpo/contrasts.ts'
import { DPO_DEFAULTS, optimising } from '../../training/dpo/dpo.ts'
import { evaluate } from '../../training/evaluation.ts'
import { decisionsOf, readDemonstrations } from '../../training/expert.ts'
import { preferencesOf } from '../../training/preferences.ts'
import { fineTuning, SFT_DEFAULTS } from '../../training/sft.ts'
import { createSample } from '../../training/study/sample.ts'
import { fourDecimals } from '../../training/warm-start.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { AgentScore, TrainedAgent, TrainingPhase } from '../protocol/agents.ts'
import { eventsOf } from '../runs/log-text.ts'
import type { World } from '../worlds/world.ts'
import { type AgentPorts, saveAgent } from './agent-library.ts'

export interface TrainingPorts extends AgentPorts {
  /** Milliseconds from any origin. */
  now(): number
  /** @param share of the phase that is done, 0 to 1 */
  report(phase: TrainingPhase, share: number): void
  readonly signal: AbortSignal
}

/** Of each dev task; greedy is one. */
const EPISODES = 10
const SLICE_MS = 8
/** Preferences and states in memory: a sample where a run has more. */
const MOST_PREFERENCES = 20_000
const MOST_ANCHORS = 1_500
/** A preference with all that its two sides saw is some hundred kilobytes. */
const MOST_WHOLE_PREFERENCES = 2_000

const SEED = 2505

interface Pace {
  /** Lets others have their turn where it is time. @returns whether to stop */
  breathe(phase: TrainingPhase, share: number): Promise<boolean>
}

const STOPPED = failure('training-stopped', 'The training was stopped; no agent was saved.')

function paceOf({ now, report, signal }: TrainingPorts): Pace {
  let since = now()
  let last: TrainingPhase | undefined
  return {
    async breathe(phase, share) {
      if (phase !== last || now() - since >= SLICE_MS) {
        last = phase
        report(phase, share)
        await macrotask()
        since = now()
      }
      return signal.aborted
    },
  }
}

export interface RunToLearnFrom {
  readonly runs: Store
  readonly record: RunRecord
  readonly header: RunStarted
  /** With the agent that explored. */
  readonly world: World
}

/** DPO on the pairs of a run. */
export async function trainOnRun(
  ports: TrainingPorts,
  { runs, record, header, world }: RunToLearnFrom,
  name: string,
  training: Training,
): Promise<Result<TrainedAgent>> {
  const { policy } = world
  if (policy === undefined) return NOT_TRAINABLE
  if (world.made.data.fingerprint !== header.data.fingerprint) {
    const words = `The run was made with other data (${header.data.name}; loaded is ${world.made.data.name}).`
    return failure('training-other-data', `${words} Load its data to train on it.`)
  }
  if (policy.fingerprint !== header.agent.fingerprint) {
    const words = `The run was made with another version of its agent (${header.agent.name}),`
    return failure('training-other-agent', `${words} which cannot be the reference. Make a run with an agent of here.`)
  }
  const pace = paceOf(ports)
  const random = stream(SEED).child('train-agent', 'dpo')
  const read = await materialOf(policy, runs, record, training, random, pace)
  if (!read.ok) return read
  const { preferences, anchors, pairs } = read.value
  if (preferences.length === 0) {
    const words = 'The run has no pairs to learn from yet: no step had a better and a worse action.'
    return failure('training-no-pairs', `${words} Explore more tasks, then train again.`)
  }
  const { beta, learningRate, epochs, klWeight, sftWeight } = training
  const options = { ...DPO_DEFAULTS, beta, learningRate, epochs, klWeight, sftWeight }
  const facts = {
    method: `DPO on the pairs of a run by ${header.config.method}`,
    run: record.name.slice(0, 120),
    reference: header.agent.name.slice(0, 120),
    data: header.data.fingerprint,
    ...{ tasks: record.tasksFinished, policyCalls: record.cost.policyCalls, pairs },
    ...(preferences.length < pairs ? { pairsSampled: preferences.length } : {}),
    ...{ beta, learningRate, epochs, klWeight, sftWeight },
  }
  const descent = (): Generator<number, Float64Array, void> =>
    optimising(preferences, policy.parameters, random.child('descent'), options, anchors)
  return fitAndMeasure(ports, pace, world, header.config, { before: policy, descent, facts, name })
}

/** SFT on the first demonstrations that ship with the page, from weights of zero: every action equally likely. */
export async function trainOnDemonstrations(
  ports: TrainingPorts,
  world: World,
  name: string,
  { demonstrations, epochs }: { readonly demonstrations: number; readonly epochs: number },
): Promise<Result<TrainedAgent>> {
  const { policy } = world
  if (policy === undefined) return NOT_TRAINABLE
  const pace = paceOf(ports)
  const text = await ports.loader.demonstrations(world.data.environment)
  if (!text.ok) return text
  const known = new Set(world.tasks('train').map(({ id }) => id))
  const read = readDemonstrations(text.value, (id) => known.has(id), world.data.fingerprint)
  if (!read.ok) return read
  const used = read.value.slice(0, demonstrations)
  const decisions: Decision[] = []
  for (const [i, trajectory] of used.entries()) {
    const shown = decisionsOf(policy, trajectory)
    if (!shown.ok) return shown
    decisions.push(...shown.value)
    if (await pace.breathe('reading', i / used.length)) return STOPPED
  }
  const zero = new Float64Array(policy.parameters.length)
  const facts = {
    method: 'SFT on the expert demonstrations',
    data: world.data.fingerprint,
    ...{ demonstrations: used.length, decisions: decisions.length, epochs },
    expertReward: fourDecimals(mean(used.map(({ reward }) => reward))),
  }
  const descent = (): Generator<number, Float64Array, void> =>
    fineTuning(decisions, zero, stream(SEED).child('train-agent', 'sft'), { ...SFT_DEFAULTS, epochs })
  const config = { ...DEFAULT_CONFIG, environment: world.data.environment }
  return fitAndMeasure(ports, pace, world, config, { before: policy.withParameters(zero), descent, facts, name })
}

const NOT_TRAINABLE = failure(
  'training-no-policy',
  'Only runs of the embedded agent can train it: the agent of this run is a language model.',
)

interface Fit {
  readonly before: LinearActor
  descent(): Generator<number, Float64Array, void>
  readonly facts: TrainedWords
  readonly name: string
}

async function fitAndMeasure(
  ports: TrainingPorts,
  pace: Pace,
  world: World,
  config: RunConfig,
  { before, descent, facts, name }: Fit,
): Promise<Result<TrainedAgent>> {
  const first = await measure(before, world, config, 'before', pace)
  if (first === undefined) return STOPPED
  const slices = descent()
  let weights: Float64Array | undefined
  while (weights === undefined) {
    const { done, value } = slices.next()
    if (done) weights = value
    else if (await pace.breathe('fitting', value)) return STOPPED
  }
  if (weights.some((value) => !Number.isFinite(value))) {
    const words = 'The training ran away: its weights are no numbers any more.'
    return failure('training-diverged', `${words} Lower the learning rate or beta.`)
  }
  const after = before.withParameters(weights)
  if (after.fingerprint === before.fingerprint)
    return failure('training-unchanged', 'The training changed nothing: no pair has a weight. No agent was saved.')
  const second = await measure(after, world, config, 'after', pace)
  if (second === undefined) return STOPPED
  const trained = {
    ...facts,
    devTasks: first.score.tasks,
    devReward: fourDecimals(second.score.sampled.mean),
    devRewardBefore: fourDecimals(first.score.sampled.mean),
    devGreedyReward: fourDecimals(second.score.greedy.mean),
    devGreedyRewardBefore: fourDecimals(first.score.greedy.mean),
  }
  const saved = await saveAgent(ports, world.data.environment, { name, origin: 'here', weights: { weights, trained } })
  if (!saved.ok) return saved
  const gain = (of: 'sampled' | 'greedy') => interval95(second[of].map((value, i) => value - (first[of][i] ?? 0)))
  return success({
    agent: saved.value,
    ...{ before: first.score, after: second.score },
    gain: { sampled: gain('sampled'), greedy: gain('greedy') },
  })
}

interface Measured {
  readonly score: AgentScore
  /** Mean outcome of each task. */
  readonly sampled: readonly number[]
  readonly greedy: readonly number[]
}

/** On the dev tasks; undefined when it was stopped. */
async function measure(
  policy: LinearActor,
  { tasks, made }: World,
  { stepLimit }: RunConfig,
  phase: 'before' | 'after',
  pace: Pace,
): Promise<Measured | undefined> {
  const random = stream(SEED).child('train-agent', 'dev')
  const dev = tasks('dev')
  const sampled: number[] = []
  const greedy: number[] = []
  let successes = 0
  let greedySuccesses = 0
  const options = { stepLimit, maxReward: made.maxReward }
  for (const [i, task] of dev.entries()) {
    const drawn = await evaluate(policy, [task], random, { ...options, temperature: 1, episodesPerTask: EPISODES })
    const best = await evaluate(policy, [task], random, { ...options, temperature: 0, episodesPerTask: 1 })
    sampled.push(drawn.mean)
    greedy.push(best.mean)
    successes += drawn.successRate
    greedySuccesses += best.successRate
    if (await pace.breathe(phase, i / dev.length)) return undefined
  }
  const score = {
    tasks: dev.length,
    ...{ sampled: interval95(sampled), greedy: interval95(greedy) },
    sampledSuccess: successes / Math.max(1, dev.length),
    greedySuccess: greedySuccesses / Math.max(1, dev.length),
  }
  return { score, sampled, greedy }
}

interface RunMaterial {
  readonly preferences: readonly Preference[]
  readonly anchors: readonly Anchor[]
  /** That the run has; more than `preferences` where these are a sample. */
  readonly pairs: number
}

/** Replays a stored run task by task; what is kept of a task is small, and there is a most of it. */
async function materialOf(
  policy: LinearActor,
  runs: Store,
  record: RunRecord,
  { sftWeight, klWeight }: Training,
  random: RandomStream,
  pace: Pace,
): Promise<Result<RunMaterial>> {
  const small = createSample<Preference>(MOST_PREFERENCES, random.child('preferences'))
  const whole = createSample<Preference>(MOST_WHOLE_PREFERENCES, random.child('whole-preferences'))
  const anchors = createSample<Anchor>(MOST_ANCHORS, random.child('anchors'))
  let pairs = 0
  let events: RunEvent[] = []
  let open = FRAME
  const close = (): void => {
    const material = preferencesOf(policy, events)
    pairs += material.preferences.length
    const [light, heavy] = [material.preferences.map(lightened), material.preferences]
    small.add(open, sftWeight === 0 ? light.filter((preference) => preference !== undefined) : [])
    whole.add(open, sftWeight === 0 ? heavy.filter((_, i) => light[i] === undefined) : heavy)
    if (klWeight > 0) anchors.add(open, material.anchors)
    events = []
  }
  for await (const batch of runs.batches(record.id, record.events)) {
    if (!batch.ok) return batch
    const { task } = batch.value
    if (task === FRAME) continue
    if (task !== open) {
      close()
      open = task
      if (await pace.breathe('reading', task / Math.max(1, record.tasksFinished))) return STOPPED
    }
    const read = await eventsOf(runs, record.id, batch.value)
    if (!read.ok) return read
    for (const event of read.value) events.push(event)
  }
  close()
  const all = [...small.with(FRAME, []), ...whole.with(FRAME, [])]
  return success({ preferences: all, anchors: anchors.with(FRAME, []), pairs })
}

/**
 * Of a pair of two actions of one state only these two rows matter, since the state's other actions cancel: the same
 * margin at any weights. Undefined for any other preference.
 */
export function lightened(preference: Preference): Preference | undefined {
  const [chosen, otherChosen] = preference.chosen
  const [rejected, otherRejected] = preference.rejected
  if (chosen === undefined || rejected === undefined || otherChosen !== undefined || otherRejected !== undefined)
    return undefined
  if (chosen.rows !== rejected.rows) return undefined
  const width = chosen.rows.length / chosen.count
  const rows = new Float64Array(2 * width)
  for (const [to, { rows: from, chosen: row }] of [chosen, rejected].entries())
    rows.set(from.subarray(row * width, (row + 1) * width), to * width)
  const side = (row: number): readonly Decision[] => [{ rows, count: 2, chosen: row }]
  return { chosen: side(0), rejected: side(1), weight: preference.weight }
}
