/** Statements taken apart, in MySQL's spelling and in the compact one: words, literals, marks, and which SELECT each is of. */

export type Lexeme =
  /** A word of SQL's own, lower case. */
  | { readonly kind: 'keyword'; readonly text: string }
  /** A name, perhaps behind that of its table; or a pointer. */
  | { readonly kind: 'name'; readonly text: string; readonly of: string | undefined }
  | { readonly kind: 'number'; readonly text: string }
  /** What stands between quotation marks. */
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string }

/** Characters and lexemes of a statement that are read. */
export const MOST_CHARACTERS = 2000

const LEXEME = /'((?:[^']|'')*)'|"([^"]*)"|([A-Za-z_][\w$]*)(?:\.([A-Za-z_][\w$]*))?|(\d+(?:\.\d+)?)|(<=|>=|<>|!=|\S)/g

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'select distinct from join inner left right outer cross on where and or not in is null like between group by having order asc desc ' +
    'limit offset union all intersect except exists as case when then else end'
  ).split(' '),
)

export const FUNCTIONS: ReadonlySet<string> = new Set(['count', 'sum', 'avg', 'min', 'max'])

const SETS: ReadonlySet<string> = new Set(['union', 'intersect', 'except'])

/** @param compact keywords are in lower case: capitals are pointers */
export function lexemesOf(sql: string, compact: boolean): readonly Lexeme[] {
  const lexemes: Lexeme[] = []
  for (const [whole, single, double, first, second, number] of sql.slice(0, MOST_CHARACTERS).matchAll(LEXEME)) {
    const quoted = single?.replaceAll("''", "'") ?? double
    if (quoted !== undefined) lexemes.push({ kind: 'string', text: quoted })
    else if (number !== undefined) lexemes.push({ kind: 'number', text: number })
    else if (first === undefined) lexemes.push({ kind: 'mark', text: whole })
    else if (second !== undefined) lexemes.push({ kind: 'name', text: second, of: first })
    else if (KEYWORDS.has(compact ? first : first.toLowerCase()))
      lexemes.push({ kind: 'keyword', text: first.toLowerCase() })
    else lexemes.push({ kind: 'name', text: first, of: undefined })
  }
  return lexemes
}

export function isKeyword(lexeme: Lexeme | undefined, ...texts: readonly string[]): boolean {
  return lexeme?.kind === 'keyword' && texts.includes(lexeme.text)
}

export function isMark(lexeme: Lexeme | undefined, text: string): boolean {
  return lexeme?.kind === 'mark' && lexeme.text === text
}

/** One SELECT. */
export interface Scope {
  readonly outer: Scope | undefined
  /** What FROM and JOIN name, in order. */
  readonly sources: { readonly name: string; readonly alias: string | undefined }[]
}

/** The SELECT that each lexeme is of. */
export function scopesOf(lexemes: readonly Lexeme[]): readonly Scope[] {
  const open = (outer: Scope | undefined): Scope => ({ outer, sources: [] })
  let scope = open(undefined)
  const waiting: (Scope | undefined)[] = []
  return lexemes.map((lexeme, i) => {
    const here = scope
    if (isMark(lexeme, '(')) {
      const nested = isKeyword(lexemes[i + 1], 'select')
      waiting.push(nested ? scope : undefined)
      if (nested) scope = open(scope)
    } else if (isMark(lexeme, ')')) scope = waiting.pop() ?? scope
    else if (lexeme.kind === 'keyword' && SETS.has(lexeme.text)) scope = open(scope.outer)
    else if (lexeme.kind === 'name' && isKeyword(lexemes[i - 1], 'from', 'join')) {
      const named = lexemes[i + 2]
      const alias = isKeyword(lexemes[i + 1], 'as') && named?.kind === 'name' ? named.text : undefined
      scope.sources.push({ name: lexeme.text, alias })
    }
    return here
  })
}
