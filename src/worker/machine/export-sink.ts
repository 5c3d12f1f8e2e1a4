/**
 * Where an export is written: a file in the origin private file system, so that a run of any size needs no memory;
 * parts of a Blob where there is none.
 */
import { messageOf } from '../../core/failure.ts'
import { exportFolder } from './export-folder.ts'

export interface Sink {
  write(piece: string | Bytes): Promise<void>
  /** All that was written. */
  close(): Promise<Blob>
  /** Gives up and leaves nothing behind. */
  discard(): Promise<void>
}

type Bytes = Uint8Array<ArrayBuffer>

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
  let text: (string | Bytes)[] = []
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
    put(bytes)
  }
  const put = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length; ) {
      const written = access.write(bytes.subarray(at))
      if (written <= 0) throw new DOMException('the disk takes no more', 'QuotaExceededError')
      at += written
    }
  }
  return {
    async write(piece) {
      if (typeof piece === 'string') {
        held.push(piece)
        length += piece.length
        if (length >= CHUNK) flush()
      } else {
        flush()
        put(piece)
      }
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
