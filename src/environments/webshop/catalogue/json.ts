/**
 * JSON of a file, or a sentence with line and column. Browsers word their errors differently and some give no
 * position, so the place is found by a small scanner of our own, which runs only when `JSON.parse` has refused.
 */
import { failure, type Result, success } from '../../../core/failure.ts'

/** The failure `catalogue-json`. A byte order mark at the start is accepted. */
export function readJson(name: string, text: string): Result<unknown> {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text
  try {
    return success(JSON.parse(bare))
  } catch {
    const at = faultOffset(bare)
    const before = bare.slice(0, at)
    const line = before.split('\n').length
    const column = at - before.lastIndexOf('\n')
    return notJson(name, line, column, bare.slice(at, at + 12))
  }
}

/** The failure `catalogue-json`. @param there the text that stands at the place; '' at the end of the file */
export function notJson(name: string, line: number, column: number, there: string): ReturnType<typeof failure> {
  const what = there === '' ? 'the text ends too early' : `${JSON.stringify(there)} is not expected there`
  return failure(
    'catalogue-json',
    `${name} is not JSON: at line ${line}, column ${column}, ${what}. The file may be cut off or edited; fetch it again.`,
  )
}

const SPACE = /[ \t\n\r]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Offset of the first token that does not belong; the length of the text where something is missing at its end. */
export function faultOffset(text: string): number {
  const open: string[] = []
  let at = 0
  let expects: 'value' | 'first' | 'key' | 'first-key' | 'colon' | 'next' = 'value'
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    if (!pattern.test(text)) return false
    at = pattern.lastIndex
    return true
  }
  const skipString = (): boolean => {
    at++
    while (text[at] !== '"') {
      if (text[at] === '\\') {
        if (!skip(ESCAPE)) return false
      } else if (text.charCodeAt(at) >= 0x20) at++
      else return false // a control character, or the end
    }
    at++
    return true
  }
  for (;;) {
    skip(SPACE)
    const char = text[at]
    if (char === undefined) return at
    if (expects === 'colon') {
      if (char !== ':') return at
      at++
      expects = 'value'
    } else if (
      expects === 'next' ||
      (expects === 'first' && char === ']') ||
      (expects === 'first-key' && char === '}')
    ) {
      const innermost = open.at(-1)
      if (char === ',' && expects === 'next' && innermost !== undefined) expects = innermost === '{' ? 'key' : 'value'
      else if ((char === ']' && innermost === '[') || (char === '}' && innermost === '{')) {
        open.pop()
        expects = 'next'
      } else return at
      at++
    } else if (expects === 'key' || expects === 'first-key') {
      if (char !== '"' || !skipString()) return at
      expects = 'colon'
    } else if (char === '[' || char === '{') {
      open.push(char)
      expects = char === '[' ? 'first' : 'first-key'
      at++
    } else if (char === '"' ? skipString() : skip(SCALAR)) expects = 'next'
    else return at
  }
}
