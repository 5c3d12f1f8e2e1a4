/** What information_schema and performance_schema tell of the server: character sets, engines, variables, who is connected. */

import { RESERVED_WORDS } from '../../parse/reserved-words.ts'
import { type Cell, databasesOf } from '../../schema.ts'
import { CHARACTER_SETS, COLLATIONS } from '../../server/character-sets.ts'
import { ENGINES as ENGINE_ROWS } from '../../server/engines.ts'
import { ACCOUNT, CLIENT_USER, CONNECTION } from '../../server/identity.ts'
import { PRIVILEGES } from '../../server/privileges.ts'
import { SERVER_VARIABLES } from '../../server/server-variables.ts'
import { shownValue } from '../../server/settings.ts'
import { STATUS } from '../../server/status.ts'
import { columns, type DictionaryTable, type Known } from './dictionary-table.ts'

export const SERVER_TABLES: readonly DictionaryTable[] = [
  {
    name: 'CHARACTER_SETS',
    columns: columns(
      'CHARACTER_SET_NAME varchar(64), DEFAULT_COLLATE_NAME varchar(64), DESCRIPTION varchar(2048), MAXLEN int unsigned',
    ),
    rows: () =>
      CHARACTER_SETS.map(({ name, collation, description, maxLength }) => [name, collation, description, maxLength]),
  },
  {
    name: 'COLLATIONS',
    columns: columns(`
      COLLATION_NAME varchar(64), CHARACTER_SET_NAME varchar(64), ID bigint unsigned, IS_DEFAULT varchar(3),
      IS_COMPILED varchar(3), SORTLEN int unsigned, PAD_ATTRIBUTE enum('PAD SPACE','NO PAD')`),
    rows: () =>
      COLLATIONS.map(({ name, set, id, isDefault, sortLength, pad }) => [
        ...[name, set, id, isDefault ? 'Yes' : '', 'Yes', sortLength, pad],
      ]),
  },
  {
    name: 'COLLATION_CHARACTER_SET_APPLICABILITY',
    columns: columns('COLLATION_NAME varchar(64), CHARACTER_SET_NAME varchar(64)'),
    rows: () => COLLATIONS.map(({ name, set }) => [name, set]),
  },
  {
    name: 'ENGINES',
    columns: columns(`
      ENGINE varchar(64), SUPPORT varchar(8), COMMENT varchar(80), TRANSACTIONS varchar(3), XA varchar(3), SAVEPOINTS varchar(3)`),
    rows: () => ENGINE_ROWS,
  },
  {
    name: 'KEYWORDS',
    columns: columns('WORD varchar(128), RESERVED int'),
    rows: () => [...RESERVED_WORDS].sort().map((word) => [word, 1]),
  },
  {
    name: 'PROCESSLIST',
    columns: columns(`
      ID bigint unsigned, USER varchar(32), HOST varchar(261), DB varchar(64), COMMAND varchar(16), TIME int, STATE varchar(64),
      INFO varchar(65535)`),
    rows: () => [[CONNECTION, ACCOUNT.user, CLIENT_USER.replace(/.*@/, ''), null, 'Query', 0, 'executing', null]],
  },
  {
    name: 'SCHEMATA_EXTENSIONS',
    columns: columns('CATALOG_NAME varchar(64), SCHEMA_NAME varchar(64), OPTIONS varchar(256)'),
    rows: ({ schema }) => [...databasesOf(schema)].sort().map((name) => ['def', name, '']),
  },
  {
    name: 'USER_ATTRIBUTES',
    columns: columns('USER char(32), HOST char(255), ATTRIBUTE longtext'),
    rows: () => [[ACCOUNT.user, ACCOUNT.host, null]],
  },
  {
    name: 'USER_PRIVILEGES',
    columns: columns(
      'GRANTEE varchar(292), TABLE_CATALOG varchar(512), PRIVILEGE_TYPE varchar(64), IS_GRANTABLE varchar(3)',
    ),
    rows: () => PRIVILEGES.map(([each]) => [`'${ACCOUNT.user}'@'${ACCOUNT.host}'`, 'def', each.toUpperCase(), 'YES']),
  },
]

const variables =
  (global: boolean) =>
  ({ settings }: Known): Cell[][] =>
    [...SERVER_VARIABLES.values()]
      .filter(({ scope }) => !global || scope !== 'session')
      .map((variable) => [variable.name, shownValue(settings, variable, global)])

const VARIABLE_COLUMNS = columns('VARIABLE_NAME varchar(64), VARIABLE_VALUE varchar(1024)')

/** Those of performance_schema that are asked for what SHOW tells. */
export const PERFORMANCE_TABLES: readonly DictionaryTable[] = [
  { name: 'global_variables', columns: VARIABLE_COLUMNS, rows: variables(true) },
  { name: 'session_variables', columns: VARIABLE_COLUMNS, rows: variables(false) },
  { name: 'global_status', columns: VARIABLE_COLUMNS, rows: () => STATUS },
  { name: 'session_status', columns: VARIABLE_COLUMNS, rows: () => STATUS },
]
