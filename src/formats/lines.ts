/** Text in pieces to lines, without ever holding more than one line: byte order mark, CR LF, a bound on the length. */

import { failure, type Result, success } from '../core/failure.ts'
import { grouped } from '../core/grouped.ts'

export interface Line {
  /** From 1. */
  readonly number: number
  readonly text: string
  /** Whether a line end follows; only the last line of a file may lack it. */
  readonly ended: boolean
}

/** What a file can be read from: a web stream, or anything that is iterated over in pieces. */
export type TextSource = ReadableStream<Uint8Array> | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>

/** Yields the lines in order; a failure is the last thing that it yields. */
export async function* linesOf(source: TextSource, mostCharacters: number): AsyncGenerator<Result<Line>, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let number = 1
  let held = ''
  let first = true
  const tooLong = () => failure('line-too-long', `Line ${number} is longer than ${grouped(mostCharacters)} characters.`)
  for await (const piece of piecesOf(source)) {
    let text: string
    try {
      text = typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true })
    } catch {
      yield failure('not-text', `Line ${number} or a line soon after it is not text in UTF-8.`)
      return
    }
    if (first && text !== '') {
      first = false
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const line = held + text.slice(from, end)
      held = ''
      from = end + 1
      if (line.length > mostCharacters) {
        yield tooLong()
        return
      }
      yield success({ number: number++, text: line.endsWith('\r') ? line.slice(0, -1) : line, ended: true })
    }
    held += text.slice(from)
    if (held.length > mostCharacters) {
      yield tooLong()
      return
    }
  }
  try {
    held += decoder.decode()
  } catch {
    yield failure('cut-off', `Line ${number} is cut off in the middle of a character.`)
    return
  }
  if (held !== '') yield success({ number, text: held, ended: false })
}

async function* piecesOf(source: TextSource): AsyncGenerator<string | Uint8Array, void, void> {
  if (!(source instanceof ReadableStream)) {
    yield* source
    return
  }
  // Safari has no async iteration of streams.
  const reader = source.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
