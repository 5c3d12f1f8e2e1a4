/** A table of information_schema before it is one: its columns with their types, and its rows. */
import type { Cell } from '../../schema.ts'

export interface Described {
  readonly name: string
  readonly columns: readonly (readonly [name: string, type: string])[]
  readonly rows: readonly (readonly Cell[])[]
}
