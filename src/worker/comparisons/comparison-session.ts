/**
 * One open comparison: which cells it has, and whoever is at work on the missing ones. A cell counts once it is stored;
 * each is stored as soon as it is finished, so that whatever happens only cells under way are lost.
 */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import { type Failure, failure, type Result, success } from '../../core/failure.ts'
import { type ComparisonRecord, comparisonOf } from '../../store/comparison-record.ts'
import { type ComparisonStore, comparisonGone } from '../../store/comparison-store.ts'
import type { Locks, Release } from '../machine/locks.ts'
import type { CellPlace, ComparisonProgress, ComparisonUpdate, StretchesUpdate } from '../protocol/comparisons.ts'
import { keyOf, missingJobs, readCells } from './cells.ts'
import { infoOf } from './comparison-info.ts'
import type { Ground } from './ground.ts'
import type { StudyJob } from './study-jobs.ts'
import { poolFor, type StudyPool } from './study-pool.ts'
import { brokenDown, StudyWork } from './study-work.ts'

const UPDATE_MS = 100
/** Until it is looked again whether the page has come along. */
const AGAIN_MS = 20

export interface ComparisonPorts {
  readonly store: ComparisonStore
  readonly locks: Locks
  /** Milliseconds from any origin. */
  now(): number
  emit(update: ComparisonUpdate | StretchesUpdate): void
  /** @see Updates.busy */
  busy(): boolean
  readonly pool: StudyPool
  /** What a comparison is made on; a failure where it is not at hand. */
  groundOf(comparison: Comparison): Promise<Result<Ground>>
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
  #work: StudyWork | undefined
  /** Resolves when the last work has ended, and every finished cell is on disk. */
  #rested: Promise<void> = Promise.resolve()
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
    this.#cells = readCells(this.comparison, stored)
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
    const rate = work?.rate(info.cells, this.#ports.now())
    const rest = left === 0 ? 'finished' : this.#failure === undefined ? 'paused' : 'failed'
    return {
      revision: ++reports,
      info,
      status: work === undefined ? rest : 'running',
      failure: this.#failure,
      workers: work?.workers ?? 0,
      cellsPerSecond: rate,
      secondsLeft: rate === undefined ? undefined : left / rate,
    }
  }

  /** Resolves as soon as the workers are at it. */
  async start(): Promise<Result<true>> {
    if (this.#work !== undefined) return success(true)
    const { locks, store, now } = this.#ports
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
    const begun = { atMs: now(), cells: this.#cells.size }
    const work = new StudyWork(ready.value, begun, {
      pool: poolFor(this.#ports.pool, ready.value[0]?.files),
      found: (cell) => this.#found(work, cell),
      failed: (reason) => this.#fail(work, reason),
    })
    this.#work = work
    this.#rested = work.run().then(() => this.#rest(work))
    this.#update(true)
    return success(true)
  }

  /** What is under way is dropped. Resolves when every finished cell is on disk. */
  async pause(): Promise<Result<true>> {
    this.#work?.stop()
    await this.#rested
    await this.#saving
    return success(true)
  }

  async close(): Promise<void> {
    await this.pause()
    clearTimeout(this.#timer)
  }

  /** The jobs that are left, from what is on disk now: another tab may have gone on. */
  async #ready(store: ComparisonStore): Promise<Result<readonly StudyJob[]>> {
    const record = await store.get(this.id)
    const stored = record.ok ? await store.cells(this.id) : record
    if (!stored.ok) return stored
    if (record.ok && record.value === undefined) return comparisonGone()
    const known = this.#cells
    this.#cells = readCells(this.comparison, stored.value)
    this.#untold.push(...this.cells.filter((cell) => !known.has(keyOf(cell))))
    const missing = missingJobs(this.comparison, this.#cells)
    if (missing.length === 0)
      return failure(
        'comparison-finished',
        'All cells of this comparison are computed. Start a new one to compare more.',
      )
    const ground = await this.#ports.groundOf(this.comparison)
    return ground.ok ? success(missing.map((job) => ({ ...job, ...ground.value }))) : ground
  }

  #found(work: StudyWork, cell: Cell): void {
    this.#unsaved.push(cell)
    this.#saving = this.#saving.then(() => this.#save(work))
  }

  async #save(work: StudyWork): Promise<void> {
    const cells = this.#unsaved
    if (cells.length === 0) return
    this.#unsaved = []
    const saved = await this.#ports.store.addCells(this.id, cells)
    if (!saved.ok) return this.#fail(work, saved.failure)
    for (const cell of cells) this.#cells.set(keyOf(cell), cell)
    this.#untold.push(...cells)
    this.#update(false)
  }

  #fail(work: StudyWork, reason: Failure): void {
    this.#failure ??= reason
    work.stop()
  }

  /** When the last worker has ended. */
  async #rest(work: StudyWork): Promise<void> {
    await this.#saving
    this.#unsaved = []
    const missing = missingJobs(this.comparison, this.#cells)
    if (!work.stopped && missing.length > 0) this.#fail(work, brokenDown('cells are missing'))
    this.#work = undefined
    await this.#release?.()
    this.#release = undefined
    this.#update(true)
  }

  /** Tells the page, at most ten times a second and when it shows what it was told before, unless `always`. */
  #update(always: boolean): void {
    const wait = this.#lastUpdateMs + UPDATE_MS - this.#ports.now()
    if (always || (wait <= 0 && !this.#ports.busy())) {
      this.#tell()
      return
    }
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined
        this.#update(false)
      },
      Math.max(wait, AGAIN_MS),
    )
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
