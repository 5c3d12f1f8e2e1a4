/** SQLite's collations for MySQL's, and which of two a comparison is made under. */
import { SqlError } from '../sql-error.ts'
import { type Comparing, comparing, DEFAULT_COLLATION } from '../values/collations.ts'
import type { ValueType } from '../values/value-type.ts'

const SQLITE: Readonly<Record<Comparing, string>> = {
  'letters-pad': 'MYSQL',
  letters: 'MYSQL_NO_PAD',
  'bytes-pad': 'RTRIM',
  bytes: 'BINARY',
}

/** By its name in SQLite. */
export function sqliteCollation({
  binary,
  plain,
  collation,
}: {
  readonly [K in 'binary' | 'plain' | 'collation']?: ValueType[K] | undefined
}): string {
  if (binary) return 'BINARY'
  const how = comparing(collation ?? DEFAULT_COLLATION)
  return plain && how.startsWith('letters') ? 'NOCASE' : SQLITE[how]
}

/** ` COLLATE x` for values that are text in SQLite; nothing for others. */
export function collation(...types: readonly ValueType[]): string {
  if (types.some(({ form }) => form === 'text')) return ' COLLATE DECIMAL'
  const texts = types.filter(({ kind }) => kind === 'text')
  if (texts.length === 0) return ''
  return ` COLLATE ${sqliteCollation({ ...shared(texts), plain: texts.every(({ plain }) => plain) })}`
}

/** What blanks at the end of a literal do not count under. */
export function pads(type: ValueType): boolean {
  return !type.binary && comparing(type.collation ?? DEFAULT_COLLATION).endsWith('pad')
}

/** Whether case and accents count. */
export function mindsCase(...types: readonly ValueType[]): boolean {
  const type = shared(types.filter(({ kind }) => kind === 'text'))
  return type.binary === true || comparing(type.collation ?? DEFAULT_COLLATION).startsWith('bytes')
}

/** The server's rules of coercibility: COLLATE first, bytes, then columns, of which a `_bin` wins. Throws 1267. */
export function shared(texts: readonly ValueType[], operation = '='): ValueType {
  const explicit = texts.filter((type) => type.explicit)
  const [first] = explicit
  if (first !== undefined) {
    const other = explicit.find((type) => type.collation !== first.collation)
    if (other === undefined) return first
    const [a, b] = [first, other].map((type) => `(${type.collation},EXPLICIT)`)
    throw new SqlError(1267, `Illegal mix of collations ${a} and ${b} for operation '${operation}'`)
  }
  const named = texts.filter((type) => type.collation !== undefined)
  return (
    texts.find(({ binary }) => binary) ??
    named.find(({ collation: name }) => name?.endsWith('_bin')) ??
    named[0] ?? { kind: 'text', plain: texts.every(({ plain }) => plain) }
  )
}
