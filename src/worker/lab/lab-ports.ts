/** What the lab is given of the machine, and what the calls on demand are given of the lab. */
import type { Failure, Result } from '../../core/failure.ts'
import type { StorageNews } from '../../store/storage-trouble.ts'
import type { Store } from '../../store/store.ts'
import type { StudyPool } from '../comparisons/study-pool.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type { Sink } from '../machine/export-sink.ts'
import type { Locks } from '../machine/locks.ts'
import type { ShopFolder } from '../machine/shop-folder.ts'
import type { MachinePorts } from '../models/model-ports.ts'
import type { LabUpdate } from '../protocol/lab-api.ts'
import type { LibraryPorts } from '../runs/library-calls.ts'

export interface LabParts {
  readonly loader: DataLoader
  /** @param tell hears of what comes later, and of an opening that takes long */
  openStore(tell: (news: StorageNews) => void): Promise<Result<Store>>
  /** Deletes what `openStore` opens. */
  emptyStorage?(): Promise<Result<true>>
  readonly locks: Locks
  openSink(name: string): Promise<Sink>
  /** Where shops are kept that are too large to be held; undefined for what is here. */
  readonly shops?: ShopFolder
  /** Who computes comparisons; undefined for whoever can here. */
  readonly pool?: StudyPool
  /** What language models need of the machine; undefined for what is here. */
  readonly models?: MachinePorts
  /** Milliseconds from any origin, never going back. */
  now(): number
  /** Milliseconds since 1970. */
  date(): number
}

export interface LabPorts extends LibraryPorts {
  readonly parts: LabParts
  /** Work that other such work waits for: what changes which run is open, or what it does. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>
  emit(update: LabUpdate): void
  /** @see Updates.busy */
  busy(): boolean
  /** Said once in a visit. */
  noticeOnce(problem: Failure): void
}
