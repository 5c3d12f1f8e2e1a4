/** The rows of an INSERT that holds nothing but literals, word by word: most of a dump is this, in statements of megabytes. */
import { hexValue } from '../parse/statement/column-definition.ts'
import { readToken, type Token } from '../parse/tokens.ts'
import type { Cell } from '../schema.ts'
import { SqlError } from '../sql-error.ts'
import { NOW } from '../values/moments.ts'
import { fittingCell, initialCell } from './fitting-cell.ts'
import type { GrowingTable } from './growing-table.ts'

/** The head of an INSERT: which table, which of its columns, and where its rows begin. */
export interface InsertHead {
  readonly database: string | undefined
  readonly table: string
  /** Undefined for all. */
  readonly columns: readonly string[] | undefined
  readonly rowsAt: number
}

/** A reader of words that goes forward only. */
class Words {
  readonly text: string
  token: Token
  constructor(text: string, at: number) {
    this.text = text
    this.token = readToken(text, at)
  }
  next(): Token {
    const { token } = this
    this.token = readToken(this.text, token.end, token)
    return token
  }
  takeSymbol(symbol: string): boolean {
    if (this.token.kind !== 'symbol' || this.token.text !== symbol) return false
    this.next()
    return true
  }
  takeWord(...words: readonly string[]): boolean {
    if (this.token.kind !== 'word' || !words.includes(this.token.upper)) return false
    this.next()
    return true
  }
}

/** `INSERT [IGNORE] INTO t [(a, b)] VALUES`; undefined for other forms. */
export function insertHead(text: string): InsertHead | undefined {
  const words = new Words(text, 0)
  if (!words.takeWord('INSERT')) return undefined
  words.takeWord('LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY')
  words.takeWord('INTO')
  const first = nameHere(words)
  if (first === undefined) return undefined
  const second = words.takeSymbol('.') ? nameHere(words) : undefined
  let columns: string[] | undefined
  if (words.takeSymbol('(')) {
    columns = []
    while (!words.takeSymbol(')')) {
      const column = nameHere(words)
      if (column === undefined) return undefined
      columns.push(column)
      words.takeSymbol(',')
    }
  }
  if (!words.takeWord('VALUES', 'VALUE')) return undefined
  const [database, table] = second === undefined ? [undefined, first] : [first, second]
  return { database, table, columns: columns?.length === 0 ? undefined : columns, rowsAt: words.token.start }
}

function nameHere(words: Words): string | undefined {
  const { kind } = words.token
  return kind === 'word' || kind === 'quoted' ? words.next().text : undefined
}

/**
 * Adds the rows; gives how many. Undefined where something else than a literal stands, and then nothing was added. Throws
 * SqlError for what does not fit.
 */
export function addLiteralRows(text: string, head: InsertHead, table: GrowingTable, most: number): number | undefined {
  const places = placesOf(head, table)
  const rows: Cell[][] = []
  const words = new Words(text, head.rowsAt)
  do {
    words.takeWord('ROW')
    if (!words.takeSymbol('(')) return undefined
    const row = literalRow(words, table, places, rows.length + 1)
    if (row === undefined) return undefined
    rows.push(row)
    if (rows.length > most) throw new SqlError(0, `more than ${most} rows`)
  } while (words.takeSymbol(','))
  if (words.token.kind !== 'end') return undefined
  for (const row of rows) table.add(row)
  return rows.length
}

function placesOf({ columns }: InsertHead, { table }: GrowingTable): readonly number[] {
  if (columns === undefined) return table.columns.map((_, i) => i)
  return columns.map((name) => {
    const place = table.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase())
    if (place < 0) throw new SqlError(0, `it has no column "${name.slice(0, 60)}"`)
    return place
  })
}

/** After its parenthesis. */
function literalRow(
  words: Words,
  { columns }: GrowingTable,
  places: readonly number[],
  number: number,
): Cell[] | undefined {
  const row = new Array<Cell | undefined>(columns.length).fill(undefined)
  let count = 0
  if (!words.takeSymbol(')')) {
    do {
      const place = places[count++]
      const column = place === undefined ? undefined : columns[place]
      const value = literal(words, column?.column.type ?? '')
      if (value === NO_LITERAL) return undefined
      if (place === undefined || column === undefined) throw countError()
      if (value !== undefined) row[place] = fittingCell(column, value, number)
    } while (words.takeSymbol(','))
    if (!words.takeSymbol(')')) return undefined
    if (count !== places.length) throw countError()
  }
  return columns.map((column, i) => {
    const cell = row[i]
    return cell === undefined ? initialCell(column) : cell
  })
}

function countError(): SqlError {
  return new SqlError(1136, "Column count doesn't match value count in a row")
}

const NO_LITERAL = Symbol('no literal')

/** Undefined for DEFAULT. */
function literal(words: Words, type: string): Cell | undefined | typeof NO_LITERAL {
  if (words.token.kind === 'word' && /^(_\w+|N|DATE|TIMESTAMP|TIME)$/i.test(words.token.text)) {
    words.next()
    if (!isConstant(words.token)) return NO_LITERAL
  }
  const minus = words.takeSymbol('-')
  if (!minus) words.takeSymbol('+')
  const token = words.next()
  if (token.kind === 'number') return numberValue(`${minus ? '-' : ''}${token.text}`)
  if (minus) return NO_LITERAL
  if (token.kind === 'string') {
    let { text } = token
    while (words.token.kind === 'string') text += words.next().text
    return text
  }
  if (token.kind === 'hex') return hexValue(token.text, type)
  switch (token.upper) {
    case 'NULL':
      return null
    case 'TRUE':
    case 'FALSE':
      return token.upper === 'TRUE' ? 1 : 0
    case 'DEFAULT':
      return words.token.kind === 'symbol' && words.token.text === '(' ? NO_LITERAL : undefined
    case 'NOW':
    case 'CURRENT_TIMESTAMP':
    case 'LOCALTIMESTAMP':
      if (words.takeSymbol('(')) return words.takeSymbol(')') ? NOW : NO_LITERAL
      return token.upper === 'NOW' ? NO_LITERAL : NOW
    default:
      return NO_LITERAL
  }
}

function isConstant({ kind }: Token): boolean {
  return kind === 'string' || kind === 'hex' || kind === 'number'
}

function numberValue(text: string): Cell {
  const value = Number(text)
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(text) ? value : BigInt(text)
}
