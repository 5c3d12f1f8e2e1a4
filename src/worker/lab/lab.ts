/**
 * The lab: owns the data, the store, and the one run that is open. Everything the page can ask for, without the worker
 * around it, so that Node can test it. What the first second shows is done here, the rest in the onDemand, which is fetched
 * with the first call to it. Calls that change what is open or running wait for one another.
 */

import { type Failure, failure, quote, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { RunEvent, RunStarted, Stride } from '../../core/log/events.ts'
import type { RunConfig } from '../../core/settings/run-config.ts'
import { createMemoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'
import type { StudyPool } from '../comparisons/study-pool.ts'
import { type DataLoader, shippedPolicy } from '../machine/data-loader.ts'
import type { Sink } from '../machine/export-sink.ts'
import type { Locks } from '../machine/locks.ts'
import type { MachinePorts } from '../models/models.ts'
import type { AgentCalls } from '../protocol/agents.ts'
import type { CellPlace, ComparisonInfo, OpenedComparison } from '../protocol/comparisons.ts'
import type { DataInfo, WorldSight } from '../protocol/data.ts'
import type { Duel, DuelRequest } from '../protocol/duel.ts'
import type { ExportedFile, ExportFormat } from '../protocol/files.ts'
import type { LabApi, LabUpdate } from '../protocol/lab-api.ts'
import type { ModelCalls } from '../protocol/models.ts'
import type { OpenedRun, RunInfo, RunProgress, RunUpdate, StartedRun } from '../protocol/runs.ts'
import type { TheoryReport, TheoryRequest } from '../protocol/theory.ts'
import type { VisitCalls } from '../protocol/visits.ts'
import { headerOf } from '../runs/log-text.ts'
import { infoOf } from '../runs/records.ts'
import { RunSession } from '../runs/run-session.ts'
import { isShipped, SHIPPED_WORDS, shippedRuns } from '../runs/shipped-runs.ts'
import type { World } from '../worlds/world.ts'
import { shippedSource, type WorldSource } from '../worlds/world-source.ts'
import type { OnDemandCalls } from './on-demand/on-demand-calls.ts'

export interface LabParts {
  readonly loader: DataLoader
  openStore(): Promise<Result<Store>>
  readonly locks: Locks
  openSink(name: string): Promise<Sink>
  /** Who computes comparisons; undefined for whoever can here. */
  readonly pool?: StudyPool
  /** What language models need of the machine; undefined for what is here. */
  readonly models?: MachinePorts
  /** Milliseconds from any origin, never going back. */
  now(): number
  /** Milliseconds since 1970. */
  date(): number
}

export class Lab implements LabApi {
  readonly #parts: LabParts
  readonly #store: Promise<Store>
  #shippedRun: Promise<Store> | undefined
  /** The data at hand, by environment. */
  readonly #sources = new Map<RunConfig['environment'], WorldSource>()
  #session: RunSession | undefined
  #onDemand: Promise<Result<OnDemandCalls>> | undefined
  #listener: ((update: LabUpdate) => void) | undefined
  #unheard: LabUpdate[] = []
  readonly #noticed = new Set<string>()
  #queue: Promise<unknown> = Promise.resolve()

  constructor(parts: LabParts) {
    this.#parts = parts
    this.#store = this.#openStore()
  }

  async subscribe(listener: (update: LabUpdate) => void): Promise<void> {
    this.#listener = listener
    const unheard = this.#unheard
    this.#unheard = []
    for (const update of unheard) this.#emit(update)
  }

  data(environment: RunConfig['environment']): Promise<Result<DataInfo>> {
    return this.#sourceOf(environment).data()
  }

  loadData(files: readonly File[]): Promise<Result<DataInfo>> {
    return this.#ask('loadData', files)
  }

  shippedData(environment: RunConfig['environment']): Promise<Result<DataInfo>> {
    return this.#ask('shippedData', environment)
  }

  async runs(): Promise<readonly RunInfo[]> {
    const store = await this.#store
    const stored = await store.runs()
    if (!stored.ok) this.#notice(stored.failure)
    else for (const problem of stored.value.unreadable) this.#noticeOnce(problem)
    const shipped = await (await this.#shipped()).runs()
    const open = this.#session?.progress.info
    const listed = (stored.ok ? stored.value.records : []).map((record) =>
      open?.id === record.id ? { ...open, name: record.name } : infoOf(record),
    )
    return shipped.ok ? [...listed, ...shipped.value.records.map(infoOf)] : listed
  }

  open(runId: string): Promise<Result<OpenedRun>> {
    this.#session?.interrupt()
    return this.#exclusive(() => this.#open(runId))
  }

  create(settings: Readonly<Record<string, unknown>>): Promise<Result<StartedRun>> {
    this.#session?.interrupt()
    return this.#exclusive(() => this.#ask('create', settings))
  }

  rename(runId: string, name: string): Promise<Result<RunInfo>> {
    return this.#exclusive(() => this.#ask('rename', runId, name))
  }

  remove(runId: string): Promise<Result<true>> {
    if (this.#session?.id === runId) this.#session.interrupt()
    return this.#exclusive(() => this.#ask('remove', runId))
  }

  start(): Promise<Result<true>> {
    return this.#exclusive(async () => (this.#session === undefined ? NOTHING_OPEN : this.#session.start()))
  }

  pause(): Promise<Result<true>> {
    this.#session?.interrupt()
    return this.#exclusive(async () => (this.#session === undefined ? NOTHING_OPEN : this.#session.pause()))
  }

  advance(stride: Stride): Promise<Result<RunProgress>> {
    return this.#exclusive(async () => (this.#session === undefined ? NOTHING_OPEN : this.#session.advance(stride)))
  }

  visit<C extends keyof VisitCalls>(call: C, ...given: Parameters<VisitCalls[C]>): ReturnType<VisitCalls[C]> {
    const visit = async (): Promise<Result<unknown>> =>
      this.#session === undefined ? NOTHING_OPEN : this.#ask('visit', this.#session, call, given)
    return (call === 'act' ? this.#exclusive(visit) : visit()) as ReturnType<VisitCalls[C]> // the call's own
  }

  async taskEvents(task: number): Promise<readonly RunEvent[]> {
    const events = await this.#session?.taskEvents(task)
    if (events === undefined) return []
    if (events.ok) return events.value
    this.#notice(events.failure)
    return []
  }

  async world(task: number, actions: readonly string[]): Promise<Result<WorldSight>> {
    const session = this.#session
    if (session === undefined) return NOTHING_OPEN
    const { config } = session.header
    const environment = await this.#sourceOf(config.environment).loadedEnvironment(config)
    if (!environment.ok) return environment
    const words = session.taskWords(environment.value, task)
    if (words !== undefined) return environment.value.see(words.id, actions)
    if (task >= 0 && task < config.tasks) {
      const sentence = `This run was made with other data (${session.header.data.name}).`
      return failure('world-other-data', `${sentence} Load that data to see its pages.`)
    }
    return failure('task-unknown', `The run has no task ${quote(task + 1)}.`)
  }

  export(runId: string, format: ExportFormat): Promise<Result<ExportedFile>> {
    return this.#ask('export', runId, format)
  }

  importRun(file: File): Promise<Result<RunInfo>> {
    return this.#ask('importRun', file)
  }

  async comparisons(): Promise<readonly ComparisonInfo[]> {
    const comparisons = await this.#ask('comparisons')
    if (comparisons.ok) return comparisons.value
    this.#notice(comparisons.failure)
    return []
  }

  compare(settings: Readonly<Record<string, unknown>>): Promise<Result<OpenedComparison>> {
    return this.#ask('compare', settings)
  }

  openComparison(id: string): Promise<Result<OpenedComparison>> {
    return this.#ask('openComparison', id)
  }

  startComparison(): Promise<Result<true>> {
    return this.#ask('startComparison')
  }

  pauseComparison(): Promise<Result<true>> {
    return this.#ask('pauseComparison')
  }

  removeComparison(id: string): Promise<Result<true>> {
    return this.#ask('removeComparison', id)
  }

  openCell(place: CellPlace): Promise<Result<OpenedRun>> {
    return this.#ask('openCell', place)
  }

  theory(request: TheoryRequest): Promise<Result<TheoryReport>> {
    return this.#ask('theory', request)
  }

  duel(request: DuelRequest): Promise<Result<Duel>> {
    return this.#ask('duel', request)
  }

  agent<C extends keyof AgentCalls>(call: C, ...given: Parameters<AgentCalls[C]>): ReturnType<AgentCalls[C]> {
    return this.#ask('agent', call, given) as ReturnType<AgentCalls[C]> // the call's own
  }

  model<C extends keyof ModelCalls>(call: C, ...given: Parameters<ModelCalls[C]>): ReturnType<ModelCalls[C]> {
    return this.#ask('model', call, given) as ReturnType<ModelCalls[C]> // the call's own
  }

  /** Fetches ahead what exploring WebShop and exporting will need, so that the page outlives its network. */
  async warm(): Promise<void> {
    await this.#ask('warm')
  }

  /** Pauses, saves and lets go of everything. */
  async close(): Promise<void> {
    await this.#exclusive(() => this.#close())
    if (this.#onDemand !== undefined) await this.#ask('close')
    ;(await this.#store).close()
  }

  async #ask<C extends keyof OnDemandCalls>(
    call: C,
    ...given: Parameters<OnDemandCalls[C]>
  ): Promise<Awaited<ReturnType<OnDemandCalls[C]>>> {
    this.#onDemand ??= this.#openOnDemand()
    const onDemand = await this.#onDemand
    if (!onDemand.ok) {
      this.#onDemand = undefined // the connection may be back when it is next asked for
      return onDemand as Awaited<ReturnType<OnDemandCalls[C]>> // every call may fail
    }
    const calls: Record<keyof OnDemandCalls, (...given: never[]) => Promise<unknown>> = onDemand.value
    const answered = calls[call].apply(onDemand.value, given as never[]) // checked by their types, above
    return answered as Promise<Awaited<ReturnType<OnDemandCalls[C]>>> // the call's own
  }

  async #openOnDemand(): Promise<Result<OnDemandCalls>> {
    const [code, store] = await Promise.all([fetched(() => import('./on-demand/on-demand-calls.ts')), this.#store])
    if (!code.ok) return code
    const onDemand = new code.value.OnDemandCalls({
      ...{ parts: this.#parts, sources: this.#sources, store },
      session: () => this.#session,
      sourceOf: (environment) => this.#sourceOf(environment),
      storeOf: (runId) => this.#storeOf(runId),
      worldOf: (config, header, source) => this.#worldOf(config, header, source),
      worldFor: ({ id, header, progress }) => this.#worldFor(id, progress.info.finished, header.config, header),
      open: (runId) => this.#open(runId),
      close: () => this.#close(),
      exclusive: (work) => this.#exclusive(work),
      emit: (update) => this.#emit(update),
      notice: (problem) => this.#noticeOnce(problem),
    })
    return success(onDemand)
  }

  /** The world with the agent that the settings name. @param header of a run, which may have the agent with it */
  #worldOf(
    config: RunConfig,
    header?: RunStarted,
    source: WorldSource = this.#sourceOf(config.environment),
  ): Promise<Result<World>> {
    const embedded = config.policy === 'linear' || config.policy === 'human'
    return embedded && shippedPolicy(config.model) !== undefined
      ? source.world(config)
      : this.#ask('worldOf', config, header, source)
  }

  async #open(runId: string): Promise<Result<OpenedRun>> {
    const store = await this.#storeOf(runId)
    const known = await store.run(runId)
    if (!known.ok) return known
    await this.#close()
    const ports = {
      ...{ store, locks: this.#parts.locks, now: this.#parts.now },
      emit: (update: RunUpdate) => this.#emit(update),
    }
    const readOnly = isShipped(runId) ? SHIPPED_WORDS : undefined
    const { finished, config } = known.value
    // Only an agent that does not ship with the page stands in the header.
    const header = shippedPolicy(config.model) === undefined ? await headerOf(store, runId) : undefined
    const world = await this.#worldFor(runId, finished, config, header?.ok ? header.value : undefined)
    const session = await RunSession.open(ports, runId, world, readOnly)
    if (!session.ok) return session
    this.#session = session.value
    return success({ progress: session.value.progress, tasks: [...session.value.tasks] })
  }

  async #close(): Promise<void> {
    const session = this.#session
    this.#session = undefined
    await session?.close()
  }

  #sourceOf(environment: RunConfig['environment']): WorldSource {
    const known = this.#sources.get(environment)
    if (known !== undefined) return known
    const shipped = shippedSource(this.#parts.loader, environment)
    this.#sources.set(environment, shipped)
    return shipped
  }

  /** Undefined for a run that can only be read: it stands there without waiting for data and agent. */
  async #worldFor(
    runId: string,
    finished: boolean,
    config: RunConfig,
    header: RunStarted | undefined,
  ): Promise<Result<World> | undefined> {
    return finished || isShipped(runId) ? undefined : this.#worldOf(config, header)
  }

  async #openStore(): Promise<Store> {
    const opened = await this.#parts.openStore()
    if (!opened.ok) {
      this.#notice(opened.failure)
      return createMemoryStore()
    }
    void this.#removeDrafts(opened.value)
    return opened.value
  }

  async #removeDrafts(store: Store): Promise<void> {
    const drafts = await store.drafts()
    if (drafts.ok && drafts.value.length > 0) await this.#ask('removeDrafts', drafts.value)
  }

  #shipped(): Promise<Store> {
    this.#shippedRun ??= shippedRuns(this.#parts.loader, (problem) => this.#notice(problem))
    return this.#shippedRun
  }

  #storeOf(runId: string): Promise<Store> {
    return isShipped(runId) ? this.#shipped() : this.#store
  }

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work)
    this.#queue = done.catch(() => {})
    return done
  }

  #notice(problem: Failure): void {
    this.#emit({ type: 'notice', failure: problem })
  }

  #noticeOnce(problem: Failure): void {
    if (this.#noticed.has(problem.message)) return
    this.#noticed.add(problem.message)
    this.#notice(problem)
  }

  #emit(update: LabUpdate): void {
    if (this.#listener === undefined) this.#unheard.push(update)
    else this.#listener(update)
  }
}

const NOTHING_OPEN = failure('nothing-open', 'No run is open. Open one from the library, or start a new one.')
