/** What the parser makes of a whole statement. */
import type { ColumnReference, Expression, NamedTable, OrderTerm, Query, TableExpression } from './syntax.ts'

export interface ColumnDefinition {
  readonly name: string
  /** MySQL's, as `SHOW COLUMNS` has it: `int`, `varchar(20)`, `decimal(19,4)`. */
  readonly type: string
  readonly nullable: boolean
  readonly primary: boolean
  readonly unique: boolean
  readonly autoIncrement: boolean
  /** Undefined for none or NULL. */
  readonly default: string | undefined
  /** Of text, where it is not utf8mb4_general_ci. */
  readonly collation?: string
}

export interface TableDefinition {
  readonly database: string | undefined
  readonly name: string
  readonly ifNotExists: boolean
  readonly columns: readonly ColumnDefinition[]
  readonly primaryKey: readonly string[]
  readonly keys: readonly { readonly name: string; readonly columns: readonly string[]; readonly unique: boolean }[]
  readonly foreignKeys: readonly {
    readonly columns: readonly string[]
    readonly table: string
    readonly references: readonly string[]
  }[]
  /** CREATE TABLE ... AS SELECT. */
  readonly query: Query | undefined
  /** CREATE TABLE ... LIKE. */
  readonly like: NamedTable | undefined
}

export type Statement =
  | { readonly kind: 'query'; readonly query: Query }
  | Explain
  | Show
  | { readonly kind: 'describe'; readonly table: NamedTable; readonly column: string | undefined }
  | { readonly kind: 'use'; readonly database: string }
  | { readonly kind: 'nothing' }
  | SetVariables
  | Write

/** EXPLAIN of a statement. Of its forms only the tabular one is answered. */
export interface Explain {
  readonly kind: 'explain'
  readonly form: 'TRADITIONAL' | 'TREE' | 'JSON' | 'ANALYZE'
  readonly statement: { readonly kind: 'query'; readonly query: Query } | Write
}

/** What SHOW shows, by the words after it. */
export type Shown =
  | 'databases'
  | 'tables'
  | 'table-status'
  | 'columns'
  | 'index'
  | 'create-table'
  | 'create-view'
  | 'create-database'
  | 'variables'
  | 'status'
  | 'engines'
  | 'character-set'
  | 'collation'
  | 'processlist'
  | 'grants'
  | 'privileges'
  | 'warning-count'
  | 'error-count'
  | 'nothing'

export interface Show {
  readonly kind: 'show'
  readonly what: Shown
  readonly full: boolean
  readonly global: boolean
  /** IF NOT EXISTS of SHOW CREATE DATABASE. */
  readonly guarded: boolean
  readonly database: string | undefined
  readonly table: NamedTable | undefined
  /** Of an answer without rows: its columns. */
  readonly columns: readonly string[]
  readonly like: string | undefined
  readonly where: Expression | undefined
}

/** SET of variables: the user's (`@x`), the session's and the server's. */
export interface SetVariables {
  readonly kind: 'set'
  readonly variables: readonly {
    /** As written: `@x`, `sql_mode`. */
    readonly name: string
    readonly scope: 'user' | 'session' | 'global'
    /** Undefined for DEFAULT. */
    readonly value: Expression | undefined
  }[]
}

export interface Assignment {
  readonly column: ColumnReference
  readonly value: Expression
}

/** Which rows an UPDATE or a DELETE changes. */
interface Changed {
  /** The table that is changed; of an UPDATE of joined tables, the first of them. */
  readonly table: NamedTable
  /** The join that tells its rows; undefined where it stands alone. */
  readonly from: TableExpression | undefined
  readonly where: Expression | undefined
  readonly order: readonly OrderTerm[]
  /** LIMIT. */
  readonly limit: number | undefined
}

export type Write =
  | { readonly kind: 'create-table'; readonly table: TableDefinition }
  | { readonly kind: 'drop-table'; readonly tables: readonly NamedTable[]; readonly ifExists: boolean }
  | {
      readonly kind: 'create-view'
      readonly view: NamedTable
      readonly replace: boolean
      /** Names for its columns; those of the query where there are none. */
      readonly columns: readonly string[]
      readonly query: Query
      /** The query as it was written. */
      readonly sql: string
    }
  | { readonly kind: 'drop-view'; readonly views: readonly NamedTable[]; readonly ifExists: boolean }
  | {
      readonly kind: 'insert'
      readonly verb: 'INSERT' | 'INSERT OR IGNORE' | 'REPLACE'
      readonly table: NamedTable
      readonly columns: readonly string[] | undefined
      readonly rows: readonly (readonly Expression[])[]
      readonly query: Query | undefined
      /** ON DUPLICATE KEY UPDATE. */
      readonly duplicate: readonly Assignment[]
      /** The name under which ON DUPLICATE KEY UPDATE knows the row that was to be inserted. */
      readonly row: string | undefined
    }
  | (Changed & { readonly kind: 'update'; readonly set: readonly Assignment[]; readonly ignore: boolean })
  | (Changed & { readonly kind: 'delete' })
  | { readonly kind: 'alter-table'; readonly table: NamedTable; readonly changes: readonly TableChange[] }

/** One change of ALTER TABLE; CREATE INDEX, DROP INDEX and RENAME TABLE are of the same kind. */
export type TableChange =
  /** `after` is a column, or '' for the first place; undefined for the last. */
  | { readonly kind: 'add'; readonly column: ColumnDefinition; readonly after: string | undefined }
  | { readonly kind: 'drop'; readonly column: string }
  | { readonly kind: 'rename'; readonly column: string; readonly to: string }
  | { readonly kind: 'modify'; readonly column: string; readonly to: ColumnDefinition }
  | { readonly kind: 'rename-table'; readonly to: NamedTable }
  | {
      readonly kind: 'add-key'
      readonly key: { readonly name: string; readonly columns: readonly string[]; readonly unique: boolean }
    }
  | { readonly kind: 'add-primary-key'; readonly columns: readonly string[] }
  | { readonly kind: 'drop-key'; readonly name: string }
  /** Kept, and not enforced. */
  | {
      readonly kind: 'add-foreign-key'
      readonly key: {
        readonly columns: readonly string[]
        readonly table: string
        readonly references: readonly string[]
      }
    }
