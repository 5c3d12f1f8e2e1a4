/** What the parser makes of a whole statement. */
import type { SqlColumn, SqlForeignKey, SqlKey } from '../schema.ts'
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
  readonly comment?: string
  readonly onUpdate?: boolean
  readonly generated?: SqlColumn['generated']
}

export interface TableDefinition {
  readonly database: string | undefined
  readonly name: string
  readonly ifNotExists: boolean
  readonly columns: readonly ColumnDefinition[]
  readonly primaryKey: readonly string[]
  readonly keys: readonly SqlKey[]
  readonly foreignKeys: readonly SqlForeignKey[]
  readonly comment?: string | undefined
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

/** One of the changes of ALTER TABLE. Names of columns are as written. */
export type TableChange =
  | { readonly kind: 'add'; readonly column: ColumnDefinition; readonly after: Position }
  /** MODIFY, and CHANGE with another name. */
  | { readonly kind: 'change'; readonly name: string; readonly column: ColumnDefinition; readonly after: Position }
  | { readonly kind: 'drop'; readonly column: string }
  | { readonly kind: 'rename'; readonly column: string; readonly to: string }
  | { readonly kind: 'default'; readonly column: string; readonly value: string | undefined }
  | { readonly kind: 'rename-table'; readonly database: string | undefined; readonly to: string }
  | { readonly kind: 'add-primary'; readonly columns: readonly string[] }
  | { readonly kind: 'add-key'; readonly key: SqlKey }
  | { readonly kind: 'add-foreign'; readonly key: SqlForeignKey }
  | { readonly kind: 'drop-primary' }
  | { readonly kind: 'drop-key'; readonly name: string }
  | { readonly kind: 'drop-foreign'; readonly name: string }
  | { readonly kind: 'rename-key'; readonly name: string; readonly to: string }

/** Where a column comes to stand: after another, first, or at the end (undefined). */
export type Position = { readonly column: string } | 'first' | undefined
