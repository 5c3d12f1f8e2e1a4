/**
 * What the lab does beyond the first second: whatever changes the library, other data, agents, language models,
 * comparisons, theory, and what the visitor does. Fetched with the first such call (docs/decisions/0007-first-load.md);
 * each of its rooms is fetched with the first call to that room.
 */

import { type Failure, type Result, success } from '../../../core/failure.ts'
import { fetched } from '../../../core/fetched.ts'
import type { RunStarted } from '../../../core/log/events.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../../core/settings/settings.ts'
import type { Store } from '../../../store/store.ts'
import type { Agents } from '../../agents/agent-calls.ts'
import type { Comparisons } from '../../comparisons/comparisons.ts'
import type { ReadRun } from '../../models/asked-and-said.ts'
import type { Models } from '../../models/models.ts'
import type { AgentCalls } from '../../protocol/agents.ts'
import type { CellPlace, ComparisonInfo, OpenedComparison } from '../../protocol/comparisons.ts'
import type { DataInfo } from '../../protocol/data.ts'
import type { Duel, DuelRequest } from '../../protocol/duel.ts'
import type { ExportedFile, ExportFormat } from '../../protocol/files.ts'
import type { LabUpdate } from '../../protocol/lab-api.ts'
import type { ModelCalls } from '../../protocol/models.ts'
import type { OpenedRun, RunInfo, StartedRun } from '../../protocol/runs.ts'
import type { TheoryReport, TheoryRequest } from '../../protocol/theory.ts'
import type { VisitCalls } from '../../protocol/visits.ts'
import {
  createRun,
  exportRun,
  importRun,
  makeRun,
  removeDrafts,
  removeRun,
  renameRun,
  writtenStoreOf,
} from '../../runs/library-calls.ts'
import type { RunSession } from '../../runs/run-session.ts'
import { broughtSource, readBrought } from '../../worlds/brought-source.ts'
import type { World } from '../../worlds/world.ts'
import { shippedSource, type WorldSource } from '../../worlds/world-source.ts'
import type { LabParts } from '../lab.ts'

/** What the calls on demand have of the lab. */
export interface LabPorts {
  readonly parts: LabParts
  readonly store: Store
  /** The data at hand, by environment. */
  readonly sources: Map<RunConfig['environment'], WorldSource>
  /** The open run. */
  session(): RunSession | undefined
  sourceOf(environment: RunConfig['environment']): WorldSource
  storeOf(runId: string): Promise<Store>
  /** The world with the agent that the settings name. @param header of a run, which may have the agent with it */
  worldOf(config: RunConfig, header?: RunStarted, source?: WorldSource): Promise<Result<World>>
  /** The open run's; undefined where it can only be read. */
  worldFor(session: RunSession): Promise<Result<World> | undefined>
  /** Opens and closes runs: for calls that other calls wait for. */
  open(runId: string): Promise<Result<OpenedRun>>
  close(): Promise<void>
  /** Work that other such work waits for. */
  exclusive<T>(work: () => Promise<T>): Promise<T>
  emit(update: LabUpdate): void
  /** Said once in a visit. */
  notice(problem: Failure): void
}

/** Of one room: each of its calls by name. The caller's types have checked what is given. */
type Calls<K extends PropertyKey> = Readonly<Record<K, (...given: never[]) => Promise<Result<unknown>>>>

export class OnDemandCalls {
  readonly #ports: LabPorts
  #agents: Agents | undefined
  #models: Promise<Result<Models>> | undefined
  #compared: Promise<Result<Comparisons>> | undefined
  /** The newest question to the theory; its answer is dropped when another one is asked. */
  #question = new AbortController()

  constructor(ports: LabPorts) {
    this.#ports = ports
  }

