/** Where exports lie while they are downloaded, and its cleaning. */

const FOLDER = 'rro-lab-exports'
/** Exports older than this belong to downloads that are over, whichever tab made them. */
const OLD_MS = 60 * 60 * 1000

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

export async function exportFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  if (typeof navigator === 'undefined' || typeof navigator.storage?.getDirectory !== 'function') return undefined
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(FOLDER, { create: true })
}
