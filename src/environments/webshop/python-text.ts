/**
 * How Python prints and trims: what princeton-nlp/WebShop @64fa2a5 shows was formatted by `str.strip`,
 * `str(dict)` and `json.dumps`. Source: CPython's documentation of those functions.
 */
import { hex, stringRepr } from '../python-repr.ts'

/** Python's white space: Unicode's, and four ASCII separators, but not the byte order mark that `trim` takes. */
function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f)
  return code === 0x85 || (code !== 0xfeff && /\s/.test(String.fromCharCode(code)))
}

/** `text.strip()`. */
export function strip(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

/** `str(dict)` of strings. */
export function dictRepr(entries: Iterable<readonly [string, string]>): string {
  return `{${Array.from(entries, ([name, value]) => `${stringRepr(name)}: ${stringRepr(value)}`).join(', ')}}`
}

function jsonString(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (found) => `\\u${hex(found.charCodeAt(0), 4)}`)
}

/** `json.dumps(dict)` of strings: ASCII only, a space after `:` and `,`. */
export function jsonDumps(entries: Iterable<readonly [string, string]>): string {
  return `{${Array.from(entries, ([name, value]) => `${jsonString(name)}: ${jsonString(value)}`).join(', ')}}`
}

/** Order of strings by code point, as `sorted` has it. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) {
      const xPair = x >= 0xd800 && x < 0xe000
      return xPair === (y >= 0xd800 && y < 0xe000) ? x - y : xPair ? 1 : -1
    }
  }
  return a.length - b.length
}
