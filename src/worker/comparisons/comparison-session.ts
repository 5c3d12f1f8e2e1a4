/**
 * One open comparison: which cells it has, and whoever is at work on the missing ones. A cell counts once it is stored;
 * each is stored as soon as it is finished, so that whatever happens only cells under way are lost.
 */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import { type Failure, failure, messageOf, type Result, success } from '../../core/failure.ts'
import { type ComparisonRecord, comparisonOf, parseCell } from '../../store/comparison-record.ts'
import { type ComparisonStore, comparisonGone } from '../../store/comparison-store.ts'
import type { Locks, Release } from '../machine/locks.ts'
import type { CellPlace, ComparisonInfo, ComparisonProgress, ComparisonUpdate } from '../protocol/comparisons.ts'
import type { OwnAgent } from '../worlds/world.ts'
import type { Assignment } from './studier.ts'
import type { StudyPool, StudyWorker } from './study-pool.ts'

const UPDATE_MS = 100
/** A job is given to another worker once. */
const MOST_TRIES = 2

export interface ComparisonPorts {
  readonly store: ComparisonStore
  readonly locks: Locks
  /** Milliseconds from any origin. */
  now(): number
  emit(update: ComparisonUpdate): void
  readonly pool: StudyPool
  /** The policy that a comparison starts from; undefined for one that ships with the page. */
  startOf(comparison: Comparison): Promise<Result<OwnAgent | undefined>>
}

interface Task {
  readonly job: Assignment
  tries: number
}

interface Work {
  readonly queue: Task[]
  readonly workers: Set<StudyWorker>
  readonly startedMs: number
  /** Cells stored when it began. */
  readonly before: number
  stopped: boolean
  readonly done: Promise<unknown>
}

/** Of all sessions of this worker. */
let reports = 0

export class ComparisonSession {
  readonly id: string
  readonly comparison: Comparison
  readonly #ports: ComparisonPorts
  readonly #record: ComparisonRecord
  /** All on disk. */
  #cells: Map<string, Cell>
  /** Stored cells that could not be read. */
  readonly damaged: number
  #untold: Cell[] = []
  #work: Work | undefined
  #release: Release | undefined
  #saving: Promise<void> = Promise.resolve()
  #unsaved: Cell[] = []
  #failure: Failure | undefined
  #lastUpdateMs = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined

  static async open(ports: ComparisonPorts, record: ComparisonRecord): Promise<Result<ComparisonSession>> {
    const stored = await ports.store.cells(record.id)
    return stored.ok ? success(new ComparisonSession(ports, record, stored.value)) : stored
  }

  private constructor(ports: ComparisonPorts, record: ComparisonRecord, stored: readonly unknown[]) {
    this.id = record.id
    this.#ports = ports
    this.#record = record
    this.comparison = comparisonOf(record)
    this.#cells = this.#readable(stored)
    this.damaged = stored.length - this.#cells.size
  }

