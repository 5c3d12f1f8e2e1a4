/**
 * The rows of one side as numbered files of a bounded size: a stream of a zip has one file open at a time, and rows come for
 * both sides in turn, so that each side's next file is held until it is full.
 */
import type { Row } from './cells.ts'
import type { FileKind, RowFile } from './file-kinds.ts'
import { rowFile } from './row-file.ts'

export interface Shards {
  add(row: Row): Promise<void>
  /** What is left. */
  end(): Promise<void>
  /** How many files there are. */
  count(): number
}

/** @param write a whole file, which is kept no longer */
export function shards(
  kind: FileKind,
  mostBytes: number,
  write: (index: number, pieces: readonly Uint8Array[]) => Promise<void>,
): Shards {
  let pieces: Uint8Array[] = []
  let bytes = 0
  let open: RowFile | undefined
  let count = 0
  async function close(): Promise<void> {
    if (open === undefined) return
    await open.end()
    await write(count, pieces)
    count++
    open = undefined
    pieces = []
    bytes = 0
  }
  return {
    async add(row) {
      open ??= await rowFile(kind, (more) => {
        pieces.push(more)
        bytes += more.length
      })
      await open.add(row)
      if (bytes >= mostBytes) await close()
    },
    end: close,
    count: () => count,
  }
}
