/**
 * Tensors as a `safetensors` file: eight bytes say how long the header is, the header (JSON) says of each tensor what its numbers
 * are, its shape, and where they stand; then the numbers. A digest of the numbers stands among the header's own words, where other programs
 * do not look; a file without one is read as well.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import * as v from 'valibot'
import { failure, quote, type Result, success } from '../../../core/failure.ts'
import { sizeOf } from '../llama.ts'
import { BYTES_OF, type NumberFormat, readNumbers, writeNumbers } from './number-formats.ts'

/** The header's length is a 64-bit number; the numbers begin at a whole count of eight bytes. */
const LENGTH_BYTES = 8
const MOST_HEADER_BYTES = 1 << 20
const METADATA = '__metadata__'

const Offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const Entry = v.object({
  dtype: v.picklist(['F32', 'F16', 'BF16'] satisfies NumberFormat[]),
  shape: v.array(Offset),
  data_offsets: v.strictTuple([Offset, Offset]),
})
const Metadata = v.optional(v.object({ sha256: v.optional(v.string()) }))

const bad = (what: string) => failure('safetensors', `model.safetensors ${what}`)

/**
 * @param bytes of a file from anywhere
 * @param shapes of all the tensors that it must hold: these and no others
 */
export function readSafetensors(
  bytes: Uint8Array,
  shapes: ReadonlyMap<string, readonly number[]>,
): Result<ReadonlyMap<string, Float32Array>> {
  const header = readHeader(bytes)
  if (!header.ok) return header
  const { entries, digest, data } = header.value
  const tensors = new Map<string, Float32Array>()
  const spans: [from: number, to: number][] = []
  for (const [name, shape] of shapes) {
    const written = entries.get(name)
    if (written === undefined) return bad(`lacks the tensor ${name}.`)
    const parsed = v.safeParse(Entry, written)
    if (!parsed.success) {
      const issue = parsed.issues[0]
      return bad(`is malformed at ${name}, ${v.getDotPath(issue) ?? 'its root'}: ${issue.message}.`)
    }
    const { dtype, shape: found, data_offsets } = parsed.output
    const [from, to] = data_offsets
    if (found.join() !== shape.join())
      return bad(`has ${name} in the shape [${found.join(', ')}]; the configuration says [${shape.join(', ')}].`)
    if (to > data.length) return bad(`ends after ${data.length} bytes of numbers; ${name} stands at ${from} to ${to}.`)
    if (to - from !== sizeOf(shape) * BYTES_OF[dtype])
      return bad(
        `gives ${name} ${to - from} bytes; ${sizeOf(shape)} numbers of ${dtype} take ${sizeOf(shape) * BYTES_OF[dtype]}.`,
      )
    const values = readNumbers(data.subarray(from, to), dtype)
    if (!values.every(Number.isFinite)) return bad(`has a number in ${name} that is not finite.`)
    tensors.set(name, values)
    spans.push([from, to])
  }
  for (const name of entries.keys()) if (!shapes.has(name)) return bad(`holds ${quote(name)}, which the model has not.`)
  let end = 0
  for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
    if (from !== end)
      return bad(`has tensors that overlap or leave a gap, at byte ${Math.min(from, end)} of the numbers.`)
    end = to
  }
  if (end !== data.length) return bad(`has ${data.length - end} bytes behind its last tensor.`)
  if (digest !== undefined && digest !== bytesToHex(sha256(data)))
    return bad('was damaged or changed: its numbers do not have the digest that it names.')
  return success(tensors)
}

interface Header {
  /** By name, as they stand there. */
  readonly entries: ReadonlyMap<string, unknown>
  readonly digest: string | undefined
  readonly data: Uint8Array
}

function readHeader(bytes: Uint8Array): Result<Header> {
  if (bytes.length < LENGTH_BYTES) return bad(`has ${bytes.length} bytes: too few for a header.`)
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  if (length > MOST_HEADER_BYTES)
    return bad(`says that its header has ${length} bytes; at most ${MOST_HEADER_BYTES} are read.`)
  if (LENGTH_BYTES + length > bytes.length) return bad(`ends within its header: it has ${bytes.length} bytes.`)
  const data = bytes.subarray(LENGTH_BYTES + length)
  let json: unknown
  try {
    json = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length)),
    )
  } catch {
    return bad('has a header that is no JSON.')
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return bad('has a header that is no object.')
  const entries = new Map<string, unknown>(Object.entries(json))
  const metadata = v.safeParse(Metadata, entries.get(METADATA))
  if (!metadata.success) return bad(`is malformed at ${METADATA}: ${metadata.issues[0].message}.`)
  entries.delete(METADATA)
  return success({ entries, digest: metadata.output?.sha256, data })
}

/**
 * @param shapes of the tensors, in the order in which they are to stand
 * @throws where a tensor is missing, has another size, or holds a number that is not finite in this format
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, Float32Array>,
  shapes: ReadonlyMap<string, readonly number[]>,
  format: 'F32' | 'F16',
): Uint8Array {
  const written = [...shapes].map(([name, shape]) => {
    const values = tensors.get(name)
    if (values?.length !== sizeOf(shape)) throw new RangeError(`${name} has ${values?.length ?? 'no'} numbers`)
    const bytes = writeNumbers(values, format)
    if (!readNumbers(bytes, format).every(Number.isFinite)) throw new RangeError(`${name} does not fit into ${format}`)
    return { name, shape, bytes }
  })
  const data = new Uint8Array(written.reduce((sum, { bytes }) => sum + bytes.length, 0))
  const header: Record<string, unknown> = {}
  let end = 0
  for (const { name, shape, bytes } of written) {
    data.set(bytes, end)
    header[name] = { dtype: format, shape, data_offsets: [end, end + bytes.length] }
    end += bytes.length
  }
  const text = JSON.stringify({ [METADATA]: { format: 'pt', sha256: bytesToHex(sha256(data)) }, ...header })
  const padded = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES))
  const file = new Uint8Array(LENGTH_BYTES + padded.length + data.length)
  new DataView(file.buffer).setBigUint64(0, BigInt(padded.length), true)
  file.set(padded, LENGTH_BYTES)
  file.set(data, LENGTH_BYTES + padded.length)
  return file
}