  /** `create`, `rename`, `remove` and acting are exclusive already: the lab queues them when they are called. */
  create(settings: Readonly<Record<string, unknown>>): Promise<Result<StartedRun>> {
    return createRun(this.#ports, settings)
  }

  rename(runId: string, name: string): Promise<Result<RunInfo>> {
    return renameRun(this.#ports, runId, name)
  }

  remove(runId: string): Promise<Result<true>> {
    return removeRun(this.#ports, runId)
  }

  removeDrafts(drafts: readonly string[]): Promise<Result<true>> {
    return removeDrafts(this.#ports, drafts)
  }

  export(runId: string, format: ExportFormat): Promise<Result<ExportedFile>> {
    return exportRun(this.#ports, runId, format)
  }

  importRun(file: File): Promise<Result<RunInfo>> {
    return importRun(this.#ports, file)
  }

  async loadData(files: readonly File[]): Promise<Result<DataInfo>> {
    const brought = await readBrought(files)
    return brought.ok ? this.#use(broughtSource(this.#ports.parts.loader, brought.value)) : brought
  }

  shippedData(environment: RunConfig['environment']): Promise<Result<DataInfo>> {
    return this.#use(shippedSource(this.#ports.parts.loader, environment))
  }

  /** @param session the open run */
  async visit(session: RunSession, call: keyof VisitCalls, given: readonly unknown[]): Promise<Result<unknown>> {
    const code = await fetched(() => import('../../runs/act.ts'))
    if (!code.ok) return code
    const worldOf = (config: RunConfig) => this.#ports.worldOf(config, session.header)
    const calls: Calls<keyof VisitCalls> = code.value.visits({ session, worldOf })
    return calls[call](...(given as never[]))
  }

  async comparisons(): Promise<Result<readonly ComparisonInfo[]>> {
    return this.#withComparisons(async (comparisons) => success(await comparisons.list()))
  }

  compare(settings: Readonly<Record<string, unknown>>): Promise<Result<OpenedComparison>> {
    return this.#withComparisons((comparisons) => comparisons.compare(settings))
  }

  openComparison(id: string): Promise<Result<OpenedComparison>> {
    return this.#withComparisons((comparisons) => comparisons.open(id))
  }

  startComparison(): Promise<Result<true>> {
    return this.#withComparisons((comparisons) => comparisons.start())
  }

  pauseComparison(): Promise<Result<true>> {
    return this.#withComparisons((comparisons) => comparisons.pause())
  }

  removeComparison(id: string): Promise<Result<true>> {
    return this.#withComparisons((comparisons) => comparisons.remove(id))
  }

  async openCell(place: CellPlace): Promise<Result<OpenedRun>> {
    const behind = await this.#withComparisons(async (comparisons) => comparisons.runBehind(place))
    if (!behind.ok) return behind
    const { id, name, config } = behind.value
    const ports = this.#ports
    ports.session()?.interrupt()
    return ports.exclusive(async () => {
      if ((await ports.store.run(id)).ok) return ports.open(id)
      const made = await makeRun(ports, config, { id, name })
      return made.ok ? ports.open(id) : made
    })
  }

  async theory(request: TheoryRequest): Promise<Result<TheoryReport>> {
    this.#question.abort()
    this.#question = new AbortController()
    const { signal } = this.#question
    const code = await fetched(() => import('../../comparisons/theory.ts'))
    if (!code.ok) return code
    return code.value.theoryOf(request, (config) => this.#ports.worldOf(config), signal)
  }

  async duel(request: DuelRequest): Promise<Result<Duel>> {
    const code = await fetched(() => import('../../comparisons/duel.ts'))
    if (!code.ok) return code
    const { parts, sourceOf, worldOf } = this.#ports
    const worldOn = (source: WorldSource, config: RunConfig) => worldOf(config, undefined, source)
    return code.value.duelOf(request, { loader: parts.loader, sourceOf, worldOn })
  }

  agent(call: keyof AgentCalls, given: readonly unknown[]): Promise<Result<unknown>> {
    return this.#withAgents((agents): Promise<Result<unknown>> => {
      const calls: Calls<keyof AgentCalls> = agents
      return calls[call](...(given as never[]))
    })
  }

  model(call: keyof ModelCalls, given: readonly unknown[]): Promise<Result<unknown>> {
    return this.#withModels((models): Promise<Result<unknown>> => {
      const calls: Calls<keyof ModelCalls> = models
      return calls[call].apply(models, given as never[])
    })
  }

  /** With an agent that does not ship with the page. @see LabPorts.worldOf */
  async worldOf(config: RunConfig, header: RunStarted | undefined, source: WorldSource): Promise<Result<World>> {
    if (config.policy === 'webllm' || config.policy === 'openai')
      return this.#withModels((models) => models.world(source, config))
    return this.#withAgents(async (agents) => {
      const kept = await agents.own(config, header)
      const open = header === undefined ? this.#ports.session()?.header : undefined
      // Whoever opened a run of an agent that came with it may use that agent, too.
      const own = kept.ok || open === undefined ? kept : await agents.own(config, open)
      return own.ok ? source.world(config, own.value) : own
    })
  }

  /** @see Lab.warm */
  async warm(): Promise<Result<true>> {
    const code = [
      ...[
        import('../../../core/exploration/explore-run.ts'),
        import('../../runs/export-run.ts'),
        import('../../machine/export-sink.ts'),
      ],
      ...[import('../../../formats/event-schema.ts'), import('../../../store/stored-schema.ts')],
    ]
    await Promise.allSettled([this.#ports.sourceOf('webshop').world(DEFAULT_CONFIG), ...code])
    return success(true)
  }

  async close(): Promise<Result<true>> {
    const compared = await this.#compared
    if (compared?.ok) await compared.value.close()
    const models = await this.#models
    if (models?.ok) models.value.close()
    return success(true)
  }

  async #use(source: WorldSource): Promise<Result<DataInfo>> {
    const data = await source.data()
    if (!data.ok) return data
    const { session, sources, exclusive, worldFor, emit } = this.#ports
    session()?.interrupt()
    return exclusive(async () => {
      const open = session()
      await open?.pause()
      sources.set(source.environment, source)
      if (open?.header.config.environment === source.environment) open.setWorld(await worldFor(open))
      emit({ type: 'data', data: data.value })
      if (open !== undefined) emit({ type: 'progress', progress: open.progress, newTasks: [] })
      return data
    })
  }

  async #withAgents<T>(work: (agents: Agents) => Promise<Result<T>>): Promise<Result<T>> {
    const code = await fetched(() => import('../../agents/agent-calls.ts'))
    if (!code.ok) return code
    const { parts, store, emit, notice, worldOf } = this.#ports
    const { loader, date, now } = parts
    this.#agents ??= code.value.createAgentCalls({
      ...{ loader, date, now, store, emit, notice, worldOf },
      runs: (runId) => writtenStoreOf(this.#ports, runId),
      cell: (place) => this.#withComparisons(async (comparisons) => comparisons.agentOf(place)),
    })
    return work(this.#agents)
  }

  async #withModels<T>(work: (models: Models) => Promise<Result<T>>): Promise<Result<T>> {
    this.#models ??= this.#makeModels()
    const models = await this.#models
    return models.ok ? work(models.value) : models
  }

