/** The comparisons of the library, and the one that is open. Calls that change something wait for one another. */

import type { Comparison } from '../../core/comparison/comparison.ts'
import { parseComparison } from '../../core/comparison/comparison-address.ts'
import { recordedId } from '../../core/comparison/default-comparison.ts'
import { type Failure, failure, type Result, success } from '../../core/failure.ts'
import { ENVIRONMENT_NAMES } from '../../core/settings/settings.ts'
import { Turns } from '../../core/turns.ts'
import { type ComparisonRecord, parseComparisonRecord, versionOf, wordsOf } from '../../store/comparison-record.ts'
import { type ComparisonStore, comparisonGone } from '../../store/comparison-store.ts'
import type { Store } from '../../store/store.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type { CellPlace, ComparisonInfo, OpenedComparison } from '../protocol/comparisons.ts'
import { newRunId } from '../runs/run-names.ts'
import type { WorldSource } from '../worlds/world-source.ts'
import { BehindCells, type StoredCell } from './behind-cells.ts'
import { infoOf, nameOf } from './comparison-info.ts'
import { type ComparisonPorts, ComparisonSession } from './comparison-session.ts'
import { groundOf, loadedFor, sourceOf } from './ground.ts'
import { paceOf } from './pace.ts'
import { readRecorded, storeOf } from './recorded-comparison.ts'
import { poolHere, type StudyPool } from './study-pool.ts'

export interface ComparisonParts extends Pick<ComparisonPorts, 'locks' | 'now' | 'emit' | 'busy'> {
  readonly store: Store
  readonly comparisons: ComparisonStore
  readonly loader: DataLoader
  /** Undefined for whoever can compute here. */
  readonly pool?: StudyPool
  /** Milliseconds since 1970. */
  date(): number
  /** What cannot be read of the library, in a sentence. */
  notice(problem: Failure): void
  /** The data at hand; undefined while nobody has asked for any. */
  known(environment: Comparison['environment']): WorldSource | undefined
}

export class Comparisons {
  readonly #parts: ComparisonParts
  readonly #ports: ComparisonPorts
  #session: ComparisonSession | undefined
  readonly #turns = new Turns()
  /** What is behind the cells of the open one. */
  readonly behind: BehindCells

