/**
 * The lab: owns the data, the policy, the store, and the one run that is open. Everything the page can ask for, without
 * the worker around it, so that Node can test it. Calls that change what is open or running wait for one another.
 */
import type { RunEvent, RunStarted, Stride } from '../core/events.ts'
import { type Failure, failure, messageOf, quote, type Result, success } from '../core/failure.ts'
import { fetched } from '../core/fetched.ts'
import { drawTasks, runHeader } from '../core/run-plan.ts'
import { DEFAULT_CONFIG, ENVIRONMENT_NAMES, parseConfig, type RunConfig } from '../core/settings.ts'
import { batchesOf } from '../store/batch.ts'
import { createMemoryStore } from '../store/memory-store.ts'
import type { Store } from '../store/store.ts'
import type { AgentCalls } from './agent-calls.ts'
import type { ReadRun } from './asked-and-said.ts'
import type { Comparisons } from './comparisons.ts'
import { type DataLoader, shippedPolicy } from './data-loader.ts'
import type { Sink } from './export-sink.ts'
import type { Locks } from './locks.ts'
import { headerOf, ownEvents } from './log-text.ts'
import type { ModelApi } from './model-protocol.ts'
import type { MachinePorts, Models } from './models.ts'
import type {
  AgentApi,
  CellPlace,
  ComparisonInfo,
  DataInfo,
  Duel,
  DuelRequest,
  ExportedFile,
  ExportFormat,
  LabApi,
  LabUpdate,
  OpenedComparison,
  OpenedRun,
  RunInfo,
  RunProgress,
  StartedRun,
  TheoryReport,
  TheoryRequest,
  VisitApi,
  WorldSight,
} from './protocol.ts'
import { cleanName, emptyRecord, firstName, infoOf, newRunId } from './records.ts'
import { RunSession } from './run-session.ts'
import { type BroughtFile, broughtStage, type Stage, shippedStage } from './stage.ts'
import { storeEvents } from './store-events.ts'
import type { StudyPool } from './study-pool.ts'
import type { World } from './world.ts'

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

const SHIPPED = 'shipped/'
const SHIPPED_WORDS =
  'This is the recorded run that ships with the page; it can only be read. Start a new run to explore.'
/** Characters of one data file; engines hold no longer strings. */
const MOST_FILE = 500_000_000

