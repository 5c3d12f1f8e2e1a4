/** A zip file as a stream: what is added goes out at once, and nothing of it stays but its name and size. */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import type { WriteBytes } from './file-kinds.ts'

export interface ZipStream {
  /** @param packed whether the bytes are compressed already @throws what `write` throws, and where the archive is full */
  add(path: string, pieces: readonly Uint8Array[], packed: boolean): Promise<void>
  /** Writes the directory: nothing may be added any more. */
  end(): Promise<void>
}

/** Sizes and places are written in 32 bits; the rest of them is for what is about to be added and the directory. */
const MOST_BYTES = 2 ** 32 - 2 ** 28

/** The oldest that the format knows, so that the same files are the same bytes; in local time, as it is written. */
const NO_TIME = new Date(1980, 0, 1)

export function zipStream(write: WriteBytes): ZipStream {
  let ready: Uint8Array[] = []
  let bytes = 0
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  async function flush(): Promise<void> {
    const chunks = ready
    ready = []
    for (const chunk of chunks) {
      bytes += chunk.length
      await write(new Uint8Array(chunk))
    }
  }
  return {
    async add(path, pieces, packed) {
      if (bytes > MOST_BYTES)
        throw new Error('an archive holds at most 4 GB; choose fewer runs, or write the files without --archive')
      const entry = packed ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 })
      entry.mtime = NO_TIME
      zip.add(entry)
      for (const piece of pieces) {
        entry.push(piece)
        await flush()
      }
      entry.push(new Uint8Array(), true)
      await flush()
    },
    async end() {
      zip.end()
      await flush()
    },
  }
}
