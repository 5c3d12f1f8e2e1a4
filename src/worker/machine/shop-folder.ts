/**
 * Where shops lie that are too large to be held: files in the origin private file system. A shop is there when its file was written to
 * the end; what a crash left is removed when the next one is begun. While a file is written, no other tab can touch it.
 */
import type { ByteSink, ByteSource, Bytes } from '../../environments/webshop/kept/bytes.ts'
import { isWhole } from '../../environments/webshop/kept/sections.ts'

/** A shop's file, by which any worker of this site can open it. */
export type KeptShop = FileSystemFileHandle

export interface ShopSink extends ByteSink {
  flush(): void
  /** All was written. */
  finish(): Promise<KeptShop>
  /** Gives up and leaves nothing behind. */
  discard(): Promise<void>
}

export interface KeptSource extends ByteSource {
  /** Nothing is read any more: the file can be removed. */
  close(): void
}

export interface ShopFolder {
  /** @throws where the disk cannot be written */
  create(): Promise<ShopSink>
  /** The shop that is kept here, the newest. */
  kept(): Promise<KeptShop | undefined>
  /** Its bytes, read without waiting. */
  open(shop: KeptShop): Promise<KeptSource>
  /** Removes all files that nobody has open, but for one. */
  clean(but?: KeptShop): Promise<void>
}

/** Of files in dedicated workers; TypeScript's page library does not have them. */
interface SyncAccess {
  read(bytes: Uint8Array, options: { readonly at: number }): number
  write(bytes: Uint8Array, options: { readonly at: number }): number
  getSize(): number
  flush(): void
  close(): void
}

type SyncFile = FileSystemFileHandle & {
  createSyncAccessHandle(options?: { readonly mode: 'read-only' }): Promise<SyncAccess>
}

/** Of dedicated workers, as well. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer
}

const FOLDER = 'rro-lab-shops'

/** @param parts where it is given: tests have no disk */
export async function shopFolder({ shops }: { readonly shops?: ShopFolder }): Promise<ShopFolder | undefined> {
  return shops ?? shopFolderHere()
}

/** Undefined where this browser has no such place, or does not give it to this page. */
async function shopFolderHere(): Promise<ShopFolder | undefined> {
  try {
    if (typeof FileReaderSync === 'undefined' || typeof navigator.storage?.getDirectory !== 'function') return undefined
    const root = await navigator.storage.getDirectory()
    return folderOf(await root.getDirectoryHandle(FOLDER, { create: true }))
  } catch {
    return undefined
  }
}

function folderOf(folder: FileSystemDirectoryHandle): ShopFolder {
  return {
    async create() {
      const handle = await folder.getFileHandle(`${crypto.randomUUID()}.shop`, { create: true })
      const access = await (handle as SyncFile).createSyncAccessHandle()
      let size = 0
      return {
        write(bytes) {
          const end = size + bytes.length
          while (size < end) {
            // Told where: reading moves what the file takes for its place, too.
            const written = access.write(bytes.subarray(bytes.length - (end - size)), { at: size })
            if (written <= 0) throw new DOMException('the disk takes no more', 'QuotaExceededError')
            size += written
          }
        },
        read: (from, to) => readFrom(access, from, to),
        flush: () => access.flush(),
        async finish() {
          access.close()
          return handle
        },
        async discard() {
          access.close()
          await folder.removeEntry(handle.name).catch(() => {})
        },
      }
    },
    async kept() {
      const files = await Promise.all(
        (await handlesIn(folder)).map(async (handle) => ({ handle, file: await handle.getFile() })),
      )
      files.sort((a, b) => b.file.lastModified - a.file.lastModified)
      for (const { handle, file } of files) if (await isWhole(file)) return handle
      return undefined
    },
    open: openKept,
    async clean(but) {
      for (const { name } of await handlesIn(folder))
        if (name !== but?.name) await folder.removeEntry(name).catch(() => {}) // somebody has it open
    },
  }
}

async function handlesIn(folder: FileSystemDirectoryHandle): Promise<readonly FileSystemFileHandle[]> {
  const found: FileSystemFileHandle[] = []
  for await (const handle of folder.values()) if (handle.kind === 'file') found.push(handle as FileSystemFileHandle) // by its kind
  return found
}

/** Its bytes, read without waiting; where others have the file open for themselves, in a slower way. */
export async function openKept(handle: KeptShop): Promise<KeptSource> {
  try {
    return accessSource(await (handle as SyncFile).createSyncAccessHandle({ mode: 'read-only' }))
  } catch {
    return fileSource(await handle.getFile())
  }
}

function accessSource(access: SyncAccess): KeptSource {
  return {
    size: access.getSize(),
    close: () => access.close(),
    read: (from, to) => readFrom(access, from, to),
  }
}

function readFrom(access: SyncAccess, from: number, to: number): Bytes {
  const bytes: Bytes = new Uint8Array(to - from)
  for (let at = 0; at < bytes.length; ) {
    const read = access.read(bytes.subarray(at), { at: from + at })
    if (read <= 0) throw new Error('The file ends too early.')
    at += read
  }
  return bytes
}

function fileSource(file: File): KeptSource {
  const reader = new FileReaderSync()
  return {
    size: file.size,
    close: () => {},
    read: (from, to) => new Uint8Array(reader.readAsArrayBuffer(file.slice(from, to))),
  }
}
