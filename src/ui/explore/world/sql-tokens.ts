/** SQL cut into coloured pieces: no parser, only what the eye needs; and the names that a statement speaks of. */

export type SqlTokenKind = 'keyword' | 'string' | 'number' | 'comment' | 'name' | 'other'

export interface SqlToken {
  readonly kind: SqlTokenKind
  readonly text: string
}

const KEYWORDS = new Set(
  `ALL ALTER AND ANY AS ASC AVG BETWEEN BY CASE CAST COLUMNS COUNT CREATE CROSS DATABASE DATABASES DELETE DESC DESCRIBE
  DISTINCT DROP ELSE END EXCEPT EXISTS EXPLAIN FALSE FROM FULL GROUP HAVING IN INNER INSERT INTERSECT INTO IS JOIN LEFT
  LIKE LIMIT MAX MIN NATURAL NOT NULL OFFSET ON OR ORDER OUTER OVER PARTITION RECURSIVE REGEXP REPLACE RIGHT SELECT SET
  SHOW SUM TABLE TABLES THEN TRUE TRUNCATE UNION UPDATE USE USING VALUES WHEN WHERE WITH`.split(/\s+/),
)

/** Each takes what is unfinished to the end, so that any text is cut, and in linear time. */
const PIECES = {
  comment: /\/\*.*?(?:\*\/|$)|--(?=\s|$)[^\n]*|#[^\n]*/,
  string: /'(?:[^'\\]|\\.?|'')*(?:'|$)|"(?:[^"\\]|\\.?|"")*(?:"|$)/,
  quoted: /`(?:[^`]|``)*(?:`|$)/,
  word: /[\p{L}_$][\p{L}\p{N}_$]*/u,
  number: /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/,
} as const
const PIECE = new RegExp(
  `${Object.entries(PIECES)
    .map(([name, { source }]) => `(?<${name}>${source})`)
    .join('|')}|.`,
  'gisu',
)

export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = []
  for (const { 0: text, groups = {} } of sql.matchAll(PIECE)) {
    const last = tokens.at(-1)
    const kind = kindOf(text, groups, last?.kind === 'other' && last.text.endsWith('.'))
    if (kind === 'other' && last?.kind === 'other') tokens[tokens.length - 1] = { kind, text: last.text + text }
    else tokens.push({ kind, text })
  }
  return tokens
}

/** @param afterDot where a word is a name even if it reads like a keyword: `t.order` */
function kindOf(text: string, groups: Record<string, string | undefined>, afterDot: boolean): SqlTokenKind {
  if (groups.comment !== undefined) return 'comment'
  if (groups.string !== undefined) return 'string'
  if (groups.number !== undefined) return 'number'
  if (groups.quoted !== undefined) return 'name'
  if (groups.word !== undefined) return !afterDot && KEYWORDS.has(text.toUpperCase()) ? 'keyword' : 'name'
  return 'other'
}

/** Names of tables, columns, aliases and functions, lower case and without quotes. */
export function namesIn(sql: string): Set<string> {
  const names = sqlTokens(sql).filter(({ kind }) => kind === 'name')
  return new Set(names.map(({ text }) => text.replace(/^`|`$/g, '').replaceAll('``', '`').toLowerCase()))
}
