/** The one training that may be under way in the lab: what it learns from, and how it is stopped, paused and gone on with. */

import { failure, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { RunStarted } from '../../core/log/events.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { Store } from '../../store/store.ts'
import type { Locks } from '../machine/locks.ts'
import type { Learning, TrainedAgent, TrainingPhase, TrainingUpdate, TrainRequest } from '../protocol/agents.ts'
import { headerOf } from '../runs/log-text.ts'
import { cleanName } from '../runs/run-names.ts'
import type { World } from '../worlds/world.ts'
import type { AgentPorts } from './agent-library.ts'
import { NAMELESS } from './agent-names.ts'
import type { LanguageRequest } from './language/train-language.ts'
import type { RunToLearnFrom } from './run-to-learn-from.ts'
import { trainOnDemonstrations, trainOnRun } from './train-agent.ts'
import type { PacePorts } from './training-pace.ts'

export interface TrainerPorts extends AgentPorts {
  readonly locks: Locks
  /** Milliseconds from any origin. */
  now(): number
  emit(update: TrainingUpdate): void
  /** @see Updates.busy */
  busy(): boolean
  /** With the agent that the settings name; a run's header may bring its own. */
  worldOf(config: RunConfig, header?: RunStarted): Promise<Result<World>>
  /** Where a run is kept, with all that is recorded of it. */
  runs(runId: string): Promise<Result<Store>>
}

/** Between two reports of one phase; a new phase is told at once. */
const UPDATE_MS = 100
/** Of a phase that has to be over before its end is foretold. */
const FORETOLD = 0.02

type Ports = TrainerPorts &
  Pick<PacePorts, 'signal'> & { report(phase: TrainingPhase, share: number, learning?: Learning): void }

export class Trainer {
  readonly #ports: TrainerPorts
  #under: { readonly stop: AbortController; paused: boolean } | undefined

  constructor(ports: TrainerPorts) {
    this.#ports = ports
  }

  train(request: TrainRequest): Promise<Result<TrainedAgent>> {
    return this.#alone(async (ports) => {
      if (cleanName(request.name) === undefined) return NAMELESS
      if ('language' in request) return this.#language(ports, request)
      if (!('runId' in request)) {
        const world = await this.#ports.worldOf(parseConfig({ environment: request.environment }).config)
        return world.ok ? trainOnDemonstrations(ports, world.value, request.name, request.sft) : world
      }
      const run = await this.#runOf(request.runId)
      if (!run.ok) return run
      return run.value.header.config.policy === 'transformer'
        ? this.#language(ports, request)
        : trainOnRun(ports, run.value, request.name, request.training)
    })
  }

  /** Goes on with the training that is stored. */
  resume(): Promise<Result<TrainedAgent>> {
    return this.#alone((ports) => this.#language(ports))
  }

  /** Where none is under way, nothing happens. */
  stop(): void {
    this.#under?.stop.abort()
  }

  pause(): void {
    if (this.#under !== undefined) this.#under.paused = true
  }

  async #alone(work: (ports: Ports) => Promise<Result<TrainedAgent>>): Promise<Result<TrainedAgent>> {
    if (this.#under !== undefined)
      return failure('training-busy', 'Another training is under way. Wait for its end, or stop it first.')
    const stop = new AbortController()
    this.#under = { stop, paused: false }
    try {
      return await work({ ...this.#ports, signal: stop.signal, report: this.#reporter() })
    } finally {
      this.#under = undefined
    }
  }

  #reporter(): Ports['report'] {
    const { now, emit, busy } = this.#ports
    let told = Number.NEGATIVE_INFINITY
    let last: TrainingPhase | undefined
    let since = { atMs: 0, share: 0 }
    return (phase, share, learning) => {
      const atMs = now()
      if (phase === last && (atMs - told < UPDATE_MS || busy())) return
      if (phase !== last) since = { atMs, share }
      last = phase
      told = atMs
      const done = share - since.share
      const secondsLeft = done > FORETOLD ? (((atMs - since.atMs) / 1000) * (1 - share)) / done : undefined
      emit({
        type: 'training',
        phase,
        share,
        ...(secondsLeft !== undefined && { secondsLeft }),
        ...(learning && { learning }),
      })
    }
  }

  async #runOf(runId: string): Promise<Result<RunToLearnFrom>> {
    const runs = await this.#ports.runs(runId)
    if (!runs.ok) return runs
    const record = await runs.value.run(runId)
    if (!record.ok) return record
    const header = await headerOf(runs.value, runId)
    if (!header.ok) return header
    const world = await this.#ports.worldOf(header.value.config, header.value)
    if (!world.ok) return world
    return success({ runs: runs.value, record: record.value, header: header.value, world: world.value })
  }

  /** @param request what to begin; left out, to go on with what is stored */
  async #language(ports: Ports, request?: LanguageRequest): Promise<Result<TrainedAgent>> {
    const code = await fetched(() => import('./language/language-trainer.ts'))
    if (!code.ok) return code
    const paused = (): boolean => this.#under?.paused === true
    return code.value.teach({ ...ports, paused, runOf: (runId) => this.#runOf(runId) }, request)
  }
}
