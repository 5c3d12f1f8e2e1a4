/**
 * What MySQL knows of a value before it has one: decides comparisons, arithmetic and how it is printed.
 * In SQLite dates are text (`2014-05-30`, `2014-05-30 23:32:02`). Of exact numbers, those of 15 digits or fewer are numbers
 * there, for a double holds them; longer ones are digits in text, under the collation DECIMAL.
 */

export const VALUE_KINDS = ['int', 'decimal', 'double', 'float', 'text', 'date', 'datetime', 'time', 'null'] as const
export type ValueKind = (typeof VALUE_KINDS)[number]

export interface ValueType {
  readonly kind: ValueKind
  /** Digits after the point of a decimal; of a float(M,D) or double(M,D), its D; undefined elsewhere. */
  readonly decimals?: number
  /** Of int and decimal: the most digits, those after the point included (MySQL's precision); undefined: those of INT. */
  readonly digits?: number
  /**
   * Of int and decimal: `text` is digits in SQLite's text, for values beyond 15 digits and for BIGINT UNSIGNED. `loose` is
   * a number that may have more digits than its scale (quotients, averages), which MySQL rounds only when it sends them.
   */
  readonly form?: 'text' | 'loose'
  /** Of a text: a date or a time that a function made of a text; as a number its digits count. */
  readonly moment?: boolean
  /** Text that compares under NOCASE as under utf8mb4_general_ci: ASCII, nothing between `Z` and `a`, no blank at the end. */
  readonly plain?: boolean
  /** Text that is bytes (BINARY, BLOB). */
  readonly binary?: boolean
  /** Lower case; undefined for utf8mb4_general_ci that nothing says. */
  readonly collation?: string
  /** COLLATE says so: it comes before what columns say. */
  readonly explicit?: boolean
}

/** Digits that a double holds exactly, whatever they are. */
export const EXACT_DIGITS = 15
/** DECIMAL's. */
export const MOST_DIGITS = 65
export const MOST_DECIMALS = 30

export const INT: ValueType = { kind: 'int' }
/** What date functions make of a text. */
export const MOMENT_TEXT: ValueType = { kind: 'text', moment: true }
export const BIGINT: ValueType = { kind: 'int', digits: 20 }
/** BIGINT UNSIGNED. */
export const UNSIGNED: ValueType = { kind: 'int', digits: 20, form: 'text' }
export const DOUBLE: ValueType = { kind: 'double' }
export const TEXT: ValueType = { kind: 'text' }
export const PLAIN: ValueType = { kind: 'text', plain: true }
export const NULL: ValueType = { kind: 'null' }
export const DATE: ValueType = { kind: 'date' }
export const DATETIME: ValueType = { kind: 'datetime' }
export const TIME: ValueType = { kind: 'time' }

/** @param digits in all; those after the point and as many as an INT has before it, by default */
export function decimal(decimals: number, digits = decimals + INT_DIGITS, form?: ValueType['form']): ValueType {
  const type = {
    kind: 'decimal',
    decimals: Math.min(MOST_DECIMALS, decimals),
    digits: Math.min(MOST_DIGITS, digits),
  } as const
  return form === undefined ? type : { ...type, form }
}

const INT_DIGITS = 10

export function digitsOf({ digits, decimals }: ValueType): number {
  return digits ?? INT_DIGITS + (decimals ?? 0)
}

export function isNumber({ kind }: ValueType): boolean {
  return kind === 'int' || kind === 'decimal' || kind === 'double' || kind === 'float'
}

/** Int and decimal. */
export function isExact({ kind }: ValueType): boolean {
  return kind === 'int' || kind === 'decimal'
}

export function isTemporal({ kind }: ValueType): boolean {
  return kind === 'date' || kind === 'datetime' || kind === 'time'
}

export function isReal({ kind }: ValueType): boolean {
  return kind === 'double' || kind === 'float'
}

/** The type of a column declared as `varchar(20)`, `decimal(19,4)`, `int unsigned`... */
export function typeOfColumn(declared: string): ValueType {
  const [, name = '', digits, decimals] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?/.exec(declared.toLowerCase()) ?? []
  const scale = decimals === undefined ? {} : { decimals: Number(decimals) }
  if (name === 'bigint' || name === 'bit') return BIGINT
  if (/int$|^year$/.test(name)) return INT
  if (name === 'decimal') return decimal(Number(decimals ?? 0), Number(digits ?? 10))
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
  if (known.every(isExact)) return commonExact(known)
  if (known.every(({ kind }) => kind === first.kind)) {
    if (first.kind === 'text') return commonText(known)
    return known.every(({ decimals }) => decimals === first.decimals) ? first : { kind: first.kind }
  }
  if (known.every(isNumber)) return DOUBLE
  if (known.every(({ kind }) => kind === 'date' || kind === 'datetime')) return DATETIME
  return TEXT
}

function commonExact(types: readonly ValueType[]): ValueType {
  const decimals = Math.max(...types.map((type) => type.decimals ?? 0))
  const digits = decimals + Math.max(...types.map((type) => digitsOf(type) - (type.decimals ?? 0)))
  const form = types.some((type) => type.form === 'text') ? 'text' : types.find((type) => type.form)?.form
  if (types.some(({ kind }) => kind === 'decimal')) return decimal(decimals, digits, form)
  return { kind: 'int', digits, ...(form === undefined ? {} : { form }) }
}

function commonText(types: readonly ValueType[]): ValueType {
  const strongest =
    types.find(({ explicit }) => explicit) ?? types.find(({ binary, collation }) => binary || collation !== undefined)
  return strongest ?? (types.every(({ plain }) => plain) ? PLAIN : TEXT)
}

/** Digits after the point of a number that has a fixed scale; undefined for a real that has none, and for text. */
export function scaleOf({ kind, decimals }: ValueType): number | undefined {
  return kind === 'int' ? 0 : decimals
}

/** The result of +, - and * (manual, Precision Math). */
export function arithmeticType(operator: '+' | '-' | '*', a: ValueType, b: ValueType): ValueType {
  if (a.kind === 'null' && b.kind === 'null') return DOUBLE
  const real = (t: ValueType) => isReal(t) || t.kind === 'text'
  if (real(a) || real(b)) {
    const [p, q] = [scaleOf(a), scaleOf(b)]
    if (p === undefined || q === undefined) return DOUBLE
    return { kind: 'double', decimals: operator === '*' ? p + q : Math.max(p, q) }
  }
  const [x, y] = [a.decimals ?? 0, b.decimals ?? 0]
  const decimals = operator === '*' ? x + y : Math.max(x, y)
  const digits =
    operator === '*' ? digitsOf(a) + digitsOf(b) : decimals + Math.max(digitsOf(a) - x, digitsOf(b) - y) + 1
  const texts = a.form === 'text' || b.form === 'text'
  if (a.kind !== 'decimal' && b.kind !== 'decimal')
    return texts ? UNSIGNED : { kind: 'int', digits: Math.min(digits, 20) }
  const loose = a.form === 'loose' || b.form === 'loose'
  return decimal(decimals, digits, texts || (!loose && digits > EXACT_DIGITS) ? 'text' : loose ? 'loose' : undefined)
}
