/** SHOW VARIABLES, STATUS, ENGINES, CHARACTER SET, COLLATION, PROCESSLIST, GRANTS, PRIVILEGES. */
import { CHARACTER_SETS, COLLATIONS } from '../server/character-sets.ts'
import { ENGINES } from '../server/engines.ts'
import { ACCOUNT, CLIENT_USER, CONNECTION } from '../server/identity.ts'
import { PRIVILEGES } from '../server/privileges.ts'
import { SERVER_VARIABLES } from '../server/server-variables.ts'
import { type Settings, shownValue } from '../server/settings.ts'
import { STATUS } from '../server/status.ts'
import type { ResultSet } from '../values/result-set.ts'
import { shownColumns } from './shown-columns.ts'

export function showVariables(settings: Settings, global: boolean): ResultSet {
  const variables = [...SERVER_VARIABLES.values()].filter(({ scope }) => !global || scope !== 'session')
  return {
    columns: shownColumns('Variable_name', 'Value'),
    rows: variables.map((variable) => [variable.name, shownValue(settings, variable, global)]),
  }
}

export function showStatus(): ResultSet {
  return { columns: shownColumns('Variable_name', 'Value'), rows: STATUS }
}

export function showEngines(): ResultSet {
  const columns = shownColumns('Engine', 'Support', 'Comment', 'Transactions', 'XA', 'Savepoints')
  return { columns, rows: ENGINES }
}

export function showCharacterSets(): ResultSet {
  return {
    columns: shownColumns('Charset', 'Description', 'Default collation', 'Maxlen:int'),
    rows: CHARACTER_SETS.map(({ name, collation, description, maxLength }) => [
      name,
      description,
      collation,
      maxLength,
    ]),
  }
}

export function showCollations(): ResultSet {
  return {
    columns: shownColumns('Collation', 'Charset', 'Id:int', 'Default', 'Compiled', 'Sortlen:int', 'Pad_attribute'),
    rows: COLLATIONS.map(({ name, set, id, isDefault, sortLength, pad }) => [
      ...[name, set, id, isDefault ? 'Yes' : '', 'Yes', sortLength, pad],
    ]),
  }
}

/** @param sql the statement that asks */
export function showProcesses(database: string, sql: string, full: boolean): ResultSet {
  const columns = shownColumns('Id:int', 'User', 'Host', 'db', 'Command', 'Time:int', 'State', 'Info')
  const host = CLIENT_USER.replace(/.*@/, '')
  const row = [CONNECTION, ACCOUNT.user, host, database, 'Query', 0, 'init', full ? sql : sql.slice(0, 100)]
  return { columns, rows: [row] }
}

export function showGrants(): ResultSet {
  const { user, host } = ACCOUNT
  const all = PRIVILEGES.map(([name]) => name.toUpperCase()).join(', ')
  const grant = `GRANT ${all} ON *.* TO \`${user}\`@\`${host}\` WITH GRANT OPTION`
  return { columns: shownColumns(`Grants for ${user}@${host}`), rows: [[grant]] }
}

export function showPrivileges(): ResultSet {
  return { columns: shownColumns('Privilege', 'Context', 'Comment'), rows: PRIVILEGES }
}
