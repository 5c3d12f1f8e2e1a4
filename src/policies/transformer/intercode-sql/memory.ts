/** What the view remembers of an episode: a pure function of the statements and of the observations they gave. */
import { remembered } from '../../../core/remembered.ts'
import { type Column, linksOf, readDescription, readTables, type Table } from '../../linear/intercode-sql/schema.ts'
import { MOST_COLUMNS, MOST_TABLES } from './pointers.ts'
import { type Asked, readAsked } from './question.ts'

/** An episode's state as the agent may look at it. The observation is asked for apart. */
export interface ShownSqlState {
  readonly task: { readonly instruction: string }
  /** The last statement that ran. */
  readonly query: string | undefined
  readonly done: boolean
}

export interface ViewMemory {
  readonly asked: Asked
  /** Names of the tables listed or described, in the order of their pointers. */
  readonly tables: readonly string[]
  /** Columns described, in the order of their pointers. */
  readonly columns: readonly Column[]
  /** What the last statement showed of the schema. */
  readonly news: News
  /** What is read of the last answer; empty before the first. */
  readonly text: string
  /** Tokens of the texts before it, about. */
  readonly spent: number
}

export type News =
  | { readonly kind: 'tables'; readonly from: number }
  | { readonly kind: 'columns'; readonly from: number; readonly table: Table; readonly partners: readonly number[] }
  | { readonly kind: 'known' }
  | { readonly kind: 'answer' }

/** Questions whose reading is remembered: of one and the same task it is the same in every run. */
const MOST_ASKED = 512

const asked = remembered(readAsked, MOST_ASKED)

export function emptyMemory(instruction: string): ViewMemory {
  return { asked: asked(instruction), tables: [], columns: [], news: { kind: 'answer' }, text: '', spent: 0 }
}

const DESCRIBES = /^(?:describe|desc|show\s+columns\s+from)\s+`?(\w+)`?\s*;?$/i

/** The memory after a statement. `observation` is what the agent read of it. */
export function afterAnswer(memory: ViewMemory, query: string | undefined, observation: string): ViewMemory {
  const sql = (query ?? '').trim()
  if (!observation.startsWith('[')) return { ...memory, news: { kind: 'answer' } }
  if (/^show\s+tables\b/i.test(sql)) return listed(memory, readTables(observation))
  const [, name] = DESCRIBES.exec(sql) ?? []
  const table = name === undefined ? undefined : readDescription(name.toLowerCase(), observation)
  return table === undefined ? { ...memory, news: { kind: 'answer' } } : described(memory, table)
}

function listed(memory: ViewMemory, names: readonly string[]): ViewMemory {
  const from = memory.tables.length
  const tables = [...memory.tables, ...names.filter((name) => placeOfTable(memory, name) < 0)].slice(0, MOST_TABLES)
  return { ...memory, tables, news: from === tables.length && from > 0 ? { kind: 'known' } : { kind: 'tables', from } }
}

function described(memory: ViewMemory, table: Table): ViewMemory {
  if (memory.columns.some((column) => column.table === table.name)) return { ...memory, news: { kind: 'known' } }
  const from = memory.columns.length
  const columns = [...memory.columns, ...table.columns].slice(0, MOST_COLUMNS)
  const { tables } = placeOfTable(memory, table.name) < 0 ? listed(memory, [table.name]) : memory
  const links = linksOf(tablesOf(columns), tables).filter(({ trust }) => trust >= 0.5)
  const partners = columns
    .slice(from)
    .map((column) =>
      columns.indexOf(links.find((link) => link.from === column && link.to.table !== table.name)?.to ?? column),
    )
    .map((place, i) => (place === from + i ? -1 : place))
  return { ...memory, tables, columns, news: { kind: 'columns', from, table, partners } }
}

function tablesOf(columns: readonly Column[]): readonly Table[] {
  const names = [...new Set(columns.map(({ table }) => table))]
  return names.map((name) => ({ name, words: [], columns: columns.filter(({ table }) => table === name) }))
}

/** @returns -1 for a table without a pointer */
export function placeOfTable({ tables }: Pick<ViewMemory, 'tables'>, name: string): number {
  const lower = name.toLowerCase()
  return tables.findIndex((known) => known.toLowerCase() === lower)
}

/** @returns -1 for a column without a pointer */
export function placeOfColumn({ columns }: Pick<ViewMemory, 'columns'>, table: string, name: string): number {
  const [inTable, lower] = [table.toLowerCase(), name.toLowerCase()]
  return columns.findIndex((column) => column.table.toLowerCase() === inTable && column.name.toLowerCase() === lower)
}
