/** What SET makes of the variables. Setting one of the server's changes what is shown of it; README.md lists those with an effect. */
import type { SetVariables } from '../parse/statement-syntax.ts'
import type { Expression, Query } from '../parse/syntax.ts'
import type { ServerVariable } from '../server/server-variables.ts'
import { type Setting, type Settings, serverVariable, settingKey, userVariable } from '../server/settings.ts'
import { SqlError } from '../sql-error.ts'
import { decimalText } from '../values/numbers.ts'
import { isNumber } from '../values/value-type.ts'
import type { Held, Reading } from './reading.ts'

const MODES = new Set(
  'REAL_AS_FLOAT PIPES_AS_CONCAT ANSI_QUOTES IGNORE_SPACE NOT_USED ONLY_FULL_GROUP_BY NO_UNSIGNED_SUBTRACTION NO_DIR_IN_CREATE ANSI TRADITIONAL NO_AUTO_VALUE_ON_ZERO NO_BACKSLASH_ESCAPES STRICT_TRANS_TABLES STRICT_ALL_TABLES NO_ZERO_IN_DATE NO_ZERO_DATE ALLOW_INVALID_DATES ERROR_FOR_DIVISION_BY_ZERO HIGH_NOT_PRECEDENCE NO_ENGINE_SUBSTITUTION PAD_CHAR_TO_FULL_LENGTH TIME_TRUNCATE_FRACTIONAL'.split(
    ' ',
  ),
)

/** Throws SqlError for a variable that there is not (1193), may not be set (1238, 1228, 1229) or not to this value (1231, 1232). */
export function changedSettings(reading: Reading, held: Held, database: string, { variables }: SetVariables): Settings {
  const settings = new Map(held.settings)
  for (const { name, scope, value } of variables) {
    const given = value === undefined ? undefined : evaluated(reading, held, database, value)
    if (scope === 'user') settings.set(userVariable(name), given ?? { kind: 'null' })
    else {
      const variable = serverVariable(name)
      refuse(variable, scope === 'global')
      const key = settingKey(variable, scope === 'global')
      if (given === undefined) settings.delete(key)
      else settings.set(key, accepted(variable, given))
    }
  }
  return settings
}

function refuse({ name, scope, readOnly }: ServerVariable, global: boolean): void {
  if (readOnly) throw new SqlError(1238, `Variable '${name}' is a read only variable`)
  if (global && scope === 'session')
    throw new SqlError(1228, `Variable '${name}' is a SESSION variable and can't be used with SET GLOBAL`)
  if (!global && scope === 'global')
    throw new SqlError(1229, `Variable '${name}' is a GLOBAL variable and should be set with SET GLOBAL`)
}

/** A value as its variable keeps it. */
function accepted({ name, kind }: ServerVariable, given: Setting): Setting {
  const written = given.kind === 'string' ? given.value : given.kind === 'number' ? given.text : 'NULL'
  const wrong = new SqlError(1231, `Variable '${name}' can't be set to the value of '${written}'`)
  if (kind === 'bool') {
    if (/^(1|on|true)$/i.test(written)) return { kind: 'number', text: '1' }
    if (/^(0|off|false)$/i.test(written)) return { kind: 'number', text: '0' }
    throw wrong
  }
  if (kind === 'int' || kind === 'double') {
    if (given.kind !== 'number' || (kind === 'int' && !/^-?\d+$/.test(given.text)))
      throw new SqlError(1232, `Incorrect argument type to variable '${name}'`)
    return given
  }
  if (given.kind === 'null') throw wrong
  if (name !== 'sql_mode') return { kind: 'string', value: written }
  const modes = written.split(',').filter((mode) => mode !== '')
  const unknown = modes.find((mode) => !MODES.has(mode.toUpperCase()))
  if (unknown !== undefined && given.kind === 'string')
    throw new SqlError(1231, `Variable 'sql_mode' can't be set to the value of '${unknown}'`)
  return { kind: 'string', value: modes.join(',').toUpperCase() }
}

function evaluated(reading: Reading, held: Held, database: string, value: Expression): Setting {
  const { columns, rows } = reading.rows(held, database, only(value))
  const cell = rows[0]?.[0] ?? null
  const type = columns[0]?.type
  if (cell === null || type === undefined) return { kind: 'null' }
  if (!isNumber(type)) return { kind: 'string', value: String(cell) }
  const exact = type.kind === 'decimal' && typeof cell !== 'string'
  return { kind: 'number', text: exact ? decimalText(cell, type.decimals ?? 0) : String(cell) }
}

function only(expression: Expression): Query {
  const item = { kind: 'expression', expression, alias: undefined, text: '' } as const
  const none = { distinct: false, from: undefined, where: undefined, group: [], rollup: false, having: undefined }
  const body = { kind: 'select', items: [item], windows: [], ...none } as const
  return { with: [], recursive: false, body, order: [], limit: undefined }
}
