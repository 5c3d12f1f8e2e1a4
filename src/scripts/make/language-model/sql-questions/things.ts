/** A database as somebody who asks about it sees it: things with names and traits, and which thing belongs to which. */
import type { Cell, Table } from '../../databases/model.ts'
import { ADJECTIVES, type Degrees, PARTICIPLES, PLACES, plural, SYNONYMS, UNITS } from './lexicon.ts'

export type TraitKind = 'name' | 'category' | 'number' | 'year' | 'date' | 'flag' | 'text' | 'key'

export interface Trait {
  readonly column: string
  readonly kind: TraitKind
  /** Nouns for it, the plainest first. */
  readonly say: readonly string[]
  readonly unit: string | undefined
  /** `seats`, `listeners`: a number of them. */
  readonly counted: boolean
  readonly degrees: Degrees | undefined
  readonly participle: string | undefined
  readonly place: boolean
  /** Some row has none. */
  readonly missing: boolean
  /** The different values, in order of first appearance. */
  readonly values: readonly (string | number)[]
}

export interface Thing {
  readonly table: string
  readonly one: string
  readonly many: string
  /** The columns by which people call one; empty for a thing without a name. */
  readonly names: readonly Trait[]
  readonly key: Trait | undefined
  readonly traits: readonly Trait[]
  readonly parents: readonly Parent[]
}

export interface Parent {
  /** Column that refers. */
  readonly column: string
  /** Its table, and the key there. */
  readonly table: string
  readonly key: string
}

export function thingsOf(tables: readonly Table[]): readonly Thing[] {
  return tables.map((table) => {
    const traits = Object.keys(table.columns).map((column, i) => traitOf(table, column, i))
    const one = table.name.replaceAll('_', ' ')
    const parents = Object.entries(table.refs).flatMap(([column, target]) => {
      const key = tables.find(({ name }) => name === target)?.key[0]
      return key === undefined ? [] : [{ column, table: target, key }]
    })
    const [own] = table.key
    return {
      table: table.name,
      one,
      many: plural(one),
      names: traits.filter(({ kind }) => kind === 'name'),
      key: table.key.length === 1 ? traits.find(({ column }) => column === own) : undefined,
      traits,
      parents,
    }
  })
}

const NAMED = /^(?:name|title|label|designation|full_name|variety|first_name|last_name|latin_name)$/

function traitOf(table: Table, column: string, index: number): Trait {
  const type = table.columns[column] ?? ''
  const cells = table.rows.map((row) => row[index] ?? null)
  const values = [...new Set(cells.filter((cell): cell is Exclude<Cell, null> => cell !== null))]
  const words = column.split('_')
  const unit = words.length > 1 ? UNITS[words.at(-1) ?? ''] : undefined
  const base = (unit === undefined ? words : words.slice(0, -1)).join(' ')
  const head = base.split(' ').at(-1) ?? base
  const kind = kindOf(table, column, type, values, cells.length)
  const counted = kind === 'number' && /(?:s|mileage)$/.test(head) && !/(?:ess|us|is)$/.test(head)
  const said = SYNONYMS[base] ?? [base.replace(/ (?:on|at)$/, kind === 'date' ? ' date' : '')]
  return {
    column,
    kind,
    say: unit === undefined || counted ? said : [...said, `${said[0]} in ${unit}`],
    unit,
    counted,
    degrees: ADJECTIVES[head],
    participle: PARTICIPLES[base],
    place: PLACES.has(head),
    missing: cells.includes(null),
    values,
  }
}

function kindOf(
  { key, refs }: Table,
  column: string,
  type: string,
  values: readonly (string | number)[],
  rows: number,
): TraitKind {
  if (key.includes(column) || column in refs || /_(?:id|no|code)$|^code$/.test(column)) return 'key'
  if (NAMED.test(column)) return 'name'
  if (/^(?:int|decimal)/.test(type)) {
    const year = values.every((value) => Number(value) > 1000 && Number(value) < 2100)
    return year && /year|born|built|released|formed|founded/.test(column) ? 'year' : 'number'
  }
  if (/^date/.test(type)) return 'date'
  if (values.every((value) => value === 'yes' || value === 'no') && values.length > 0) return 'flag'
  return values.length <= Math.max(3, rows * 0.7) && values.length > 1 ? 'category' : 'text'
}
