/** Columns of answers of which all is text. */
import type { ResultColumn } from '../values/result-set.ts'
import { TEXT } from '../values/value-type.ts'

export const textColumns = (...names: readonly string[]): ResultColumn[] => names.map((name) => ({ name, type: TEXT }))
