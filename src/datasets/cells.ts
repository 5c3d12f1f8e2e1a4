/**
 * Rows of a data set, and their lines. The rows must load without a script, and Arrow infers a column's type from the first
 * rows it meets: so every row of a format has the same columns, none is ever null, and what is no whole number always carries a
 * decimal point (an integer column would refuse 0.5 later).
 */
import type { Message } from '../core/log/conversation.ts'
import { wellFormed } from './turns.ts'

export type Cell =
  | string
  | boolean
  | { readonly int: number }
  | { readonly float: number }
  | { readonly messages: readonly Message[] }
  | { readonly message: Message }
  /** The same under ShareGPT's names. */
  | { readonly turns: readonly Message[] }
  | { readonly texts: readonly string[] }
  | { readonly flags: readonly boolean[] }
  | { readonly floats: readonly number[] }
  /** Named values in one column, as a reader asks for them. */
  | { readonly fields: Row }

export interface Row {
  readonly [column: string]: Cell
}

/** None where the cell holds something else. */
export function messagesIn(cell: Cell | undefined): readonly Message[] {
  return typeof cell === 'object' && 'messages' in cell ? cell.messages : []
}

/** One JSON object, line end included. */
export function lineOfRow(row: Row): string {
  return `${jsonOfRow(row)}\n`
}

export function jsonOfRow(row: Row): string {
  const columns = Object.entries(row).map(([name, cell]) => `${JSON.stringify(name)}: ${jsonOf(cell)}`)
  return `{${columns.join(', ')}}`
}

export function jsonOf(cell: Cell): string {
  if (typeof cell === 'string') return JSON.stringify(wellFormed(cell))
  if (typeof cell === 'boolean') return String(cell)
  if ('int' in cell) return String(cell.int)
  if ('float' in cell) return float(cell.float)
  if ('floats' in cell) return `[${cell.floats.map(float).join(', ')}]`
  if ('flags' in cell) return JSON.stringify(cell.flags)
  if ('texts' in cell) return JSON.stringify(cell.texts.map(wellFormed))
  if ('turns' in cell) return JSON.stringify(cell.turns.map(turnOf))
  if ('fields' in cell) return jsonOfRow(cell.fields)
  if ('message' in cell) return JSON.stringify(cleanOf(cell.message))
  return JSON.stringify(cell.messages.map(cleanOf))
}

const FROM = { system: 'system', user: 'human', assistant: 'gpt' } as const

export function turnOf({ role, content }: Message): { readonly from: string; readonly value: string } {
  return { from: FROM[role], value: wellFormed(content) }
}

export function cleanOf({ role, content }: Message): Message {
  return { role, content: wellFormed(content) }
}

/** A JSON number that no reader takes for an integer. */
function float(value: number): string {
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}
