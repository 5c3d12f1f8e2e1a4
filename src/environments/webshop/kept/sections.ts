/**
 * A kept shop as one file: sections one after the other, and at the end what they are. A file that was not written to its end has
 * no end, and is none.
 */
import { failure, Interruption, type Result, success } from '../../../core/failure.ts'
import { type ByteSink, type ByteSource, type Bytes, bytesOf, textBytes, textOf } from './bytes.ts'

/** `RROS`, the last bytes of the file; before them, the number of bytes of the table, and the table. */
const MAGIC = 0x534f5252
/** Of the format, and of what is made of texts: the search terms. */
const VERSION = 1
const TAIL = 8

interface Table {
  readonly version: number
  readonly size: number
  readonly sections: Readonly<Record<string, readonly [from: number, to: number]>>
}

export class SectionWriter {
  readonly #sink: ByteSink
  readonly #sections: Record<string, readonly [from: number, to: number]> = {}
  #from = 0
  /** Bytes so far. */
  size = 0

  constructor(sink: ByteSink) {
    this.#sink = sink
  }

  /** Some bytes of the section at hand. */
  write(bytes: Bytes): void {
    this.#sink.write(bytes)
    this.size += bytes.length
  }

  /** What was written, at any place before `size`. */
  read(from: number, to: number): Bytes {
    return this.#sink.read(from, to)
  }

  /** The section at hand ends here, and has this name. */
  end(name: string): void {
    this.#sections[name] = [this.#from, this.size]
    this.#from = this.size
  }

  section(name: string, bytes: Bytes): void {
    this.write(bytes)
    this.end(name)
  }

  /** Everything that was written is on the disk before what says so. @param flush puts it there */
  close(flush: () => void = () => {}): void {
    flush()
    const table: Table = { version: VERSION, size: this.size, sections: this.#sections }
    const text = textBytes(JSON.stringify(table))
    this.write(text)
    this.write(bytesOf(Uint32Array.of(text.length, MAGIC)))
    flush()
  }
}

export interface Sections {
  readonly source: ByteSource
  /** Where it starts and ends. @throws for a section that there is not */
  range(name: string): readonly [from: number, to: number]
  read(name: string): Bytes
}

/** The failure `shop-unfinished`. */
export function openSections(source: ByteSource): Result<Sections> {
  const table = tableOf(source)
  if (table === undefined)
    return failure(
      'shop-unfinished',
      'The shop that is kept here was not written to its end. Bring its files once more.',
    )
  const range = (name: string): readonly [number, number] => {
    const found = table.sections[name]
    if (found === undefined) throw new Error(`The kept shop has no section ${name}.`)
    return found
  }
  return success({ source, range, read: (name) => source.read(...range(name)) })
}

/** For whoever reads in the midst of a step: the failure `shop-damaged`. @param what cannot be read, at the beginning of a sentence */
export function unreadable(what: string): Interruption {
  const words = `${what} of the shop that is kept on this computer cannot be read. Bring its files once more.`
  return new Interruption(failure('shop-damaged', words).failure)
}

/** Whether a file was written to its end, as far as its last bytes say. */
export async function isWhole(file: Blob): Promise<boolean> {
  const tail = await file.slice(Math.max(0, file.size - TAIL)).arrayBuffer()
  return tail.byteLength === TAIL && new Uint32Array(tail)[1] === MAGIC
}

function tableOf(source: ByteSource): Table | undefined {
  if (source.size < TAIL) return undefined
  const [length = 0, magic] = new Uint32Array(source.read(source.size - TAIL, source.size).buffer)
  const from = source.size - TAIL - length
  if (magic !== MAGIC || from < 0) return undefined
  try {
    const table: Table = JSON.parse(textOf(source.read(from, source.size - TAIL)))
    return table.version === VERSION && table.size === from ? table : undefined
  } catch {
    return undefined
  }
}
