/** The schema as far as the agent has read it: SHOW TABLES and DESCRIBE, in the text of their observations. */
import { readIdentifier } from './words.ts'

export const COLUMN_KINDS = ['number', 'text', 'date'] as const

export interface Column {
  readonly table: string
  readonly name: string
  readonly kind: (typeof COLUMN_KINDS)[number]
  /** Of whole numbers or dates: years, birth dates. */
  readonly dateLike: boolean
  /** Texts of at most three characters: `yes` and `no`. */
  readonly flag: boolean
  /** The text's longest length; Infinity where none is said. */
  readonly longest: number
  readonly primary: boolean
  /** A key of its own table or of another. */
  readonly key: boolean
  readonly words: readonly string[]
  readonly units: readonly string[]
}

export interface Table {
  readonly name: string
  readonly words: readonly string[]
  readonly columns: readonly Column[]
}

/** What DESCRIBE and SHOW TABLES have shown, in the order of showing. */
export interface Shown {
  /** Every table listed. */
  readonly listed: readonly string[]
  readonly described: readonly Table[]
}

export const NOTHING_SHOWN: Shown = { listed: [], described: [] }

/** Tables that are kept of a list, and columns of a table; what comes after is not looked at. */
const MOST_TABLES = 40
const MOST_COLUMNS = 30
const NAME = /^[A-Za-z_][A-Za-z0-9_$]{0,63}$/

/** First cells of `[('a',), ('b',)]`, also of a list cut short. */
export function readTables(observation: string): readonly string[] {
  const names: string[] = []
  for (const [, name = ''] of observation.slice(0, 4000).matchAll(/\(\s*['"]([^'"]*)['"]\s*,?\s*\)/g)) {
    if (NAME.test(name) && !names.includes(name)) names.push(name)
    if (names.length >= MOST_TABLES) break
  }
  return names
}

/** Rows of DESCRIBE: `('id', 'int', 'NO', 'PRI', None, '')`; types may be bytes. A row cut short counts once its type is there. */
const FIELD = /\(\s*['"]([^'"]*)['"]\s*,\s*b?['"]([^'"]*)['"]\s*(?:,\s*['"](?:YES|NO)['"]\s*(?:,\s*b?['"](\w*)['"])?)?/g

const descriptions = new Map<string, Table | undefined>()
const MOST_DESCRIPTIONS = 1000

/** The same answer is read once: a table that was described before is the same object. */
export function readDescription(name: string, observation: string): Table | undefined {
  const key = `${name}\0${observation}`
  if (descriptions.has(key)) return descriptions.get(key)
  if (descriptions.size >= MOST_DESCRIPTIONS) descriptions.clear()
  const read = tableIn(name, observation)
  descriptions.set(key, read)
  return read
}

function tableIn(name: string, observation: string): Table | undefined {
  const columns: Column[] = []
  for (const [, field = '', type = '', key = ''] of observation.slice(0, 8000).matchAll(FIELD)) {
    if (!NAME.test(field) || columns.length >= MOST_COLUMNS) continue
    columns.push(readColumn(name, field, type.toLowerCase(), key))
  }
  return columns.length === 0 ? undefined : { name, words: readIdentifier(name).words, columns }
}

function readColumn(table: string, name: string, type: string, key: string): Column {
  const { words, units } = readIdentifier(name)
  const number = /int|decimal|numeric|float|double|real/.test(type)
  const kind = number ? 'number' : /date|time|year/.test(type) ? 'date' : 'text'
  const length = /char\((\d+)\)/.exec(type)?.[1]
  const longest = kind === 'text' ? Number(length ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
  return {
    table,
    name,
    kind,
    dateLike:
      kind === 'date' ||
      (/int|year/.test(type) && /year|born|birth|built|released|opened|formed|founded|since/i.test(name)),
    flag: kind === 'text' && longest <= 3,
    longest,
    primary: key === 'PRI',
    key: /(?:^|_)id$|_no$|_code$/i.test(name) || key !== '',
    words,
    units,
  }
}

const NAMES = new WeakMap<Table, readonly Column[]>()

/** The column by which people call a row: its name or title, else its first text, else its first column. */
export function nameColumns(table: Table): readonly Column[] {
  let known = NAMES.get(table)
  if (known === undefined) {
    known = calledBy(table)
    NAMES.set(table, known)
  }
  return known
}

function calledBy({ name, columns }: Table): readonly Column[] {
  const named = columns.find((column) => /^(?:name|title|label|designation|full_name|variety)$/i.test(column.name))
  if (named !== undefined) return [named]
  const own = columns.find((column) => column.name.toLowerCase() === `${name}_name`.toLowerCase())
  if (own !== undefined) return [own]
  const names = columns.filter((column) => /name/i.test(column.name) && column.kind === 'text')
  if (names.length > 0) return names.slice(0, 2)
  return columns.slice(0, 1)
}

export interface Link {
  readonly from: Column
  readonly to: Column
  /** How sure it is that they join, 0 to 1. */
  readonly trust: number
}

/** Pairs of columns along which tables join, in both directions, best first. */
export function linksOf(tables: readonly Table[], listed: readonly string[]): readonly Link[] {
  const links: Link[] = []
  for (const table of tables) {
    for (const from of table.columns) {
      if (!from.key) continue
      const base = from.name.toLowerCase().replace(/_(?:id|no|code)$/, '')
      // A key that is named after a table waits for that table.
      let found = listed.some((listedName) => {
        const name = listedName.toLowerCase()
        return base === name || base.endsWith(`_${name}`) || name.endsWith(`_${base}`)
      })
      const weak: Link[] = []
      for (const other of tables) {
        for (const to of other.columns) {
          if (to === from || !to.key || (other === table && from.primary)) continue
          const trust = trustOf(from, to, other === table)
          if (trust >= 0.5) {
            links.push({ from, to, trust }, { from: to, to: from, trust })
            found = true
          } else if (trust > 0) weak.push({ from, to, trust }, { from: to, to: from, trust })
        }
      }
      if (!found) links.push(...weak)
    }
  }
  return links.sort((a, b) => b.trust - a.trust)
}

function trustOf(from: Column, to: Column, same: boolean): number {
  const a = from.name.toLowerCase()
  const b = to.name.toLowerCase()
  if (a === b) return same ? 0 : to.primary ? 1 : to.key ? 0.5 : 0
  if (!to.primary || from.primary || from.kind !== to.kind) return 0
  if (a.endsWith(`_${b}`) || a === `${to.table}_${b}`.toLowerCase()) return 0.9
  return /_id$/.test(a) && /_id$/.test(b) ? 0.1 : 0
}
