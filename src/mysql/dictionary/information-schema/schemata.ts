/** information_schema.schemata: the databases. */
import type { StoredTable } from '../../schema.ts'
import { SYSTEM_DATABASES } from '../names.ts'
import type { Described } from './described.ts'

export function schemata(tables: readonly StoredTable[]): Described {
  const names = new Set([...tables.map(({ database }) => database), ...SYSTEM_DATABASES])
  return {
    name: 'schemata',
    columns: [
      ['CATALOG_NAME', 'varchar(64)'],
      ['SCHEMA_NAME', 'varchar(64)'],
      ['DEFAULT_CHARACTER_SET_NAME', 'varchar(64)'],
      ['DEFAULT_COLLATION_NAME', 'varchar(64)'],
      ['SQL_PATH', 'varchar(64)'],
      ['DEFAULT_ENCRYPTION', 'varchar(3)'],
    ],
    rows: [...names].sort().map((name) => ['def', name, 'utf8mb4', 'utf8mb4_general_ci', null, 'NO']),
  }
}
