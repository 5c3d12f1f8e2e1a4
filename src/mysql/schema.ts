/** Databases as the engine keeps them: the one form that dumps, `.sqlite` files and CREATE TABLE are turned into. */

export interface SqlColumn {
  readonly name: string
  /** MySQL's, as DESCRIBE shows it. */
  readonly type: string
  readonly nullable: boolean
  /** Undefined for none or NULL. */
  readonly default: string | undefined
  readonly autoIncrement: boolean
  /** ON UPDATE CURRENT_TIMESTAMP. */
  readonly onUpdate?: boolean
  /** GENERATED ALWAYS AS: MySQL's text of the expression, and whether the values are kept. */
  readonly generated?: { readonly expression: string; readonly stored: boolean } | undefined
  readonly comment?: string | undefined
  /** All its text compares under SQLite's NOCASE as under MySQL's collation (see ValueType.plain). */
  readonly plain: boolean
  /** Of text, where it is not utf8mb4_general_ci. */
  readonly collation?: string
}

export interface SqlKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly unique: boolean
  /** BTREE where it does not say. */
  readonly kind?: 'FULLTEXT' | 'SPATIAL' | undefined
  /** Of each column: how many characters of it count; undefined for all. */
  readonly lengths?: readonly (number | undefined)[] | undefined
}

export interface SqlForeignKey {
  /** Undefined where nobody named it. */
  readonly name?: string | undefined
  readonly columns: readonly string[]
  readonly table: string
  readonly references: readonly string[]
  /** `CASCADE`, `SET NULL`...; undefined for NO ACTION. */
  readonly onDelete?: string | undefined
  readonly onUpdate?: string | undefined
}

export interface SqlTable {
  readonly database: string
  readonly name: string
  readonly columns: readonly SqlColumn[]
  /** Names of columns, as they are declared; empty without one. */
  readonly primaryKey: readonly string[]
  readonly keys: readonly SqlKey[]
  readonly foreignKeys: readonly SqlForeignKey[]
  readonly comment?: string | undefined
  /** Of a view: its query as it was written, and the database it was written in. */
  readonly view?: { readonly sql: string; readonly database: string }
  /** One that the server makes up when it is read (information_schema, performance_schema). */
  readonly system?: boolean
  /** How many rows it was loaded with; 0 for tables made later. Joins are ordered by it. */
  readonly size: number
}

/** Dates are `2014-05-30`, moments `2014-05-30 23:32:02`; whole numbers beyond 2^53 are bigints. */
export type Cell = string | number | bigint | null

export interface StoredTable extends SqlTable {
  readonly rows: readonly (readonly Cell[])[]
}

/** A table that the server makes up: columns by name and type, and no keys. */
export function madeUpTable(database: string, name: string, columns: readonly (readonly [string, string])[]): SqlTable {
  return {
    database,
    name,
    columns: columns.map(([column, type]) => {
      return { name: column, type, nullable: true, default: undefined, autoIncrement: false, plain: false }
    }),
    ...{ primaryKey: [], keys: [], foreignKeys: [], size: 0 },
  }
}

export interface SqlDatabase {
  /** Lower case. */
  readonly name: string
  readonly tables: readonly StoredTable[]
}

/** Tables by `database.table`, both in lower case, in the order they were made. A write makes a new one, so that what is read out of one may be kept by it. */
export type Schema = ReadonlyMap<string, SqlTable>

export function schemaKey(database: string, table: string): string {
  return `${database.toLowerCase()}.${table.toLowerCase()}`
}

export function schemaOf(tables: Iterable<SqlTable>): Schema {
  return new Map([...tables].map((table) => [schemaKey(table.database, table.name), table]))
}

/** Databases that every server has. Those of them that hold no tables here are empty. */
export const SYSTEM_DATABASES = ['information_schema', 'mysql', 'performance_schema', 'sys'] as const

export function isSystemDatabase(name: string): boolean {
  return (SYSTEM_DATABASES as readonly string[]).includes(name)
}

const DATABASES = new WeakMap<Schema, ReadonlySet<string>>()

/** In the order in which they were made. */
export function databasesOf(schema: Schema): ReadonlySet<string> {
  let known = DATABASES.get(schema)
  if (known === undefined) {
    known = new Set([...SYSTEM_DATABASES, ...[...schema.values()].map(({ database }) => database)])
    DATABASES.set(schema, known)
  }
  return known
}

/** All indexes of a table, the primary key first, under the names that MySQL lists. */
export function indexesOf({ primaryKey, keys }: SqlTable): readonly SqlKey[] {
  return primaryKey.length > 0 ? [{ name: 'PRIMARY', columns: primaryKey, unique: true }, ...keys] : keys
}

/** The rows that a table was loaded with; undefined for one that was made later. */
export function storedRows(table: SqlTable & { readonly rows?: StoredTable['rows'] }): StoredTable['rows'] | undefined {
  return table.rows
}

/** What DESCRIBE shows under Key: PRI, UNI, MUL or nothing. */
export function keyOf(table: SqlTable, column: string): 'PRI' | 'UNI' | 'MUL' | '' {
  const same = (name: string | undefined) => name?.toLowerCase() === column.toLowerCase()
  if (table.primaryKey.some(same)) return 'PRI'
  if (table.keys.some(({ unique, columns }) => unique && columns.length === 1 && same(columns[0]))) return 'UNI'
  return table.keys.some(({ columns }) => same(columns[0])) ? 'MUL' : ''
}
