/** What a statement may cost before it becomes an observation. All of them are in README.md, with what each stops. */

export interface SqlLimits {
  /** Units of work that a statement may cost (`run/engine/meter.ts`). 125 million take about half a second. */
  readonly work: number
  /** Rows of a result; more is an error. */
  readonly rows: number
  /** Characters of all cells of a result together; more is an error. */
  readonly characters: number
  /** Characters of a statement. */
  readonly statementLength: number
  /** Bytes of one value inside SQLite. */
  readonly valueBytes: number
  /** Bytes that SQLite may hold while a statement runs, beyond what the databases take when they are loaded. */
  readonly memoryBytes: number
  /** Pages of 4,096 bytes that the databases may fill, writes included, beyond what they filled when they were loaded. */
  readonly extraPages: number
  /** Writes that may lead to a place. */
  readonly writes: number
}

export const SQL_LIMITS: SqlLimits = {
  work: 125_000_000,
  rows: 20_000,
  characters: 4_000_000,
  statementLength: 10_000,
  valueBytes: 1_000_000,
  memoryBytes: 64 * 2 ** 20,
  extraPages: 4096,
  writes: 50,
}

/** Characters of a dump; a larger one would fill a page's memory several times over. */
export const MOST_DUMP_CHARACTERS = 128_000_000

/** The sentences of statements that went over a limit. */
export const LIMIT_WORDS = {
  work: 'Query execution was interrupted, it ran over the step limit of this environment',
  rows: (most: number) => `The result has more than ${most} rows, which is over the limit of this environment`,
  characters: (most: number) =>
    `The result has more than ${most} characters, which is over the limit of this environment`,
  statement: (most: number) =>
    `The statement is longer than ${most} characters, which is over the limit of this environment`,
  complex: 'The statement is too complex for this environment',
  unable: 'The statement cannot be run in this environment',
  value: 'Result of a function was larger than max_allowed_packet - truncated',
  memory: 'Query execution was interrupted, it ran out of the memory of this environment',
  full: (table: string) => `The table '${table}' is full`,
  writes: (most: number) => `An episode may write ${most} times here`,
} as const
