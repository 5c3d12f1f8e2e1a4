/**
 * Stages 1 and 3 of RRO live: a new agent from expert demonstrations (SFT), or from the pairs of a stored run (DPO, with the
 * run's own agent as the frozen reference). Measured on the dev tasks before and after, with the same random streams, so
 * that the difference task by task says what the training did. Works in slices: calls from the page come in between.
 */
import type { Training } from '../../core/comparison/comparison.ts'
import { failure, type Result } from '../../core/failure.ts'
import { DEFAULT_CONFIG } from '../../core/settings/settings.ts'
import { mean } from '../../core/statistics.ts'
import type { Decision } from '../../policies/linear/decision.ts'
import { DPO_DEFAULTS, optimising } from '../../training/dpo/dpo.ts'
import { decisionsOf, readDemonstrations } from '../../training/expert.ts'
import { fineTuning, SFT_DEFAULTS } from '../../training/sft.ts'
import { fourDecimals } from '../../training/warm-start.ts'
import type { TrainedAgent } from '../protocol/agents.ts'
import type { World } from '../worlds/world.ts'
import type { AgentPorts } from './agent-library.ts'
import { fitAndMeasure } from './fit-agent.ts'
import { materialOf } from './run-material.ts'
import { NO_PAIRS, type RunToLearnFrom, SHIPPED_DATA_ONLY, sameMaking } from './run-to-learn-from.ts'
import { trainingDraws } from './training-draws.ts'
import { type PacePorts, paceOf, STOPPED } from './training-pace.ts'

export type TrainingPorts = AgentPorts & PacePorts

/** DPO, IPO or KTO on the pairs of a run. */
export async function trainOnRun(
  ports: TrainingPorts,
  run: RunToLearnFrom,
  name: string,
  training: Training,
): Promise<Result<TrainedAgent>> {
  const { record, header, world } = run
  const { policy } = world
  if (policy === undefined) return NOT_TRAINABLE
  const same = sameMaking(run, policy.fingerprint)
  if (!same.ok) return same
  const pace = paceOf(ports)
  const random = trainingDraws('dpo')
  const read = await materialOf(policy, run, training, random, pace)
  if (!read.ok) return read
  const { preferences, anchors, pairs } = read.value
  if (preferences.length === 0) return NO_PAIRS
  const { loss = 'dpo', beta, learningRate, epochs, klWeight, sftWeight } = training
  const options = { ...DPO_DEFAULTS, loss, beta, learningRate, epochs, klWeight, sftWeight }
  const facts = {
    method: `${loss.toUpperCase()} on the pairs of a run by ${header.config.method}`,
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
  if (!read.ok) return world.data.origin === 'shipped' ? read : SHIPPED_DATA_ONLY
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
    fineTuning(decisions, zero, trainingDraws('sft'), { ...SFT_DEFAULTS, epochs })
  const config = { ...DEFAULT_CONFIG, environment: world.data.environment }
  return fitAndMeasure(ports, pace, world, config, { before: policy.withParameters(zero), descent, facts, name })
}

const NOT_TRAINABLE = failure(
  'training-no-policy',
  'Only the embedded agent and small language models can be trained here: the agent of this run is neither.',
)