  async #makeModels(): Promise<Result<Models>> {
    const code = await fetched(() =>
      Promise.all([import('../../models/models.ts'), import('../../models/models-here.ts')]),
    )
    if (!code.ok) {
      this.#models = undefined // the connection may be back when it is next asked for
      return code
    }
    const [{ Models }, { modelsHere }] = code.value
    const { parts, emit, exclusive, session } = this.#ports
    const { loader, models: machine = modelsHere() } = parts
    return success(
      new Models({
        ...{ ...machine, loader },
        emit: (state) => emit({ type: 'model', state }),
        changed: () => void exclusive(() => this.#renewWorld()),
        run: () => {
          const open = session()
          return open && this.#readRun(open)
        },
      }),
    )
  }

  #readRun(session: RunSession): ReadRun {
    const { config } = session.header
    return {
      header: session.header,
      tasksFinished: session.progress.info.tasksFinished,
      taskEvents: (task) => session.taskEvents(task),
      environment: () => this.#ports.sourceOf(config.environment).loadedEnvironment(config),
    }
  }

  /** A language model came or went: the run that waits for it can go on, or cannot. */
  async #renewWorld(): Promise<void> {
    const open = this.#ports.session()
    const policy = open?.header.config.policy
    if (open === undefined || (policy !== 'webllm' && policy !== 'openai')) return
    await open.pause()
    open.setWorld(await this.#ports.worldFor(open))
    this.#ports.emit({ type: 'progress', progress: open.progress, newTasks: [] })
  }

  /** Calls about comparisons wait for one another, and for no run. */
  async #withComparisons<T>(work: (comparisons: Comparisons) => Promise<Result<T>>): Promise<Result<T>> {
    this.#compared ??= this.#makeComparisons()
    const comparisons = await this.#compared
    if (comparisons.ok) return work(comparisons.value)
    this.#compared = undefined // the connection may be back when it is next asked for
    return comparisons
  }

  async #makeComparisons(): Promise<Result<Comparisons>> {
    const { parts, store, sources, emit, notice } = this.#ports
    const [code, kept] = await Promise.all([
      fetched(() => import('../../comparisons/comparisons.ts')),
      store.comparisons(),
    ])
    if (!code.ok) return code
    if (!kept.ok) return kept
    const { loader, locks, now, date, pool } = parts
    const origin = async (environment: RunConfig['environment']) => {
      const data = await sources.get(environment)?.data()
      return data?.ok ? data.value.origin : ('shipped' as const)
    }
    const own = { loader, locks, now, date, ...(pool && { pool }), store, comparisons: kept.value }
    return success(new code.value.Comparisons({ ...own, emit, notice, origin }))
  }
}
