/**
 * What a visitor has changed in a world before a run was made in it: small, typed, applied on top of the loaded data. A run
 * carries its edits in its head, so that it is never mistaken for one of the world as it was loaded.
 */
import { Digest } from '../digest.ts'

/** Each says what stood there, so that it fits that data and no other. */
export type WorldEdit =
  /** Of a product of the shop; a price in dollars. */
  | { readonly kind: 'title' | 'price'; readonly asin: string; readonly from: string; readonly to: string }
  /** The value of a product's option. */
  | {
      readonly kind: 'option'
      readonly asin: string
      readonly name: string
      readonly from: string
      readonly to: string
    }
  /** A cell of a database's table; rows are counted from 0 in the order in which they were loaded. */
  | {
      readonly kind: 'cell'
      readonly database: string
      readonly table: string
      readonly row: number
      readonly column: string
      readonly from: string | null
      readonly to: string | null
    }
  /** What the agent is asked to do. */
  | { readonly kind: 'instruction'; readonly task: string; readonly from: string; readonly to: string }

export const MOST_EDITS = 50
/** Characters of a text in an edit. */
export const LONGEST_EDIT = 1_000

/** What of the world it changes: two with the same target are about the same thing. */
export function targetOf(edit: WorldEdit): string {
  const { kind } = edit
  switch (kind) {
    case 'title':
    case 'price':
      return JSON.stringify([kind, edit.asin])
    case 'option':
      return JSON.stringify([kind, edit.asin, edit.name, edit.from])
    case 'cell':
      return JSON.stringify([kind, edit.database, edit.table, edit.row, edit.column])
    case 'instruction':
      return JSON.stringify([kind, edit.task])
  }
}

/** Those before with a new one: one that changes the same thing again stands in its place, and goes where nothing is left. */
export function withEdit(before: readonly WorldEdit[], edit: WorldEdit): readonly WorldEdit[] {
  const same = (other: WorldEdit): boolean =>
    edit.kind === 'option' && other.kind === 'option'
      ? other.asin === edit.asin && other.name === edit.name && other.to === edit.from
      : targetOf(other) === targetOf(edit)
  const known = before.find(same)
  const merged = known === undefined ? edit : ({ ...edit, from: known.from } as WorldEdit) // of one kind
  return [...before.filter((other) => !same(other)), ...(merged.from === merged.to ? [] : [merged])]
}

/** Of edited data: other than that of the data as it was loaded, and the same for the same edits. */
export function editedFingerprint(loaded: string, edits: readonly WorldEdit[]): string {
  const digest = new Digest().add('edited 1', loaded)
  for (const edit of edits) digest.add(targetOf(edit), JSON.stringify([edit.from, edit.to]))
  return digest.hex()
}

/** For people: what data is called once it is edited. */
export function editedName(loaded: string): string {
  return `${loaded}, edited by hand`
}
