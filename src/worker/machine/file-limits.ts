/** How large files may be that somebody brings: known from their size, before a byte of them is read. */

import { failure } from '../../core/failure.ts'
import { grouped } from '../../core/grouped.ts'

/**
 * Bytes of the data files of one environment together. They are held whole: measured, ten bytes of memory for each byte of
 * WebShop's files (107 MB took 1.1 GB), so that this stays below what a browser gives a page.
 */
export const MOST_DATA = 200_000_000
/** Bytes of WebShop's files above which a shop is kept on the disk, where there is a place for it, instead of being held. */
export const MOST_HELD = 50_000_000
/** Bytes of a run file. It is read line by line, none longer than `run-file.ts` says, and ends in the browser's storage. */
export const MOST_RUN = 2_000_000_000
/** Bytes of a file of other people's trajectories, which is held whole. */
export const MOST_FOREIGN = 100_000_000
/** Bytes of a backup of the library, which is read in the same way. */
export const MOST_LIBRARY = 20_000_000_000

/** The failure `file-too-large`; undefined where the files are no larger than that together. */
export function tooLarge(files: readonly File[], most: number): ReturnType<typeof failure> | undefined {
  const size = files.reduce((sum, file) => sum + file.size, 0)
  if (size <= most) return undefined
  const [first] = files
  const what = files.length === 1 ? `${first?.name} is` : `These ${files.length} files are together`
  const mb = (bytes: number): string => grouped(Math.ceil(bytes / 1e6))
  const words = `${what} too large for a page: ${mb(size)} MB, and ${mb(most)} MB can be read.`
  return failure(
    'file-too-large',
    `${words} Nothing was read. Take a smaller part of it, or use Node (see the README).`,
  )
}
