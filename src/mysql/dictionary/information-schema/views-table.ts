/** information_schema.VIEWS. The query of a view stands as it was written, where the server would write it out. */
import { ACCOUNT, CHARSET, COLLATION } from '../../server/identity.ts'
import { columns, type DictionaryTable, listedOwn } from './dictionary-table.ts'

export const VIEWS: DictionaryTable = {
  name: 'VIEWS',
  columns: columns(`
    TABLE_CATALOG varchar(64), TABLE_SCHEMA varchar(64), TABLE_NAME varchar(64), VIEW_DEFINITION longtext,
    CHECK_OPTION enum('NONE','LOCAL','CASCADED'), IS_UPDATABLE enum('NO','YES'), DEFINER varchar(288), SECURITY_TYPE varchar(7),
    CHARACTER_SET_CLIENT varchar(64), COLLATION_CONNECTION varchar(64)`),
  rows: ({ schema }) =>
    listedOwn(schema).flatMap(({ database, name, view }) => {
      if (view === undefined) return []
      const owner = `${ACCOUNT.user}@${ACCOUNT.host}`
      return [['def', database, name, view.sql, 'NONE', 'NO', owner, 'DEFINER', CHARSET, COLLATION]]
    }),
}
