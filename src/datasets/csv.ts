/**
 * Rows as CSV (RFC 4180), for spreadsheets: a header, lines that end in CR LF, cells quoted where they have to be. A text that
 * a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers.
 */
import { type Cell, jsonOf, type Row } from './cells.ts'
import { wellFormed } from './turns.ts'

export function csvHeader(row: Row): string {
  return lineOf(Object.keys(row))
}

export function csvLine(row: Row): string {
  return lineOf(Object.values(row).map(textOf))
}

/** What is no single value stands as its JSON. */
function textOf(cell: Cell): string {
  if (typeof cell === 'string') return harmless(wellFormed(cell))
  return typeof cell === 'object' && !('int' in cell || 'float' in cell) ? harmless(jsonOf(cell)) : jsonOf(cell)
}

/** Formulas begin so in Excel, LibreOffice and Google Sheets, in East Asian input also with the wide forms. */
function harmless(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
}
