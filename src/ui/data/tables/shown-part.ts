/** Which rows of a long table are drawn: those that can be seen, and some around them. */

export const ROW_PIXELS = 30
const AROUND = 12

export interface ShownPart {
  readonly from: number
  /** Not included. */
  readonly to: number
  /** Pixels of the rows that are not drawn. */
  readonly above: number
  readonly below: number
}

/** @param top pixels that are scrolled away @param height pixels that are seen */
export function shownPart(rows: number, top: number, height: number): ShownPart {
  const first = Math.floor(Math.max(0, top) / ROW_PIXELS) - AROUND
  const from = Math.max(0, Math.min(first, rows - 1))
  const to = Math.min(rows, from + Math.ceil(height / ROW_PIXELS) + 2 * AROUND)
  return { from, to, above: from * ROW_PIXELS, below: (rows - to) * ROW_PIXELS }
}
