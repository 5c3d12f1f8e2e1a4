/**
 * The records of a JSON list or object, as bytes, while the file comes by: what stands between two commas of its outermost level.
 * Whether a record is JSON is found out by whoever parses it; together with what is checked here, the file is.
 */

export interface RecordBytes {
  /** Of a list an entry, of an object `"key": value`, with the space around it. */
  readonly bytes: Uint8Array
  /** Where in the file it starts. */
  readonly offset: number
}

/** Bytes of a record. Real ones have some thousand. */
export const MOST_RECORD = 2 ** 26

const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44]
const [LIST, LIST_END, OBJECT, OBJECT_END] = [91, 93, 123, 125]
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

export class JsonSplitter {
  /** What the file is; undefined before its first bracket. */
  root: 'list' | 'object' | undefined
  /** Where the file cannot be JSON: set once, and nothing comes after. */
  fault: number | undefined
  /** Whether the outermost bracket is shut. */
  closed = false
  #rest = new Uint8Array(0)
  /** Where in the file `#rest` starts. */
  #offset = 0
  #depth = 0
  #inText = false
  #records = 0

  #opens(byte: number): boolean {
    if (this.closed || (byte !== LIST && byte !== OBJECT)) return false
    this.root = byte === LIST ? 'list' : 'object'
    this.#depth = 1
    return true
  }

  /** The next bytes of the file. */
  *push(chunk: Uint8Array): Generator<RecordBytes, void, void> {
    const bytes = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk)
    const offset = this.#offset
    let at = this.#rest.length
    let start = 0
    while (at < bytes.length && this.fault === undefined) {
      if (this.#inText) {
        const quote = bytes.indexOf(QUOTE, at)
        at = quote === -1 ? bytes.length : quote + 1
        if (quote !== -1 && !isEscaped(bytes, quote, start)) this.#inText = false
        continue
      }
      const byte = bytes[at] as number // it is inside
      if (this.#depth === 0) {
        if (this.#opens(byte)) start = at + 1
        else if (!isSpace(byte) && BYTE_ORDER_MARK[offset + at] !== byte) this.fault = offset + at
      } else if (byte === QUOTE) this.#inText = true
      else if (byte === LIST || byte === OBJECT) this.#depth++
      else if (byte === LIST_END || byte === OBJECT_END) {
        if (--this.#depth === 0) {
          if ((byte === LIST_END) !== (this.root === 'list')) this.fault = offset + at
          else {
            this.closed = true
            const last = bytes.subarray(start, at)
            if (this.#records > 0 || !last.every(isSpace)) yield { bytes: last, offset: offset + start }
            start = at + 1
          }
        }
      } else if (byte === COMMA && this.#depth === 1) {
        this.#records++
        yield { bytes: bytes.subarray(start, at), offset: offset + start }
        start = at + 1
      }
      at++
    }
    if (this.#depth === 0) start = at // outside there is nothing to keep
    this.#rest = bytes.slice(start)
    this.#offset = offset + start
    if (this.#rest.length > MOST_RECORD) this.fault ??= this.#offset
  }
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9
}

/** Whether an odd number of backslashes stands before it. @param start no text began before */
function isEscaped(bytes: Uint8Array, quote: number, start: number): boolean {
  let at = quote
  while (at > start && bytes[at - 1] === BACKSLASH) at--
  return (quote - at) % 2 === 1
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}
