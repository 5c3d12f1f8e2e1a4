/** Tables as a grammar sees them: columns by what they hold, values that occur in them, joins that make sense. */
import type { SqlDatabase, StoredTable } from '../../../mysql/index.ts'

export type Kind = 'int' | 'decimal' | 'double' | 'text' | 'date' | 'datetime'

export interface Column {
  readonly name: string
  readonly kind: Kind
  /** Literals of values that occur. */
  readonly values: readonly string[]
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly key: readonly string[]
  readonly joins: readonly { readonly column: string; readonly table: string; readonly other: string }[]
}

export interface Tables {
  readonly database: string
  readonly tables: readonly Table[]
}

/** A column in a statement: under an alias. */
export interface Term {
  readonly sql: string
  readonly kind: Kind
  readonly values: readonly string[]
}

const MOST_VALUES = 12

export function tablesOf({ name, tables }: SqlDatabase): Tables {
  return { database: name, tables: tables.map(tableOf) }
}

function tableOf(table: StoredTable): Table {
  const columns = table.columns.map(({ name, type }, i) => {
    const kind = kindOf(type)
    const step = Math.max(1, Math.floor(table.rows.length / MOST_VALUES))
    const cells = table.rows.filter((_, row) => row % step === 0).map((row) => row[i] ?? null)
    const values = cells.filter((cell) => cell !== null).map((cell) => literal(String(cell), kind))
    return { name, kind, values: values.length > 0 ? values : [literal('1', kind)] }
  })
  const joins = table.foreignKeys.flatMap((key) => {
    const [column = '', other = ''] = [key.columns[0], key.references[0]]
    return [{ column, table: key.table.toLowerCase(), other }]
  })
  return { name: table.name, columns, key: table.primaryKey, joins }
}

function kindOf(type: string): Kind {
  if (/int|^year/.test(type)) return 'int'
  if (/^decimal/.test(type)) return 'decimal'
  if (/^(float|double)/.test(type)) return 'double'
  if (/^(datetime|timestamp)/.test(type)) return 'datetime'
  return type === 'date' ? 'date' : 'text'
}

function literal(value: string, kind: Kind): string {
  return kind === 'int' || kind === 'decimal' || kind === 'double' ? value : `'${value.replaceAll("'", "''")}'`
}

export function termsOf(table: Table, alias: string): Term[] {
  return table.columns.map(({ name, kind, values }) => ({ sql: `${alias}.${name}`, kind, values }))
}
