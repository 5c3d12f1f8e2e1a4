/** Columns of what SHOW and its like answer. */
import type { ResultColumn } from '../values/result-set.ts'
import { DATETIME, INT, TEXT } from '../values/value-type.ts'

/** Text, but for `Name:int` and `Name:datetime`. */
export function shownColumns(...names: readonly string[]): ResultColumn[] {
  return names.map((written) => {
    const [name = '', kind] = written.split(':')
    return { name, type: kind === 'int' ? INT : kind === 'datetime' ? DATETIME : TEXT }
  })
}
