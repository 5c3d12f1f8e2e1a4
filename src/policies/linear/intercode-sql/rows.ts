/** Python's text of rows, read back as far as it was shown: the texts in it, by place. */

/** Characters that are read. */
const MOST_CHARACTERS = 4000

/** Rows of `[('a', 1, None), ...]`; a cell that is no text is undefined. A row cut short has the cells that are whole. */
export function readRows(observation: string): readonly (readonly (string | undefined)[])[] {
  const text = observation.slice(0, MOST_CHARACTERS)
  const rows: (readonly (string | undefined)[])[] = []
  let row: (string | undefined)[] = []
  let depth = 0
  let cell: string | undefined
  let filled = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i)
    if (c === "'" || c === '"') {
      let string = ''
      let end = i + 1
      while (end < text.length && text.charAt(end) !== c) {
        if (text.charAt(end) === '\\') end++
        string += text.charAt(end++)
      }
      if (end >= text.length) break
      if (depth === 1) cell = string
      filled = true
      i = end
    } else if (c === '(') {
      depth++
      if (depth === 1) {
        row = []
        cell = undefined
        filled = false
      }
    } else if (c === ',' && depth === 1) {
      row.push(cell)
      cell = undefined
      filled = false
    } else if (c === ')') {
      depth = Math.max(0, depth - 1)
      if (depth === 0) {
        if (filled) row.push(cell)
        rows.push(row)
        cell = undefined
        filled = false
      }
    } else if (c !== ' ' && c !== '[' && c !== ']') filled = true
  }
  return rows
}
