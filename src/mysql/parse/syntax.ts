/** What the parser makes of expressions and queries, which hold one another. */

export type Expression =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string; readonly cast?: 'date' | 'datetime' | 'time' }
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'default' }
  | { readonly kind: 'variable'; readonly name: string }
  | ColumnReference
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'compare-any'
      readonly operator: BinaryOperator
      readonly all: boolean
      readonly left: Expression
      readonly query: Query
    }
  | {
      readonly kind: 'between'
      readonly not: boolean
      readonly operand: Expression
      readonly low: Expression
      readonly high: Expression
    }
  | {
      readonly kind: 'in'
      readonly not: boolean
      readonly operand: Expression
      readonly items: readonly Expression[] | Query
    }
  | {
      readonly kind: 'like'
      readonly not: boolean
      readonly regexp: boolean
      readonly operand: Expression
      readonly pattern: Expression
      readonly escape: Expression | undefined
    }
  | {
      readonly kind: 'is'
      readonly not: boolean
      readonly operand: Expression
      readonly what: 'null' | 'true' | 'false' | 'unknown'
    }
  | { readonly kind: 'exists'; readonly query: Query }
  | { readonly kind: 'subquery'; readonly query: Query }
  | { readonly kind: 'row'; readonly items: readonly Expression[] }
  | {
      readonly kind: 'case'
      readonly operand: Expression | undefined
      readonly branches: readonly { readonly condition: Expression; readonly result: Expression }[]
      readonly otherwise: Expression | undefined
    }
  | { readonly kind: 'cast'; readonly operand: Expression; readonly to: CastType }
  | { readonly kind: 'interval'; readonly amount: Expression; readonly unit: string }
  | { readonly kind: 'collate'; readonly operand: Expression; readonly collation: string }
  | Call

export interface ColumnReference {
  readonly kind: 'column'
  readonly database: string | undefined
  readonly table: string | undefined
  readonly name: string
}

export interface Call {
  readonly kind: 'call'
  /** Upper case. */
  readonly name: string
  /** As written, with the database it was qualified by. */
  readonly written: string
  readonly args: readonly Expression[]
  readonly star: boolean
  readonly distinct: boolean
  readonly order: readonly OrderTerm[]
  readonly separator: string | undefined
  readonly over: WindowDefinition | undefined
}

export interface WindowDefinition {
  readonly name: string | undefined
  readonly partition: readonly Expression[]
  readonly order: readonly OrderTerm[]
  /** ROWS or RANGE clause, already in words that SQLite shares. */
  readonly frame: string | undefined
}

export type UnaryOperator = '-' | '+' | '~' | 'NOT' | 'BINARY'

export type BinaryOperator =
  | 'OR'
  | 'XOR'
  | 'AND'
  | '='
  | '<=>'
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '|'
  | '&'
  | '<<'
  | '>>'
  | '+'
  | '-'
  | '*'
  | '/'
  | 'DIV'
  | '%'
  | '^'

export interface CastType {
  /** Upper case: SIGNED, UNSIGNED, DECIMAL, CHAR, BINARY, DATE, DATETIME, TIME, YEAR, FLOAT, DOUBLE, REAL, JSON. */
  readonly name: string
  readonly length: number | undefined
  readonly decimals: number | undefined
}

export interface OrderTerm {
  readonly expression: Expression
  readonly descending: boolean
}

export interface Query {
  readonly with: readonly CommonTable[]
  readonly recursive: boolean
  readonly body: QueryBody
  readonly order: readonly OrderTerm[]
  readonly limit: Limit | undefined
}

export interface Limit {
  readonly count: number
  readonly offset: number
}

export interface CommonTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly query: Query
}

export type QueryBody =
  | Select
  | {
      readonly kind: 'compound'
      readonly operator: 'UNION' | 'UNION ALL' | 'EXCEPT' | 'EXCEPT ALL' | 'INTERSECT' | 'INTERSECT ALL'
      readonly left: QueryBody
      readonly right: QueryBody
    }
  | { readonly kind: 'nested'; readonly query: Query }
  | { readonly kind: 'values'; readonly rows: readonly (readonly Expression[])[] }

export interface Select {
  readonly kind: 'select'
  readonly distinct: boolean
  readonly items: readonly SelectItem[]
  readonly from: TableExpression | undefined
  readonly where: Expression | undefined
  readonly group: readonly OrderTerm[]
  readonly rollup: boolean
  readonly having: Expression | undefined
  readonly windows: readonly { readonly name: string; readonly window: WindowDefinition }[]
}

export type SelectItem =
  | { readonly kind: 'star'; readonly database: string | undefined; readonly table: string | undefined }
  | {
      readonly kind: 'expression'
      readonly expression: Expression
      readonly alias: string | undefined
      /** The text it was written as; its column name when it has no alias. */
      readonly text: string
    }

export type TableExpression = NamedTable | DerivedTable | Join

export interface NamedTable {
  readonly kind: 'table'
  readonly database: string | undefined
  readonly name: string
  readonly alias: string | undefined
  /** Indexes that hints name. */
  readonly hints?: readonly string[]
}

export interface DerivedTable {
  readonly kind: 'derived'
  readonly query: Query
  readonly alias: string
  readonly columns: readonly string[]
  readonly lateral: boolean
}

export interface Join {
  readonly kind: 'join'
  readonly type: 'inner' | 'left' | 'right'
  readonly left: TableExpression
  readonly right: TableExpression
  readonly on: Expression | undefined
  readonly using: readonly string[] | undefined
  readonly natural: boolean
  /** STRAIGHT_JOIN: the order of the tables is as written. */
  readonly straight: boolean
}
