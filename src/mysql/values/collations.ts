/** The collations that MySQL knows by name, and what of them matters to a comparison here. */

/** Compared as: letters without case and accents (`PAD` forgets blanks at the end), or byte by byte. */
export type Comparing = 'letters-pad' | 'letters' | 'bytes-pad' | 'bytes'

/** What everything compares under that says nothing else. */
export const DEFAULT_COLLATION = 'utf8mb4_general_ci'

const LANGUAGES =
  'croatian cs czech da danish de_pb eo esperanto es es_trad estonian et german2 hr hu hungarian icelandic is la latvian lithuanian lt lv persian pl polish ro roman romanian ru sinhala sk sl slovak slovenian spanish spanish2 sv swedish tr turkish vi vietnamese'

const UNICODE = new RegExp(
  `^(bin|general_ci|unicode_ci|unicode_520_ci|0900_(ai_ci|as_ci|as_cs|bin)|(${LANGUAGES.split(' ').join('|')})(_ci|_0900_(ai_ci|as_cs)))$`,
)

/** Character sets besides utf8mb4, with the endings of their collations. */
const OTHERS: Readonly<Record<string, RegExp>> = {
  utf8mb3: UNICODE,
  ascii: /^(general_ci|bin)$/,
  latin1: /^(swedish_ci|general_ci|general_cs|bin|german1_ci|german2_ci|danish_ci|spanish_ci)$/,
  latin2: /^(general_ci|czech_cs|hungarian_ci|croatian_ci|bin)$/,
  cp1250: /^(general_ci|czech_cs|croatian_ci|polish_ci|bin)$/,
  cp1251: /^(general_ci|general_cs|bulgarian_ci|ukrainian_ci|bin)$/,
  ucs2: UNICODE,
  utf16: UNICODE,
  utf32: UNICODE,
  gbk: /^(chinese_ci|bin)$/,
  sjis: /^(japanese_ci|bin)$/,
  big5: /^(chinese_ci|bin)$/,
}

export interface NamedCollation {
  /** Lower case, as the server writes it. */
  readonly name: string
  readonly charset: string
}

/** Undefined for one that MySQL does not know. */
export function collationNamed(name: string): NamedCollation | undefined {
  const lower = name.toLowerCase().replace(/^utf8_/, 'utf8mb3_')
  if (lower === 'binary') return { name: lower, charset: lower }
  const [, charset = '', ending = ''] = /^([a-z0-9]+)_(.+)$/.exec(lower) ?? []
  const known = charset === 'utf8mb4' ? UNICODE : OTHERS[charset]
  return known?.test(ending) ? { name: lower, charset } : undefined
}

export function isCharset(name: string): boolean {
  const lower = name.toLowerCase()
  return ['utf8', 'utf8mb4', 'binary'].includes(lower) || lower in OTHERS
}

export function comparing(collation: string): Comparing {
  if (/_bin$|_cs$/.test(collation)) return collation.includes('_0900_') ? 'bytes' : 'bytes-pad'
  return collation.includes('_0900_') ? 'letters' : 'letters-pad'
}
