/** Where runs are kept: in the store of this browser, and the recorded ones in memory. What both list is the library. */
import type { Failure, Result } from '../../core/failure.ts'
import { createMemoryStore } from '../../store/memory-store.ts'
import type { StorageNews } from '../../store/storage-trouble.ts'
import type { Store } from '../../store/store.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type { RunInfo } from '../protocol/runs.ts'
import type { StorageUpdate } from '../protocol/storage.ts'
import { infoOf } from './records.ts'
import { isShipped, shippedRuns } from './shipped-runs.ts'

export interface RunStorePorts {
  readonly loader: DataLoader
  openStore(tell: (news: StorageNews) => void): Promise<Result<Store>>
  /** Imports that a crash cut short; there are some. */
  removeDrafts(drafts: readonly string[]): void
  emit(update: StorageUpdate): void
  notice(problem: Failure): void
  /** Of what is met again with each look. */
  noticeOnce(problem: Failure): void
}

export interface RunStores {
  /** The browser's; memory where that cannot be opened. */
  readonly own: Promise<Store>
  of(runId: string): Promise<Store>
  /** Newest first, the shipped ones last. @param open the open run, whose record may be behind it */
  list(open: () => RunInfo | undefined): Promise<readonly RunInfo[]>
}

export function openRunStores(ports: RunStorePorts): RunStores {
  const own = ownStore(ports)
  let recorded: Promise<Store> | undefined
  const shipped = (): Promise<Store> => {
    recorded ??= shippedRuns(ports.loader, ports.notice)
    return recorded
  }
  return {
    own,
    of: (runId) => (isShipped(runId) ? shipped() : own),
    async list(open) {
      const stored = await (await own).runs()
      if (!stored.ok) ports.notice(stored.failure)
      else for (const problem of stored.value.unreadable) ports.noticeOnce(problem)
      const ours = await (await shipped()).runs()
      const now = open()
      const listed = (stored.ok ? stored.value.records : []).map((record) =>
        now?.id === record.id ? { ...now, name: record.name, labels: record.labels } : infoOf(record),
      )
      return ours.ok ? [...listed, ...ours.value.records.map(infoOf)] : listed
    },
  }
}

async function ownStore({ openStore, removeDrafts, emit }: RunStorePorts): Promise<Store> {
  let slow = false
  const opened = await openStore((news) => {
    slow ||= news.state === 'opening'
    emit({ type: 'storage', ...news })
  })
  if (!opened.ok) {
    emit({ type: 'storage', state: 'memory', failure: opened.failure })
    return createMemoryStore()
  }
  if (slow) emit({ type: 'storage', state: 'disk' })
  void opened.value.drafts().then((drafts) => {
    if (drafts.ok && drafts.value.length > 0) removeDrafts(drafts.value)
  })
  return opened.value
}
