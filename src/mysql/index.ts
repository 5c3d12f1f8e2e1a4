/** MySQL 8 in a page or in Node: all that a program outside this folder imports. README.md tells how it works. */

export { readDump } from './import/dump.ts'
export type { ReadFailure, ReadResult } from './import/read-result.ts'
export { readSqlite } from './import/sqlite-file.ts'
export { MOST_DUMP_CHARACTERS, SQL_LIMITS, type SqlLimits } from './limits.ts'
export { type SqlEngine, startSqlEngine } from './run/engine/engine.ts'
export {
  type Cell,
  keyOf,
  type Schema,
  type SqlColumn,
  type SqlDatabase,
  type SqlKey,
  type SqlTable,
  type StoredTable,
} from './schema.ts'
export type { Outcome } from './session/outcome-memory.ts'
export type { Place, SentWrite } from './session/place.ts'
export { openSession, type Session } from './session/session.ts'
export { daysIn } from './values/moments.ts'
export { decimalText, sentReal } from './values/numbers.ts'
export type { ResultColumn, ResultSet, SqlValue } from './values/result-set.ts'
export type { ValueKind, ValueType } from './values/value-type.ts'
