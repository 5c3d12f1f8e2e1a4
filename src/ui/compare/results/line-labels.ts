/** The names of lines at their ends, each on a line of its own, joined to its end where it had to move. */
import { make } from '../../parts/picture-file.ts'
import { placeLabels } from './label-places.ts'

/** Pixels of a letter and of a line of labels, about. */
const LETTER = 6.2
const LINE = 13
/** Between the end of a line and its label. */
const REACH = 16
const EDGE = 6

export interface LineEnd {
  /** In pixels of the picture. */
  readonly x: number
  readonly y: number
  readonly label: string
  readonly colour: string
  /** As in `data-arm`: what it is lit up by. */
  readonly arm: string
}

/** How wide the room beside the lines has to be. */
export function labelRoom(labels: readonly string[]): number {
  return Math.ceil(Math.max(0, ...labels.map(({ length }) => length)) * LETTER + REACH + EDGE)
}

/** How high a picture has to be for so many labels. */
export function labelsHeight(count: number): number {
  return count * LINE
}

/** @param bounds what of the picture's height labels may take */
export function endLabels(
  ends: readonly LineEnd[],
  bounds: { readonly top: number; readonly bottom: number },
): SVGGElement {
  const right = Math.max(...ends.map(({ x }) => x))
  const room = { gap: LINE, least: bounds.top, most: bounds.bottom }
  const places = placeLabels(
    ends.map(({ y }) => y),
    room,
  )
  const all = make('g', { 'font-size': 11.5, 'text-anchor': 'start' }) as SVGGElement // made as one
  for (const [at, { x, y, label, colour, arm }] of ends.entries()) {
    const place = places[at] ?? y
    const one = make('g', { 'data-arm': arm })
    const [from, to] = [x + 7, right + REACH - 2]
    const leader = { d: `M${from},${y}L${to},${place}`, fill: 'none', stroke: colour, 'stroke-width': 1, opacity: 0.7 }
    const words = make('text', { x: right + REACH, y: place, dy: '0.35em', fill: colour, 'font-weight': 600 })
    words.textContent = label
    one.append(make('path', leader), words)
    all.append(one)
  }
  return all
}
