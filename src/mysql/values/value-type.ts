/**
 * What MySQL knows of a value before it has one: decides comparisons, arithmetic and how it is printed.
 * In SQLite dates are text (`2014-05-30`, `2014-05-30 23:32:02`) and decimals are numbers whose scale stands here.
 */

export const VALUE_KINDS = ['int', 'decimal', 'double', 'float', 'text', 'date', 'datetime', 'time', 'null'] as const
export type ValueKind = (typeof VALUE_KINDS)[number]

export interface ValueType {
  readonly kind: ValueKind
  /** Digits after the point of a decimal; of a float(M,D) or double(M,D), its D; undefined elsewhere. */
  readonly decimals?: number
  /** Text that compares under NOCASE as under utf8mb4_general_ci: ASCII, nothing between `Z` and `a`, no blank at the end. */
  readonly plain?: boolean
  /** Text that compares byte by byte (BINARY, utf8mb4_bin). */
  readonly binary?: boolean
}

export const INT: ValueType = { kind: 'int' }
export const DOUBLE: ValueType = { kind: 'double' }
export const TEXT: ValueType = { kind: 'text' }
export const PLAIN: ValueType = { kind: 'text', plain: true }
export const NULL: ValueType = { kind: 'null' }
export const DATE: ValueType = { kind: 'date' }
export const DATETIME: ValueType = { kind: 'datetime' }
export const TIME: ValueType = { kind: 'time' }

export function decimal(decimals: number): ValueType {
  return { kind: 'decimal', decimals: Math.min(30, decimals) }
}

export function isNumber({ kind }: ValueType): boolean {
  return kind === 'int' || kind === 'decimal' || kind === 'double' || kind === 'float'
}

export function isTemporal({ kind }: ValueType): boolean {
  return kind === 'date' || kind === 'datetime' || kind === 'time'
}

export function isReal({ kind }: ValueType): boolean {
  return kind === 'double' || kind === 'float'
}

/** The type of a column declared as `varchar(20)`, `decimal(19,4)`, `int unsigned`... */
export function typeOfColumn(declared: string): ValueType {
  const [, name = '', , decimals] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?/.exec(declared.toLowerCase()) ?? []
  const scale = decimals === undefined ? {} : { decimals: Number(decimals) }
  if (/int$|^bit$|^year$/.test(name)) return INT
  if (name === 'decimal') return decimal(Number(decimals ?? 0))
  if (name === 'double') return { kind: 'double', ...scale }
  if (name === 'float') return { kind: 'float', ...scale }
  if (name === 'date') return DATE
  if (name === 'datetime' || name === 'timestamp') return DATETIME
  if (name === 'time') return TIME
  if (/binary$|blob$/.test(name)) return { kind: 'text', binary: true }
  return TEXT
}

/** The type of a value that may come from any of these (CASE, COALESCE, UNION). */
export function commonType(types: readonly ValueType[]): ValueType {
  const known = types.filter(({ kind }) => kind !== 'null')
  const [first] = known
  if (first === undefined) return NULL
  if (known.every(({ kind }) => kind === first.kind)) {
    if (first.kind === 'decimal') return decimal(Math.max(...known.map(({ decimals }) => decimals ?? 0)))
    if (first.kind === 'text') return known.every(({ plain }) => plain) ? PLAIN : TEXT
    return known.every(({ decimals }) => decimals === first.decimals) ? first : { kind: first.kind }
  }
  if (known.every(isNumber)) {
    if (known.some(isReal)) return DOUBLE
    return decimal(Math.max(...known.map(({ decimals }) => decimals ?? 0)))
  }
  if (known.every(({ kind }) => kind === 'date' || kind === 'datetime')) return DATETIME
  return TEXT
}

/** Digits after the point of a number that has a fixed scale; undefined for a real that has none, and for text. */
export function scaleOf({ kind, decimals }: ValueType): number | undefined {
  return kind === 'int' ? 0 : decimals
}

/** The result of +, - and *. */
export function arithmeticType(operator: '+' | '-' | '*', a: ValueType, b: ValueType): ValueType {
  if (a.kind === 'null' && b.kind === 'null') return DOUBLE
  const real = (t: ValueType) => isReal(t) || t.kind === 'text'
  if (real(a) || real(b)) {
    const [p, q] = [scaleOf(a), scaleOf(b)]
    if (p === undefined || q === undefined) return DOUBLE
    return { kind: 'double', decimals: operator === '*' ? p + q : Math.max(p, q) }
  }
  const [x, y] = [a.decimals ?? 0, b.decimals ?? 0]
  if (a.kind !== 'decimal' && b.kind !== 'decimal') return INT
  return decimal(operator === '*' ? x + y : Math.max(x, y))
}
