/**
 * How Python prints and trims: what princeton-nlp/WebShop @64fa2a5 shows was formatted by `str.strip`, `repr`,
 * `json.dumps` and f-strings. Source: CPython's documentation of those functions.
 */

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

/** `repr(number)` of a float: `100.0`, `43.86`, `1e-05`, `1e+16`. */
export function floatRepr(number: number): string {
  const size = Math.abs(number)
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) return number.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  return Number.isInteger(number) ? `${Object.is(number, -0) ? '-0' : number}.0` : String(number)
}

const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0')
}

/** `repr(text)`: single quotes unless only those occur inside; what is not printable is escaped. */
export function stringRepr(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const inside = text.replace(/[\\'"]|[\p{C}\p{Z}]/gu, (found) => {
    if (found === ' ') return found
    if (found === "'" || found === '"') return found === mark ? `\\${found}` : found
    const named = NAMED_ESCAPES.get(found)
    if (named !== undefined) return named
    const code = found.codePointAt(0) ?? 0
    if (code < 0x100) return `\\x${hex(code, 2)}`
    return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
  })
  return `${mark}${inside}${mark}`
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
