/** Keys in information_schema: KEY_COLUMN_USAGE, TABLE_CONSTRAINTS, REFERENTIAL_CONSTRAINTS, STATISTICS. */
import { type Cell, indexesOf, type SqlForeignKey, type SqlTable } from '../../schema.ts'
import { showIndex } from '../show-index.ts'
import { columns, type DictionaryTable, listedOwn } from './dictionary-table.ts'

export const KEY_COLUMN_USAGE: DictionaryTable = {
  name: 'KEY_COLUMN_USAGE',
  columns: columns(`
    CONSTRAINT_CATALOG varchar(64), CONSTRAINT_SCHEMA varchar(64), CONSTRAINT_NAME varchar(64), TABLE_CATALOG varchar(64),
    TABLE_SCHEMA varchar(64), TABLE_NAME varchar(64), COLUMN_NAME varchar(64), ORDINAL_POSITION int unsigned,
    POSITION_IN_UNIQUE_CONSTRAINT int unsigned, REFERENCED_TABLE_SCHEMA varchar(64), REFERENCED_TABLE_NAME varchar(64),
    REFERENCED_COLUMN_NAME varchar(64)`),
  rows: ({ schema }) => listedOwn(schema).flatMap(usageRows),
}

export const TABLE_CONSTRAINTS: DictionaryTable = {
  name: 'TABLE_CONSTRAINTS',
  columns: columns(`
    CONSTRAINT_CATALOG varchar(64), CONSTRAINT_SCHEMA varchar(64), CONSTRAINT_NAME varchar(64), TABLE_SCHEMA varchar(64),
    TABLE_NAME varchar(64), CONSTRAINT_TYPE varchar(11), ENFORCED varchar(3)`),
  rows: ({ schema }) => listedOwn(schema).flatMap(constraintRows),
}

export const REFERENTIAL_CONSTRAINTS: DictionaryTable = {
  name: 'REFERENTIAL_CONSTRAINTS',
  columns: columns(`
    CONSTRAINT_CATALOG varchar(64), CONSTRAINT_SCHEMA varchar(64), CONSTRAINT_NAME varchar(64),
    UNIQUE_CONSTRAINT_CATALOG varchar(64), UNIQUE_CONSTRAINT_SCHEMA varchar(64), UNIQUE_CONSTRAINT_NAME varchar(64),
    MATCH_OPTION enum('NONE','PARTIAL','FULL'), UPDATE_RULE enum('NO ACTION','RESTRICT','CASCADE','SET NULL','SET DEFAULT'),
    DELETE_RULE enum('NO ACTION','RESTRICT','CASCADE','SET NULL','SET DEFAULT'), TABLE_NAME varchar(64),
    REFERENCED_TABLE_NAME varchar(64)`),
  rows: ({ schema }) =>
    listedOwn(schema).flatMap(({ database, name, foreignKeys }) =>
      foreignKeys.map((key, i) => {
        const start = ['def', database, foreignKeyName(name, key, i), 'def', database, 'PRIMARY', 'NONE']
        return [...start, key.onUpdate ?? 'NO ACTION', key.onDelete ?? 'NO ACTION', name, key.table.toLowerCase()]
      }),
    ),
}

export const STATISTICS: DictionaryTable = {
  name: 'STATISTICS',
  columns: columns(`
    TABLE_CATALOG varchar(64), TABLE_SCHEMA varchar(64), TABLE_NAME varchar(64), NON_UNIQUE int, INDEX_SCHEMA varchar(64),
    INDEX_NAME varchar(64), SEQ_IN_INDEX int unsigned, COLUMN_NAME varchar(64), COLLATION varchar(1), CARDINALITY bigint,
    SUB_PART bigint, PACKED binary(0), NULLABLE varchar(3), INDEX_TYPE varchar(11), COMMENT varchar(8),
    INDEX_COMMENT varchar(2048), IS_VISIBLE varchar(3), EXPRESSION longtext`),
  rows: ({ schema }) =>
    listedOwn(schema).flatMap((table) =>
      showIndex(table).rows.map(([name = null, unique = null, ...rest]): Cell[] => {
        const shown = rest.map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell))
        return ['def', table.database, name as Cell, unique as Cell, table.database, ...shown] // SHOW INDEX has no bigints there
      }),
    ),
}

/** As InnoDB names those that nobody named. */
export function foreignKeyName(table: string, key: SqlForeignKey, place: number): string {
  return key.name ?? `${table}_ibfk_${place + 1}`
}

function usageRows(table: SqlTable): Cell[][] {
  const { database, name, foreignKeys } = table
  const unique = indexesOf(table).filter((key) => key.unique)
  const start = (key: string, column: string, i: number) => ['def', database, key, 'def', database, name, column, i + 1]
  const own = unique.flatMap((key) =>
    key.columns.map((column, i): Cell[] => [...start(key.name, column, i), null, null, null, null]),
  )
  const foreign = foreignKeys.flatMap((key, k) =>
    key.columns.map((column, i): Cell[] => [
      ...start(foreignKeyName(name, key, k), column, i),
      ...[i + 1, database, key.table.toLowerCase(), key.references[i] ?? null],
    ]),
  )
  return [...own, ...foreign]
}

function constraintRows(table: SqlTable): Cell[][] {
  const { database, name, foreignKeys } = table
  const row = (key: string, type: string): Cell[] => ['def', database, key, database, name, type, 'YES']
  return [
    ...indexesOf(table)
      .filter(({ unique }) => unique)
      .map((key) => row(key.name, key.name === 'PRIMARY' ? 'PRIMARY KEY' : 'UNIQUE')),
    ...foreignKeys.map((key, i) => row(foreignKeyName(name, key, i), 'FOREIGN KEY')),
  ]
}
