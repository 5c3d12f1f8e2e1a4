/** `repr` as CPython has it: both benchmarks show agents what Python printed. Source: CPython's documentation. */

/** `repr(float)`: shortest digits, an exponent below 1e-4 and from 1e16 on: `100.0`, `43.86`, `1e-05`, `1e+16`, `nan`. */
export function floatRepr(number: number): string {
  if (Number.isNaN(number)) return 'nan'
  const size = Math.abs(number)
  if (size === Number.POSITIVE_INFINITY) return number > 0 ? 'inf' : '-inf'
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) return number.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  return Number.isInteger(number) ? `${Object.is(number, -0) ? '-0' : number}.0` : String(number)
}

const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/** A code unit or point in hexadecimal, padded with zeros. */
export function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0')
}

/** `repr(str)`: single quotes unless only those occur inside; what is not printable is escaped. */
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
