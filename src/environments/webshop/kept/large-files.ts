/** Official files too large to be held: which is which is seen from their first records. */
import { failure, type Result } from '../../../core/failure.ts'
import { MOST_LOOKED_AT, type Sorted, sortFiles } from '../catalogue/official-files.ts'
import { readJsonFile } from './json-file.ts'

interface Looked {
  readonly name: string
  readonly file: File
  /** Its first records. */
  readonly content: unknown
}

/** Failures: those of `readJsonFile` and `sortFiles`, and `shop-own-files`. */
export async function sortLargeFiles(files: readonly File[]): Promise<Result<Sorted<Looked>>> {
  const looked: Looked[] = []
  for (const file of files) {
    const list: unknown[] = []
    const entries = new Map<string, unknown>()
    const read = await readJsonFile(file, {
      record({ key, value }) {
        if (key === undefined) list.push(value)
        else entries.set(key, value)
        return list.length > 0 || entries.size === MOST_LOOKED_AT ? 'enough' : undefined
      },
    })
    if (!read.ok) return read
    const content = read.value.root === 'list' ? list : Object.fromEntries(entries)
    looked.push({ name: file.name, file, content })
  }
  const sorted = sortFiles(looked)
  if (!sorted.ok) return sorted
  const own = sorted.value.setup ?? sorted.value.nouns
  if (own === undefined) return sorted
  const words = `${own.name} is read only with a shop that is small enough to be held whole.`
  return failure('shop-own-files', `${words} Leave it out, or take fewer products.`)
}
