/** The variables of a session: the server's own under their defaults, what SET changed of them, and the user's (`@x`). */
import { SqlError } from '../sql-error.ts'
import { SERVER_VARIABLES, type ServerVariable } from './server-variables.ts'

/** A variable's value: text, the digits of a number, or NULL. */
export type Setting =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'null' }

/** What was set, by name in lower case: `sql_mode` for the session's, `global.sql_mode` for the server's, `@x` for the user's. */
export type Settings = ReadonlyMap<string, Setting>

export const NO_SETTINGS: Settings = new Map()

/** Throws 1193 for a variable that there is not. */
export function serverVariable(name: string): ServerVariable {
  const found = SERVER_VARIABLES.get(name.toLowerCase())
  if (found === undefined) throw new SqlError(1193, `Unknown system variable '${name}'`)
  return found
}

/** A variable as it is written: `@x`, `@@x`, `@@session.x`, `@@global.x`. Throws 1193 and 1238. */
export function settingOf(settings: Settings, written: string): Setting {
  if (!written.startsWith('@@')) return settings.get(userVariable(written)) ?? { kind: 'null' }
  const [, scope = '', name = ''] = /^@@(?:(global|session|local|persist)\.)?(.*)$/is.exec(written) ?? []
  const variable = serverVariable(name.replaceAll('`', ''))
  const global = /^global$/i.test(scope)
  if (global && variable.scope === 'session')
    throw new SqlError(1238, `Variable '${variable.name}' is a SESSION variable`)
  if (/^(session|local)$/i.test(scope) && variable.scope === 'global')
    throw new SqlError(1238, `Variable '${variable.name}' is a GLOBAL variable`)
  return currentValue(settings, variable, global)
}

/** Its value in an expression: switches are 1 and 0. */
export function currentValue(settings: Settings, variable: ServerVariable, global: boolean): Setting {
  const set = settings.get(settingKey(variable, global))
  if (set !== undefined) return set
  const { kind, value } = variable
  if (kind === 'bool') return { kind: 'number', text: value === 'ON' ? '1' : '0' }
  if (kind === 'null') return { kind: 'null' }
  return kind === 'text' ? { kind: 'string', value } : { kind: 'number', text: value }
}

/** Its value as SHOW VARIABLES has it. */
export function shownValue(settings: Settings, variable: ServerVariable, global: boolean): string {
  const set = settings.get(settingKey(variable, global))
  if (set === undefined || set.kind === 'null') return variable.value
  if (set.kind === 'string') return set.value
  return variable.kind === 'bool' ? (set.text === '0' ? 'OFF' : 'ON') : set.text
}

const MODES = new WeakMap<Settings, ReadonlySet<string>>()

/** Whether the session's sql_mode has a mode (upper case). */
export function hasMode(settings: Settings, mode: string): boolean {
  let known = MODES.get(settings)
  if (known === undefined) {
    known = new Set(shownValue(settings, serverVariable('sql_mode'), false).split(','))
    MODES.set(settings, known)
  }
  return known.has(mode)
}

export function settingKey({ name, scope }: ServerVariable, global: boolean): string {
  return global || scope === 'global' ? `global.${name}` : name
}

/** `@x`, @`x` and @'x' are the same, in any case. */
export function userVariable(written: string): string {
  return `@${written
    .slice(1)
    .replace(/^[`'"]|[`'"]$/g, '')
    .toLowerCase()}`
}
