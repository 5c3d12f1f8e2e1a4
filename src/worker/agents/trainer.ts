/** The one training that may be under way in the lab: what it learns from, and how it is stopped. */

import { failure, type Result } from '../../core/failure.ts'
import type { RunStarted } from '../../core/log/events.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { Store } from '../../store/store.ts'
import type { TrainedAgent, TrainingPhase, TrainingUpdate, TrainRequest } from '../protocol/agents.ts'
import { headerOf } from '../runs/log-text.ts'
import { cleanName } from '../runs/run-names.ts'
import type { World } from '../worlds/world.ts'
import type { AgentPorts } from './agent-library.ts'
import { NAMELESS } from './agent-names.ts'
import { trainOnDemonstrations, trainOnRun } from './train-agent.ts'

export interface TrainerPorts extends AgentPorts {
  /** Milliseconds from any origin. */
  now(): number
  emit(update: TrainingUpdate): void
  /** With the agent that the settings name; a run's header may bring its own. */
  worldOf(config: RunConfig, header?: RunStarted): Promise<Result<World>>
  /** Where a run is kept, with all that is recorded of it. */
  runs(runId: string): Promise<Result<Store>>
}

/** Between two reports of one phase; a new phase is told at once. */
const UPDATE_MS = 100

export class Trainer {
  readonly #ports: TrainerPorts
  #under: AbortController | undefined

  constructor(ports: TrainerPorts) {
    this.#ports = ports
  }

  async train(request: TrainRequest): Promise<Result<TrainedAgent>> {
    if (this.#under !== undefined)
      return failure('training-busy', 'Another training is under way. Wait for its end, or stop it first.')
    if (cleanName(request.name) === undefined) return NAMELESS
    const stop = new AbortController()
    this.#under = stop
    const { now, emit } = this.#ports
    let told = Number.NEGATIVE_INFINITY
    let last: TrainingPhase | undefined
    const ports = {
      ...this.#ports,
      signal: stop.signal,
      report: (phase: TrainingPhase, share: number): void => {
        if (phase === last && now() - told < UPDATE_MS) return
        last = phase
        told = now()
        emit({ type: 'training', phase, share })
      },
    }
    try {
      if ('runId' in request) return await this.#onRun(ports, request)
      const world = await this.#ports.worldOf(parseConfig({ environment: request.environment }).config)
      return world.ok ? await trainOnDemonstrations(ports, world.value, request.name, request.sft) : world
    } finally {
      this.#under = undefined
    }
  }

  /** Where none is under way, nothing happens. */
  stop(): void {
    this.#under?.abort()
  }

  async #onRun(
    ports: Parameters<typeof trainOnRun>[0],
    { runId, name, training }: Extract<TrainRequest, { runId: string }>,
  ): Promise<Result<TrainedAgent>> {
    const runs = await this.#ports.runs(runId)
    if (!runs.ok) return runs
    const record = await runs.value.run(runId)
    if (!record.ok) return record
    const header = await headerOf(runs.value, runId)
    if (!header.ok) return header
    const world = await this.#ports.worldOf(header.value.config, header.value)
    if (!world.ok) return world
    const run = { runs: runs.value, record: record.value, header: header.value, world: world.value }
    return trainOnRun(ports, run, name, training)
  }
}