  get cells(): readonly Cell[] {
    return [...this.#cells.values()]
  }

  cell(place: CellPlace): Cell | undefined {
    return this.#cells.get(keyOf(place))
  }

  get progress(): ComparisonProgress {
    const info = infoOf(this.#record, this.#cells.size)
    const left = info.total - info.cells
    const work = this.#work
    const rate = work === undefined ? undefined : rateOf(work, info.cells, this.#ports.now())
    const rest = left === 0 ? 'finished' : this.#failure === undefined ? 'paused' : 'failed'
    return {
      revision: ++reports,
      info,
      status: work === undefined ? rest : 'running',
      failure: this.#failure,
      workers: work?.workers.size ?? 0,
      cellsPerSecond: rate,
      secondsLeft: rate === undefined ? undefined : left / rate,
    }
  }

  /** Resolves as soon as the workers are at it. */
  async start(): Promise<Result<true>> {
    if (this.#work !== undefined) return success(true)
    const { locks, store, pool, now } = this.#ports
    const release = await locks.acquire(this.id)
    if (release === undefined) {
      const words =
        'This comparison is being computed in another tab. It can be read here; pause it there to go on here.'
      return failure('comparison-elsewhere', words)
    }
    const ready = await this.#ready(store)
    if (!ready.ok) {
      await release()
      if (this.#untold.length > 0) this.#tell()
      return ready
    }
    this.#release = release
    this.#failure = undefined
    const work: Work = {
      ...{ queue: ready.value.map((job) => ({ job, tries: 0 })), workers: new Set() },
      ...{ startedMs: now(), before: this.#cells.size, stopped: false, done: Promise.resolve() },
    }
    const workers = Math.max(1, Math.min(pool.size, work.queue.length))
    this.#work = work
    const loops = Array.from({ length: workers }, () => this.#compute(work))
    const done = Promise.all(loops).then(() => this.#rest(work))
    this.#work = Object.assign(work, { done })
    this.#update(true)
    return success(true)
  }

  /** What is under way is dropped. Resolves when every finished cell is on disk. */
  async pause(): Promise<Result<true>> {
    const work = this.#work
    if (work !== undefined) {
      stop(work)
      await work.done
    }
    await this.#saving
    return success(true)
  }

  async close(): Promise<void> {
    await this.pause()
    clearTimeout(this.#timer)
  }

  /** The jobs that are left, from what is on disk now: another tab may have gone on. */
  async #ready(store: ComparisonStore): Promise<Result<readonly Assignment[]>> {
    const record = await store.get(this.id)
    const stored = record.ok ? await store.cells(this.id) : record
    if (!stored.ok) return stored
    if (record.ok && record.value === undefined) return comparisonGone()
    const known = this.#cells
    this.#cells = this.#readable(stored.value)
    this.#untold.push(...this.cells.filter((cell) => !known.has(keyOf(cell))))
    if (this.#missing().length === 0)
      return failure(
        'comparison-finished',
        'All cells of this comparison are computed. Start a new one to compare more.',
      )
    const own = await this.#ports.startOf(this.comparison)
    if (!own.ok) return own
    return success(this.#missing().map((job) => ({ ...job, own: own.value })))
  }

  /**
   * Seed by seed, so that every arm is seen early. A job begins at the first budget that is missing: what comes before is
   * not computed again.
   */
  #missing(): Omit<Assignment, 'own'>[] {
    const { arms, budgets } = this.comparison
    return seedsOf(this.comparison).flatMap((seed) =>
      arms.flatMap((_, arm) => {
        const first = budgets.findIndex((budget) => !this.#cells.has(keyOf({ arm, seed, budget })))
        if (first < 0) return []
        return [{ comparison: { ...this.comparison, budgets: budgets.slice(first) }, arm, seed }]
      }),
    )
  }

  #readable(stored: readonly unknown[]): Map<string, Cell> {
    const { arms, budgets } = this.comparison
    const seeds = new Set(seedsOf(this.comparison))
    const cells = stored.map(parseCell).filter((cell) => cell !== undefined)
    const planned = cells.filter(
      ({ arm, seed, budget }) => arm < arms.length && seeds.has(seed) && budgets.includes(budget),
    )
    return new Map(planned.map((cell) => [keyOf(cell), cell]))
  }

  /** Takes jobs until none is left. */
  async #compute(work: Work): Promise<void> {
    let worker: StudyWorker | undefined
    for (let task = work.queue.shift(); task !== undefined && !work.stopped; task = work.queue.shift()) {
      worker ??= this.#open(work)
      task.tries++
      try {
        const done = await worker.run(task.job, (cell) => this.#found(work, cell))
        if (!done.ok) this.#fail(work, done.failure)
      } catch (thrown) {
        worker.end()
        work.workers.delete(worker)
        worker = undefined
        if (work.stopped) break
        if (task.tries < MOST_TRIES) work.queue.unshift(task)
        else this.#fail(work, brokenDown(thrown))
      }
    }
    if (worker === undefined) return
    worker.end()
    work.workers.delete(worker)
  }

  #open(work: Work): StudyWorker {
    const worker = this.#ports.pool.open()
    work.workers.add(worker)
    return worker
  }

  #found(work: Work, cell: Cell): void {
    if (work.stopped) return
    this.#unsaved.push(cell)
    this.#saving = this.#saving.then(() => this.#save(work))
  }

  async #save(work: Work): Promise<void> {
    const cells = this.#unsaved
    if (cells.length === 0) return
    this.#unsaved = []
    const saved = await this.#ports.store.addCells(this.id, cells)
    if (!saved.ok) return this.#fail(work, saved.failure)
    for (const cell of cells) this.#cells.set(keyOf(cell), cell)
    this.#untold.push(...cells)
    this.#update(false)
  }

  #fail(work: Work, reason: Failure): void {
    this.#failure ??= reason
    stop(work)
  }

  /** When the last worker has ended. */
  async #rest(work: Work): Promise<void> {
    await this.#saving
    this.#unsaved = []
    if (!work.stopped && this.#missing().length > 0) this.#fail(work, brokenDown('cells are missing'))
    this.#work = undefined
    await this.#release?.()
    this.#release = undefined
    this.#update(true)
  }

  /** Tells the page, at most ten times a second unless `always`; nothing stays untold for longer. */
  #update(always: boolean): void {
    const wait = this.#lastUpdateMs + UPDATE_MS - this.#ports.now()
    if (!always && wait > 0) {
      this.#timer ??= setTimeout(() => this.#tell(), wait)
      return
    }
    this.#tell()
  }

  #tell(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#lastUpdateMs = this.#ports.now()
    const newCells = this.#untold
    this.#untold = []
    this.#ports.emit({ type: 'comparison', progress: this.progress, newCells })
  }
}

/** What is under way is lost; nothing of it is stored. */
function stop(work: Work): void {
  work.stopped = true
  for (const worker of work.workers) worker.end()
}

/** Cells a second since the start; undefined before the first. */
function rateOf(work: Work, cells: number, nowMs: number): number | undefined {
  const made = cells - work.before
  return made === 0 || nowMs <= work.startedMs ? undefined : (made * 1000) / (nowMs - work.startedMs)
}

function brokenDown(why: unknown): Failure {
  const words = `The comparison stopped: a worker broke down twice at the same place (${messageOf(why)}).`
  return failure('comparison-error', `${words} All finished cells are saved; start it again, or reload the page.`)
    .failure
}

function keyOf({ arm, seed, budget }: CellPlace): string {
  return `${arm},${seed},${budget}`
}

function seedsOf({ firstSeed, seeds }: Comparison): readonly number[] {
  return Array.from({ length: seeds }, (_, i) => firstSeed + i)
}

/** @param cells stored */
export function infoOf(record: ComparisonRecord, cells: number): ComparisonInfo {
  const { id, name, createdAtMs } = record
  const comparison = comparisonOf(record)
  const total = comparison.arms.length * comparison.budgets.length * comparison.seeds
  return { id, name, createdAtMs, comparison, cells: Math.min(cells, total), total }
}
