/** Databases as the engine keeps them: the one form that dumps, `.sqlite` files and CREATE TABLE are turned into. */

export interface SqlColumn {
  readonly name: string
  /** MySQL's, as DESCRIBE shows it. */
  readonly type: string
  readonly nullable: boolean
  /** Undefined for none or NULL. */
  readonly default: string | undefined
  readonly autoIncrement: boolean
  /** All its text compares under SQLite's NOCASE as under MySQL's collation (see ValueType.plain). */
  readonly plain: boolean
}

export interface SqlKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly unique: boolean
}

export interface SqlTable {
  readonly database: string
  readonly name: string
  readonly columns: readonly SqlColumn[]
  /** Names of columns, as they are declared; empty without one. */
  readonly primaryKey: readonly string[]
  readonly keys: readonly SqlKey[]
  readonly foreignKeys: readonly {
    readonly columns: readonly string[]
    readonly table: string
    readonly references: readonly string[]
  }[]
  /** How many rows it was loaded with; 0 for tables made later. Joins are ordered by it. */
  readonly size: number
}

/** Dates are `2014-05-30`, moments `2014-05-30 23:32:02`; whole numbers beyond 2^53 are bigints. */
export type Cell = string | number | bigint | null

export interface StoredTable extends SqlTable {
  readonly rows: readonly (readonly Cell[])[]
}

export interface SqlDatabase {
  /** Lower case. */
  readonly name: string
  readonly tables: readonly StoredTable[]
}

/** Tables by `database.table`, both in lower case, in the order they were made. A write makes a new one. */
export type Schema = ReadonlyMap<string, SqlTable>

export function schemaKey(database: string, table: string): string {
  return `${database.toLowerCase()}.${table.toLowerCase()}`
}

export function schemaOf(tables: Iterable<SqlTable>): Schema {
  return new Map([...tables].map((table) => [schemaKey(table.database, table.name), table]))
}

export function databasesOf(schema: Schema): ReadonlySet<string> {
  return new Set([...schema.values()].map(({ database }) => database))
}

/** What DESCRIBE shows under Key: PRI, UNI, MUL or nothing. */
export function keyOf(table: SqlTable, column: string): 'PRI' | 'UNI' | 'MUL' | '' {
  const same = (name: string | undefined) => name?.toLowerCase() === column.toLowerCase()
  if (table.primaryKey.some(same)) return 'PRI'
  if (table.keys.some(({ unique, columns }) => unique && columns.length === 1 && same(columns[0]))) return 'UNI'
  return table.keys.some(({ columns }) => same(columns[0])) ? 'MUL' : ''
}
