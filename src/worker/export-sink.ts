/**
 * Where an export is written: a file in the origin private file system, so that a run of any size needs no memory;
 * parts of a Blob where there is none.
 */
import { messageOf } from '../core/failure.ts'

export interface Sink {
  write(text: string): Promise<void>
  /** All that was written. */
  close(): Promise<Blob>
  /** Gives up and leaves nothing behind. */
  discard(): Promise<void>
}

const FOLDER = 'rro-lab-exports'
/** Exports older than this belong to downloads that are over, whichever tab made them. */
const OLD_MS = 60 * 60 * 1000
/** Characters gathered before they are encoded and written. */
const CHUNK = 1 << 18

/** @param name unique for each export */
export async function openSink(name: string): Promise<Sink> {
  try {
    const folder = await exportFolder()
    if (folder !== undefined) return await openFile(folder, name)
  } catch (thrown) {
    console.warn(`Exporting through memory: ${messageOf(thrown)}`)
  }
  return memorySink()
}

export function memorySink(): Sink {
  let parts: Blob[] = []
  let text: string[] = []
  let held = 0
  const fold = (): void => {
    parts.push(new Blob(text)) // browsers keep large blobs on disk
    text = []
    held = 0
  }
  return {
    async write(more) {
      text.push(more)
      held += more.length
      if (held >= CHUNK * 16) fold()
    },
    async close() {
      fold()
      return new Blob(parts, { type: 'application/x-ndjson' })
    },
    async discard() {
      parts = []
      text = []
    },
  }
}

/** Removes the files of exports that are over. */
export async function cleanExports(nowMs: number): Promise<void> {
  try {
    const folder = await exportFolder()
    if (folder === undefined) return
    const names: string[] = []
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind !== 'file') continue
      const file = await (handle as FileSystemFileHandle).getFile() // by its kind
      if (nowMs - file.lastModified > OLD_MS) names.push(name)
    }
    for (const name of names) await folder.removeEntry(name).catch(() => {})
  } catch {
    // Nothing to clean where nothing can be stored.
  }
}

async function exportFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  if (typeof navigator === 'undefined' || typeof navigator.storage?.getDirectory !== 'function') return undefined
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(FOLDER, { create: true })
}

/** Of `FileSystemFileHandle` in dedicated workers; TypeScript's page library does not have it. */
interface SyncAccess {
  write(bytes: Uint8Array): number
  flush(): void
  close(): void
}

async function openFile(folder: FileSystemDirectoryHandle, name: string): Promise<Sink> {
  const handle = await folder.getFileHandle(name, { create: true })
  const access = await (
    handle as FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> }
  ).createSyncAccessHandle()
  const encoder = new TextEncoder()
  let held: string[] = []
  let length = 0
  const flush = (): void => {
    const bytes = encoder.encode(held.join(''))
    held = []
    length = 0
    for (let at = 0; at < bytes.length; ) {
      const written = access.write(bytes.subarray(at))
      if (written <= 0) throw new DOMException('the disk takes no more', 'QuotaExceededError')
      at += written
    }
  }
  return {
    async write(text) {
      held.push(text)
      length += text.length
      if (length >= CHUNK) flush()
    },
    async close() {
      flush()
      access.flush()
      access.close()
      return handle.getFile()
    },
    async discard() {
      access.close()
      await folder.removeEntry(name).catch(() => {})
    },
  }
}
