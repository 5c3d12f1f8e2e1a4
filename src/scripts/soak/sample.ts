/** A stored database as a file: its version, and its rooms with what lies in them. */
import { readFile } from 'node:fs/promises'
import { openDB } from 'idb'

interface Sample {
  readonly version: number
  readonly rooms: Readonly<Record<string, SampleRoom>>
}

interface SampleRoom {
  readonly keyPath: string | string[]
  readonly indexes: Readonly<Record<string, string | string[]>>
  readonly values: readonly unknown[]
}

/** Versions of the database that there is a sample of. */
export const SAMPLED_VERSIONS = [1, 2, 3] as const

/** Puts the sample where the page will find it, as that version of the page had made it. */
export async function storeSample(version: number): Promise<Sample> {
  const file = new URL(`../../../test/store/samples/database-${version}.json`, import.meta.url)
  const sample = revived(JSON.parse(await readFile(file, 'utf8'))) as Sample // our own file
  const database = await openDB('rro-lab', sample.version, {
    upgrade(database) {
      for (const [name, { keyPath, indexes }] of Object.entries(sample.rooms)) {
        const room = database.createObjectStore(name, { keyPath })
        for (const [index, path] of Object.entries(indexes)) room.createIndex(index, path)
      }
    },
  })
  for (const [name, { values }] of Object.entries(sample.rooms))
    for (const value of values) await database.put(name, value)
  database.close()
  return sample
}

/** JSON has no word for `undefined`, nor for bytes and floats, which a database keeps. */
function revived(value: unknown): unknown {
  if (value === '(undefined)') return undefined
  if (Array.isArray(value)) return value.map(revived)
  if (typeof value !== 'object' || value === null) return value
  if ('(bytes)' in value) return Uint8Array.from(Buffer.from(String(value['(bytes)']), 'base64'))
  if ('(floats)' in value) return Float32Array.from(value['(floats)'] as number[])
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, revived(inside)]))
}