  constructor(parts: ComparisonParts) {
    this.#parts = parts
    this.#ports = {
      ...{ ...parts, store: parts.comparisons, pool: parts.pool ?? poolHere(parts.loader) },
      groundOf: (comparison) => groundOf(parts, comparison),
    }
    this.behind = new BehindCells({ ...parts, stored: (place) => this.#stored(place) })
  }

  /** Newest first. */
  async list(): Promise<readonly ComparisonInfo[]> {
    const stored = await this.#ports.store.list()
    if (!stored.ok) {
      this.#parts.notice(stored.failure)
      return []
    }
    const infos: ComparisonInfo[] = []
    for (const { record, cells } of stored.value) {
      const parsed = parseComparisonRecord(record)
      if (parsed.ok) infos.push(infoOf(parsed.value, cells))
      else this.#parts.notice(parsed.failure)
    }
    return infos.sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1))
  }

  compare(settings: Readonly<Record<string, unknown>>): Promise<Result<OpenedComparison>> {
    return this.#turns.take(async () => {
      const { comparison, corrections } = parseComparison(settings)
      const ground = await groundOf(this.#parts, comparison)
      if (!ground.ok) return ground
      const data = comparison.data === undefined ? undefined : await this.#parts.known(comparison.environment)?.data()
      const words = {
        name: nameOf(comparison, data?.ok ? data.value.name : undefined),
        createdAtMs: this.#parts.date(),
        words: wordsOf(comparison),
      }
      const record = { version: versionOf(comparison), id: newRunId(), ...words }
      const added = await this.#ports.store.add(record)
      if (!added.ok) return added
      const opened = await this.#open(record, corrections)
      if (!opened.ok) return opened
      const started = await opened.value.session.start()
      return started.ok ? success(opened.value.whole()) : started
    })
  }

  open(id: string): Promise<Result<OpenedComparison>> {
    return this.#turns.take(async () => {
      const environment = ENVIRONMENT_NAMES.find((name) => recordedId(name) === id)
      if (environment !== undefined) return this.#openRecorded(environment)
      const stored = await this.#ports.store.get(id)
      if (!stored.ok) return stored
      if (stored.value === undefined) return comparisonGone()
      const record = parseComparisonRecord(stored.value)
      if (!record.ok) return record
      const opened = await this.#open(record.value, [])
      return opened.ok ? success(opened.value.whole()) : opened
    })
  }

  start(): Promise<Result<true>> {
    return this.#turns.take(async () => (this.#session === undefined ? NOTHING_OPEN : this.#session.start()))
  }

  /** Waits for nothing, and nothing waits for it. */
  async pace(settings: Readonly<Record<string, unknown>>): Promise<Result<number>> {
    const { comparison } = parseComparison(settings)
    const ground = await groundOf(this.#parts, comparison)
    if (!ground.ok) return ground
    const source = await sourceOf(this.#parts, comparison)
    return source.ok ? paceOf(source.value, comparison, ground.value.own, this.#ports.now) : source
  }

  pause(): Promise<Result<true>> {
    return this.#turns.take(async () => (this.#session === undefined ? NOTHING_OPEN : this.#session.pause()))
  }

  remove(id: string): Promise<Result<true>> {
    return this.#turns.take(async () => {
      if (this.#session?.id === id) await this.#close()
      const release = await this.#parts.locks.acquire(id)
      if (release === undefined) {
        const words = 'This comparison is being computed in another tab, so it was not deleted.'
        return failure('comparison-elsewhere', `${words} Pause it there first.`)
      }
      try {
        return await this.#ports.store.remove(id)
      } finally {
        await release()
      }
    })
  }

  /** Pauses, saves and lets go of the open one. */
  close(): Promise<void> {
    return this.#turns.take(() => this.#close())
  }

  async #openRecorded(environment: Comparison['environment']): Promise<Result<OpenedComparison>> {
    const text = await this.#parts.loader.recordedComparison(environment)
    if (!text.ok) return text
    const recorded = readRecorded(text.value, environment)
    if (recorded === undefined) {
      const words = 'The comparison that ships with the page could not be read.'
      return failure('comparison-damaged', `${words} Run it here, or reload the page to fetch it again.`)
    }
    const opened = await this.#open(recorded.record, [], storeOf(recorded, this.#ports.store))
    return opened.ok ? success(opened.value.whole()) : opened
  }

  async #open(
    record: ComparisonRecord,
    corrections: readonly Failure[],
    store = this.#ports.store,
  ): Promise<Result<Opened>> {
    await this.#close()
    const session = await ComparisonSession.open({ ...this.#ports, store }, record)
    if (!session.ok) return session
    this.#session = session.value
    const { comparison, damaged } = session.value
    const said = [...corrections]
    if (damaged > 0) {
      const words = `${damaged} stored ${damaged === 1 ? 'cell' : 'cells'} of this comparison could not be read.`
      said.push(failure('cells-damaged', `${words} They are computed again when it goes on.`).failure)
    }
    const missing = await this.#missing(comparison)
    if (missing !== undefined) said.push(missing)
    const { value } = session
    return success({
      session: value,
      whole: () => ({ progress: value.progress, cells: value.cells, corrections: said }),
    })
  }

  /** What is not as the comparison has it, in a sentence. */
  async #missing(comparison: Comparison): Promise<Failure | undefined> {
    const ground = await groundOf(this.#parts, comparison)
    if (!ground.ok) {
      const { code, message } = ground.failure
      return failure(code, `${message} Its results can be read meanwhile.`).failure
    }
    if ((await loadedFor(this.#parts, comparison)).ok) return undefined
    const words = 'This comparison is on the data that ships with the page, not on the files that you loaded.'
    return failure('comparison-data', `${words} Choose them under “Data” to compare on them.`).failure
  }

  #stored(place: CellPlace): Result<StoredCell> {
    const session = this.#session
    if (session === undefined) return NOTHING_OPEN
    const cell = session.cell(place)
    if (cell !== undefined) return success({ id: session.id, comparison: session.comparison, cell })
    return failure('cell-missing', 'This cell is not computed yet. Go on with the comparison first.')
  }

  async #close(): Promise<void> {
    const session = this.#session
    this.#session = undefined
    await session?.close()
  }
}

interface Opened {
  readonly session: ComparisonSession
  /** As it is now. */
  whole(): OpenedComparison
}

const NOTHING_OPEN = failure('nothing-open', 'No comparison is open. Open one from the library, or start a new one.')
