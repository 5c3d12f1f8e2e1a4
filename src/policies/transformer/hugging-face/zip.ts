/** A model's folder as one zip: the same files are the same bytes, and what is unpacked is bounded while it is. */
import { Unzip, type UnzipFile, UnzipInflate, type Zippable, zipSync } from 'fflate'
import { failure, messageOf, type Result, success } from '../../../core/failure.ts'
import { joinedBytes } from '../../../core/joined-bytes.ts'
import { type Folder, READ_FILES } from './folder.ts'

/** The oldest time that the format knows, local as it is written. */
const NO_TIME = new Date(1980, 0, 1)

/** Weights are stored as they are (packing saves a few percent of them), texts are packed. */
export function zipFolder(folder: Folder): Uint8Array {
  const entries: Zippable = {}
  for (const [name, bytes] of folder)
    entries[name] = [bytes, { level: name.endsWith('.safetensors') ? 0 : 6, mtime: NO_TIME }]
  return zipSync(entries)
}

const MOST_BYTES = 1 << 27
const MOST_ENTRIES = 1000

/** Bytes that are unpacked at once: a thousand times as many at most come of them before they are counted. */
const PIECE_BYTES = 1 << 14

/**
 * The files that a model is read from, at the top of the zip or in a folder of it; the others are not unpacked.
 * @param bytes from anywhere
 */
export function unzipFolder(bytes: Uint8Array): Result<Folder> {
  const bad = (what: string) => failure('model-zip', `The zip ${what}`)
  if (bytes.length > MOST_BYTES) return bad(`has ${bytes.length} bytes; at most ${MOST_BYTES} are read.`)
  const pieces = new Map<string, Uint8Array[]>()
  let entries = 0
  let trouble: string | undefined

  function take(entry: UnzipFile): void {
    if (++entries > MOST_ENTRIES) trouble ??= `has more than ${MOST_ENTRIES} entries.`
    const file = entry.name.slice(entry.name.lastIndexOf('/') + 1)
    const most = MOST_OF.get(file)
    if (most === undefined) return
    if (pieces.has(file)) trouble ??= `holds ${file} twice.`
    if (trouble !== undefined) return
    const own: Uint8Array[] = []
    pieces.set(file, own)
    let size = 0
    entry.ondata = (error, piece) => {
      if (error) trouble ??= `cannot be unpacked at ${file}: ${error.message}.`
      if (trouble !== undefined) return
      size += piece.length
      if (size > most) trouble = `holds more than ${most} bytes of ${file}.`
      else own.push(piece)
    }
    entry.start()
  }

  const unzip = new Unzip(take)
  unzip.register(UnzipInflate)
  try {
    for (let i = 0; i < bytes.length && trouble === undefined; i += PIECE_BYTES)
      unzip.push(bytes.subarray(i, i + PIECE_BYTES), i + PIECE_BYTES >= bytes.length)
  } catch (error) {
    trouble ??= `cannot be unpacked: ${messageOf(error)}.`
  }
  if (trouble !== undefined) return bad(trouble)
  if (entries === 0) return bad('holds no files, or is none.')
  return success(new Map([...pieces].map(([file, some]) => [file, joinedBytes(some)])))
}

const MOST_OF: ReadonlyMap<string, number> = new Map(Object.entries(READ_FILES))