export class Lab implements LabApi {
  readonly #parts: LabParts
  readonly #store: Promise<Store>
  #shippedRun: Promise<Store> | undefined
  /** The data at hand, by environment. */
  readonly #stages = new Map<RunConfig['environment'], Stage>()
  #session: RunSession | undefined
  #agents: AgentCalls | undefined
  #models: Promise<Result<Models>> | undefined
  #compared: Promise<Result<Comparisons>> | undefined
  /** The newest question to the theory; its answer is dropped when another one is asked. */
  #question = new AbortController()
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
    return this.#stageOf(environment).data()
  }

  async loadData(files: readonly File[]): Promise<Result<DataInfo>> {
    const brought: BroughtFile[] = []
    for (const file of files) {
      if (file.size > MOST_FILE) {
        const words = `${file.name} is too large for a page (${Math.round(file.size / 1e6)} MB).`
        return failure('data-too-large', `${words} Use smaller files of the same format.`)
      }
      try {
        brought.push({ name: file.name, content: await contentOf(file) })
      } catch (thrown) {
        return failure('data-unreadable', `${file.name} could not be read: ${messageOf(thrown)}. Choose it once more.`)
      }
    }
    return this.#use(broughtStage(this.#parts.loader, brought))
  }

  shippedData(environment: RunConfig['environment']): Promise<Result<DataInfo>> {
    return this.#use(shippedStage(this.#parts.loader, environment))
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
    return this.#exclusive(async () => {
      const { config, corrections } = parseConfig(settings)
      const made = await this.#make(config, { id: newRunId(), name: firstName(config) })
      if (!made.ok) return made
      const opened = await this.#open(made.value)
      return opened.ok ? success({ progress: opened.value.progress, corrections }) : opened
    })
  }

  rename(runId: string, name: string): Promise<Result<RunInfo>> {
    return this.#exclusive(async () => {
      const clean = cleanName(name)
      if (clean === undefined) return failure('name-empty', 'A run needs a name; the old one was kept.')
      if (isShipped(runId)) return failure('run-read-only', SHIPPED_WORDS)
      const renamed = await (await this.#store).rename(runId, clean)
      if (!renamed.ok) return renamed
      const session = this.#session
      if (session?.id !== runId) return success(infoOf(renamed.value))
      session.rename(clean)
      return success(session.progress.info)
    })
  }

  remove(runId: string): Promise<Result<true>> {
    if (this.#session?.id === runId) this.#session.interrupt()
    return this.#exclusive(async () => {
      if (isShipped(runId)) return failure('run-read-only', SHIPPED_WORDS)
      if (this.#session?.id === runId && !this.#session.elsewhere) await this.#close()
      const release = await this.#parts.locks.acquire(runId)
      if (release === undefined) {
        const words = 'This run is being written in another tab, so it was not deleted.'
        return failure('run-elsewhere', `${words} Close it there first.`)
      }
      try {
        if (this.#session?.id === runId) await this.#close()
        return await (await this.#store).remove(runId)
      } finally {
        await release()
      }
    })
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

  visit<C extends keyof VisitApi>(call: C, ...given: Parameters<VisitApi[C]>): ReturnType<VisitApi[C]> {
    const visited = call === 'act' ? this.#exclusive(() => this.#visit(call, given)) : this.#visit(call, given)
    return visited as ReturnType<VisitApi[C]> // the call's own
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
    const scene = await this.#stageOf(config.environment).scene(config)
    if (!scene.ok) return scene
    const words = session.taskWords(scene.value, task)
    if (words !== undefined) return scene.value.see(words.id, actions)
    if (task >= 0 && task < config.tasks) {
      const sentence = `This run was made with other data (${session.header.data.name}).`
      return failure('world-other-data', `${sentence} Load that data to see its pages.`)
    }
    return failure('task-unknown', `The run has no task ${quote(task + 1)}.`)
  }

  async export(runId: string, format: ExportFormat): Promise<Result<ExportedFile>> {
    const written = await this.#writtenStoreOf(runId)
    if (!written.ok) return written
    const store = written.value
    const record = await store.run(runId)
    if (!record.ok) return record
    const code = await fetched(() => import('./export-run.ts'))
    if (!code.ok) return code
    return code.value.exportRun(store, record.value, format, (name) => this.#parts.openSink(name))
  }

  async importRun(file: File): Promise<Result<RunInfo>> {
    const code = await fetched(() => import('./import-run.ts'))
    if (!code.ok) return code
    const { checkRunFile, storeRunFile } = code.value
    const checked = await checkRunFile(file.stream())
    if (!checked.ok) return checked
    const store = await this.#store
    const id = newRunId()
    const name = cleanName(file.name.replace(/(\.run)?\.(jsonl|json|ndjson|txt)$/i, '')) ?? 'Imported run'
    const release = await this.#parts.locks.acquire(id)
    try {
      const words = { id, name, createdAtMs: this.#parts.date(), origin: 'imported' } as const
      const stored = await storeRunFile(store, file.stream(), words)
      return stored.ok ? success(infoOf(stored.value)) : stored
    } finally {
      await release?.()
    }
  }

  async comparisons(): Promise<readonly ComparisonInfo[]> {
    const comparisons = await this.#comparisons()
    if (comparisons.ok) return comparisons.value.list()
    this.#notice(comparisons.failure)
    return []
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
    this.#session?.interrupt()
    return this.#exclusive(async () => {
      if ((await (await this.#store).run(id)).ok) return this.#open(id)
      const made = await this.#make(config, { id, name })
      return made.ok ? this.#open(id) : made
    })
  }

  async theory(request: TheoryRequest): Promise<Result<TheoryReport>> {
    this.#question.abort()
    this.#question = new AbortController()
    const { signal } = this.#question
    const code = await fetched(() => import('./theory.ts'))
    if (!code.ok) return code
    return code.value.theoryOf(request, (config) => this.#worldOf(config), signal)
  }

  async duel(request: DuelRequest): Promise<Result<Duel>> {
    const code = await fetched(() => import('./duel.ts'))
    if (!code.ok) return code
    const { loader } = this.#parts
    return code.value.duelOf(request, {
      loader,
      stageOf: (environment) => this.#stageOf(environment),
      worldOn: (stage, config) => this.#worldOf(config, undefined, stage),
    })
  }

  agent<C extends keyof AgentApi>(call: C, ...given: Parameters<AgentApi[C]>): ReturnType<AgentApi[C]> {
    const called = this.#withAgents((calls): Promise<Result<unknown>> => {
      const api: Record<keyof AgentApi, (...given: never[]) => Promise<Result<unknown>>> = calls
      return api[call](...(given as never[])) // the caller's types have checked them
    })
    return called as ReturnType<AgentApi[C]> // the call's own
  }

  async #callModel(call: keyof ModelApi, given: readonly unknown[]): Promise<Result<unknown>> {
    const models = await this.#openModels()
    if (!models.ok) return models
    const api: Record<keyof ModelApi, (...given: never[]) => Promise<Result<unknown>>> = models.value
    return api[call].apply(models.value, given as never[]) // `model` has checked them by their types
  }

  model<C extends keyof ModelApi>(call: C, ...given: Parameters<ModelApi[C]>): ReturnType<ModelApi[C]> {
    return this.#callModel(call, given) as ReturnType<ModelApi[C]> // the call's own
  }

  /** Fetches ahead what exploring WebShop and exporting will need, so that the page outlives its network. */
  async warm(): Promise<void> {
    const code = [
      ...[import('../core/explore-run.ts'), import('./export-run.ts'), import('./export-sink.ts')],
      ...[import('../formats/event-schema.ts'), import('../store/stored-schema.ts')],
    ]
    await Promise.allSettled([this.#stageOf('webshop').world(DEFAULT_CONFIG), ...code])
  }

  /** Pauses, saves and lets go of everything. */
  async close(): Promise<void> {
    await this.#exclusive(() => this.#close())
    const compared = await this.#compared
    if (compared?.ok) await compared.value.close()
    const models = await this.#models
    if (models?.ok) models.value.close()
    ;(await this.#store).close()
  }

  async #visit(call: keyof VisitApi, given: readonly unknown[]): Promise<Result<unknown>> {
    const code = await fetched(() => import('./act.ts'))
    if (!code.ok) return code
    const session = this.#session
    if (session === undefined) return NOTHING_OPEN
    const worldOf = (config: RunConfig) => this.#worldOf(config, session.header)
    const api: Record<keyof VisitApi, (...given: never[]) => Promise<Result<unknown>>> = code.value.visits({
      session,
      worldOf,
    })
    return api[call](...(given as never[])) // the caller's types have checked them
  }

  async #withAgents<T>(work: (calls: AgentCalls) => Promise<Result<T>>): Promise<Result<T>> {
    const code = await fetched(() => import('./agent-calls.ts'))
    if (!code.ok) return code
    const { loader, date, now } = this.#parts
    this.#agents ??= code.value.createAgentCalls({
      ...{ loader, date, now, store: await this.#store },
      emit: (update) => this.#emit(update),
      notice: (problem) => this.#noticeOnce(problem),
      worldOf: (config, header) => this.#worldOf(config, header),
      runs: (runId) => this.#writtenStoreOf(runId),
      cell: (place) => this.#withComparisons(async (comparisons) => comparisons.agentOf(place)),
    })
    return work(this.#agents)
  }

  /** The world with the agent that the settings name. @param header of a run, which may have the agent with it */
  #worldOf(
    config: RunConfig,
    header?: RunStarted,
    stage: Stage = this.#stageOf(config.environment),
  ): Promise<Result<World>> {
    if (isLanguageModel(config)) return this.#withModels((models) => models.world(stage, config))
    if (shippedPolicy(config.model) !== undefined) return stage.world(config)
    return this.#withAgents(async (agents) => {
      const kept = await agents.own(config, header)
      const open = header === undefined ? this.#session?.header : undefined
      // Whoever opened a run of an agent that came with it may use that agent, too.
      const own = kept.ok || open === undefined ? kept : await agents.own(config, open)
      return own.ok ? stage.world(config, own.value) : own
    })
  }

  async #withModels<T>(work: (models: Models) => Promise<Result<T>>): Promise<Result<T>> {
    const models = await this.#openModels()
    return models.ok ? work(models.value) : models
  }

  #openModels(): Promise<Result<Models>> {
    this.#models ??= this.#makeModels()
    return this.#models
  }

  async #makeModels(): Promise<Result<Models>> {
    const code = await fetched(() => Promise.all([import('./models.ts'), import('./models-here.ts')]))
    if (!code.ok) {
      this.#models = undefined // the connection may be back when it is next asked for
      return code
    }
    const [{ Models }, { modelsHere }] = code.value
    const { loader, models: machine = modelsHere() } = this.#parts
    return success(
      new Models({
        ...{ ...machine, loader },
        emit: (state) => this.#emit({ type: 'model', state }),
        changed: () => void this.#exclusive(() => this.#renewWorld()),
        run: () => this.#session && this.#readRun(this.#session),
      }),
    )
  }

  #readRun(session: RunSession): ReadRun {
    return {
      header: session.header,
      tasksFinished: session.progress.info.tasksFinished,
      taskEvents: (task) => session.taskEvents(task),
      scene: () => this.#stageOf(session.header.config.environment).scene(session.header.config),
    }
  }

  /** A language model came or went: the run that waits for it can go on, or cannot. */
  async #renewWorld(): Promise<void> {
    const session = this.#session
    if (session === undefined || !isLanguageModel(session.header.config)) return
    await session.pause()
    const { id, header, progress } = session
    session.setWorld(await this.#worldFor(id, progress.info.finished, header.config, header))
    this.#emit({ type: 'progress', progress: session.progress, newTasks: [] })
  }

  /** The store of a run, with all that is recorded of it. */
  async #writtenStoreOf(runId: string): Promise<Result<Store>> {
    const written = this.#session?.id === runId ? await this.#session.flush(true) : success(true)
    return written.ok ? success(await this.#storeOf(runId)) : written
  }

  /** Calls about comparisons wait for one another, and for no run. */
  async #withComparisons<T>(work: (comparisons: Comparisons) => Promise<Result<T>>): Promise<Result<T>> {
    const comparisons = await this.#comparisons()
    return comparisons.ok ? work(comparisons.value) : comparisons
  }

  #comparisons(): Promise<Result<Comparisons>> {
    this.#compared ??= this.#makeComparisons()
    return this.#compared
  }

  async #makeComparisons(): Promise<Result<Comparisons>> {
    const code = await fetched(() => import('./comparisons.ts'))
    if (!code.ok) {
      this.#compared = undefined // the connection may be back when it is next asked for
      return code
    }
    const { loader, locks, now, date, pool } = this.#parts
    const store = await this.#store
    const kept = await store.comparisons()
    if (!kept.ok) {
      this.#compared = undefined
      return kept
    }
    const parts = {
      ...{ loader, locks, now, date, ...(pool && { pool }), store, comparisons: kept.value },
      emit: (update: LabUpdate) => this.#emit(update),
      notice: (problem: Failure) => this.#noticeOnce(problem),
      origin: async (environment: RunConfig['environment']) => {
        const data = await this.#stages.get(environment)?.data()
        return data?.ok ? data.value.origin : ('shipped' as const)
      },
    }
    return success(new code.value.Comparisons(parts))
  }

  /** Stores the head of a new run; its id. */
  async #make(config: RunConfig, named: { readonly id: string; readonly name: string }): Promise<Result<string>> {
    const world = await this.#worldOf(config)
    if (!world.ok) return world
    if (drawTasks({ ...config, tasks: 1 }, world.value.tasks(config.split)).length === 0) {
      const words = `${world.value.data.name} has no ${config.split} tasks.`
      return failure('split-empty', `${words} Choose another split, or load data that has some.`)
    }
    const words = { ...named, createdAtMs: this.#parts.date(), origin: 'here' } as const
    const record = { ...emptyRecord(config, words), events: 1 }
    const batches = batchesOf([runHeader(config, world.value.made)], 0)
    const written = await (await this.#store).append({ record, batches, tasks: [] }, true)
    return written.ok ? success(named.id) : written
  }

  async #open(runId: string): Promise<Result<OpenedRun>> {
    const store = await this.#storeOf(runId)
    const known = await store.run(runId)
    if (!known.ok) return known
    await this.#close()
    const ports = {
      ...{ store, locks: this.#parts.locks, now: this.#parts.now },
      emit: (update: LabUpdate) => this.#emit(update),
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

  #stageOf(environment: RunConfig['environment']): Stage {
    const known = this.#stages.get(environment)
    if (known !== undefined) return known
    const shipped = shippedStage(this.#parts.loader, environment)
    this.#stages.set(environment, shipped)
    return shipped
  }

  async #use(stage: Stage): Promise<Result<DataInfo>> {
    const data = await stage.data()
    if (!data.ok) return data
    this.#session?.interrupt()
    return this.#exclusive(async () => {
      const session = this.#session
      await session?.pause()
      this.#stages.set(stage.environment, stage)
      const config = session?.header.config
      if (session !== undefined && config?.environment === stage.environment)
        session.setWorld(await this.#worldFor(session.id, session.progress.info.finished, config, session.header))
      this.#emit({ type: 'data', data: data.value })
      if (session !== undefined) this.#emit({ type: 'progress', progress: session.progress, newTasks: [] })
      return data
    })
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

  /** Imports that a crash cut short; one that another tab is writing right now is left alone. */
  async #removeDrafts(store: Store): Promise<void> {
    const drafts = await store.drafts()
    for (const id of drafts.ok ? drafts.value : []) {
      const release = await this.#parts.locks.acquire(id)
      if (release === undefined) continue
      const known = await store.run(id)
      if (!known.ok && known.failure.code === 'run-gone') await store.remove(id)
      await release()
    }
  }

  #shipped(): Promise<Store> {
    this.#shippedRun ??= this.#loadShipped()
    return this.#shippedRun
  }

  async #loadShipped(): Promise<Store> {
    const store = createMemoryStore()
    const texts = await Promise.all(ENVIRONMENT_NAMES.map((environment) => this.#parts.loader.recorded(environment)))
    for (const [i, text] of texts.entries()) {
      if (text === undefined) continue
      const words = {
        id: `${SHIPPED}${ENVIRONMENT_NAMES[i]}`,
        name: 'Recorded run',
        createdAtMs: 0,
        origin: 'shipped',
      } as const
      // Made by our own build; a test holds it to the schema and to the checker.
      const events = ownEvents(words.id, { text, firstSeq: 0 })
      const stored = events.ok ? await storeEvents(store, events.value.map(success), words) : events
      if (!stored.ok) this.#notice(stored.failure)
    }
    return store
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

function isLanguageModel({ policy }: RunConfig): boolean {
  return policy === 'webllm' || policy === 'openai'
}

function isShipped(runId: string): boolean {
  return runId.startsWith(SHIPPED)
}

const SQLITE_MAGIC = 'SQLite format 3\0'

/** Text, or the bytes of a SQLite database. */
async function contentOf(file: File): Promise<string | Uint8Array> {
  const start = await file.slice(0, SQLITE_MAGIC.length).text()
  return start === SQLITE_MAGIC ? new Uint8Array(await file.arrayBuffer()) : file.text()
}

const NOTHING_OPEN = failure('nothing-open', 'No run is open. Open one from the library, or start a new one.')
