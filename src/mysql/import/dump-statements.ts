/** A dump cut into its statements, as the client does it: at semicolons, or at what DELIMITER says. */

export interface DumpStatement {
  readonly text: string
  /** Of its first character, in the dump. */
  readonly start: number
}

/** Quotes, comments, the start of a line: where something else than a delimiter may be meant. */
const MARK = /['"`]|--(?=\s|$)|#|\/\*/g

/**
 * Without the delimiters, blanks and comments before it, and empty ones. Versioned comments are text. DELIMITER is a line
 * of the client's own.
 */
export function* dumpStatements(dump: string): Generator<DumpStatement> {
  let delimiter = ';'
  let at = 0
  for (;;) {
    at = afterBlanks(dump, at)
    if (at >= dump.length) return
    const command = /^DELIMITER[ \t]+(\S+)[^\n]*/i.exec(dump.slice(at, at + 200))
    if (command !== null) {
      delimiter = command[1] ?? ';'
      at += command[0].length
      continue
    }
    const end = statementEnd(dump, at, delimiter)
    if (end > at) yield { text: dump.slice(at, end), start: at }
    at = end + delimiter.length
  }
}

/** Where a delimiter stands that is in no text and no comment; the end of the dump without one. */
function statementEnd(dump: string, from: number, delimiter: string): number {
  let at = from
  let next = dump.indexOf(delimiter, at)
  for (;;) {
    if (next < 0) next = dump.length
    MARK.lastIndex = at
    const mark = MARK.exec(dump)
    if (mark === null || mark.index >= next) return next
    at = afterMark(dump, mark.index, mark[0])
    if (at > next) next = dump.indexOf(delimiter, at)
  }
}

/** Where a text or a comment ends that begins here. */
function afterMark(dump: string, start: number, mark: string): number {
  if (mark === '--' || mark === '#') return lineEnd(dump, start)
  // What a versioned comment holds is read.
  if (mark === '/*') return dump.charAt(start + 2) === '!' ? start + 3 : commentEnd(dump, start)
  for (let at = start + 1; at < dump.length; at++) {
    const c = dump.charAt(at)
    if (c === '\\' && mark !== '`') at++
    else if (c === mark) {
      if (dump.charAt(at + 1) !== mark) return at + 1
      at++
    }
  }
  return dump.length
}

function afterBlanks(dump: string, from: number): number {
  let at = from
  for (;;) {
    while (at < dump.length && dump.charCodeAt(at) <= 32) at++
    if (dump.startsWith('#', at) || /^--(?:\s|$)/.test(dump.slice(at, at + 3))) at = lineEnd(dump, at)
    else if (dump.startsWith('/*', at) && !isRead(dump, at)) at = commentEnd(dump, at)
    else return at
  }
}

/** `/*! ... *\/` is read by MySQL; `/*M! ... *\/` by MariaDB alone. */
function isRead(dump: string, at: number): boolean {
  return dump.charAt(at + 2) === '!'
}

function lineEnd(dump: string, at: number): number {
  const end = dump.indexOf('\n', at)
  return end < 0 ? dump.length : end + 1
}

function commentEnd(dump: string, at: number): number {
  const end = dump.indexOf('*/', at + 2)
  return end < 0 ? dump.length : end + 2
}
