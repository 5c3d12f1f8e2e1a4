/** The theory's line pictures: a quantity against m on a doubling axis, with the chosen m marked. Layout first, pure. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import { termText } from '../../words/format.ts'

const WIDTH = 380
const HEIGHT = 190
const PLOT = { left: 40, right: 10, top: 12, bottom: 30 } as const

export interface Line {
  readonly name: string
  readonly tone: 'main' | 'other'
  /** At m = 1, 2, ...; undefined where there is nothing to say. */
  readonly values: readonly (number | undefined)[]
  /** Half widths of its band. */
  readonly errors?: readonly number[]
}

export interface LineLayout {
  /** Top of the axis; it begins at 0. */
  readonly top: number
  x(m: number): number
  y(value: number): number
  /** Of each line: its pieces, as SVG wants points, and its band if it has one. */
  readonly lines: readonly { readonly pieces: readonly string[]; readonly band: string | undefined }[]
}

/** The next of 1, 2, 5 times a power of ten. */
export function niceTop(value: number): number {
  if (!(value > 0)) return 0.1
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  return [1, 2, 5, 10].map((times) => times * power).find((top) => top >= value * (1 - 1e-9)) ?? 10 * power
}

export function layoutLines(lines: readonly Line[], most: number, top?: number): LineLayout {
  const highest = Math.max(
    0,
    ...lines.flatMap(({ values, errors }) => values.map((value, i) => (value ?? 0) + (errors?.[i] ?? 0))),
  )
  const end = top ?? niceTop(highest)
  const x = (m: number): number =>
    round(PLOT.left + (Math.log2(m) / Math.log2(most)) * (WIDTH - PLOT.left - PLOT.right))
  const y = (value: number): number =>
    round(PLOT.top + (1 - Math.min(1, Math.max(0, value / end))) * (HEIGHT - PLOT.top - PLOT.bottom))
  return { top: end, x, y, lines: lines.map((line) => ({ pieces: piecesOf(line, x, y), band: bandOf(line, x, y) })) }
}

type Scale = (value: number) => number

function piecesOf({ values }: Line, x: Scale, y: Scale): string[] {
  const pieces: string[][] = [[]]
  for (const [i, value] of values.entries()) {
    if (value === undefined) pieces.push([])
    else pieces.at(-1)?.push(`${x(i + 1)},${y(value)}`)
  }
  return pieces.filter((piece) => piece.length > 0).map((piece) => piece.join(' '))
}

function bandOf({ values, errors }: Line, x: Scale, y: Scale): string | undefined {
  if (errors === undefined || !errors.some((error) => error > 0)) return undefined
  const edge = (sign: number): string[] =>
    values.flatMap((value, i) => (value === undefined ? [] : `${x(i + 1)},${y(value + sign * (errors[i] ?? 0))}`))
  return [...edge(1), ...edge(-1).reverse()].join(' ')
}

export interface LinePicture {
  readonly label: string
  readonly lines: readonly Line[]
  readonly most: number
  /** The chosen m. */
  readonly m: number
  /** Fixed top of the axis. */
  readonly top?: number
  /** A level across, with its name. */
  readonly level?: { readonly value: number; readonly name: string }
}

export function linePicture({ label, lines, most, m, top, level }: LinePicture): TemplateResult {
  const layout = layoutLines(lines, most, top)
  const { x, y } = layout
  const ticks = [1, 2, 4, 8, 16, 32, 64].filter((tick) => tick <= most)
  return html`<svg class="lines-picture" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
    ${[0, layout.top / 2, layout.top].map((value) => svg`<path class="grid" d=${`M${PLOT.left} ${y(value)}H${WIDTH - PLOT.right}`} /><text class="scale" x=${PLOT.left - 5} y=${y(value) + 4} text-anchor="end">${termText(value)}</text>`)}
    ${ticks.map((tick) => svg`<text class="scale" x=${x(tick)} y=${HEIGHT - PLOT.bottom + 15} text-anchor="middle">${tick}</text>`)}
    <text class="scale" x=${WIDTH - PLOT.right} y=${HEIGHT - 2} text-anchor="end">rollouts a candidate, m</text>
    ${level === undefined ? nothing : svg`<path class="across" d=${`M${PLOT.left} ${y(level.value)}H${WIDTH - PLOT.right}`} /><text class="named" x=${WIDTH - PLOT.right - 3} y=${y(level.value) - 4} text-anchor="end">${level.name}</text>`}
    <path class="chosen" d=${`M${x(m)} ${PLOT.top}V${HEIGHT - PLOT.bottom}`} />
    ${lines.map(({ tone, values }, i) => {
      const { band, pieces } = layout.lines[i] ?? { band: undefined, pieces: [] }
      const here = values[m - 1]
      return svg`${band === undefined ? nothing : svg`<polygon class="band" points=${band} />`}
        ${pieces.map((points) => svg`<polyline class="curve-line ${tone}" points=${points} />`)}
        ${here === undefined ? nothing : svg`<circle class="point ${tone}" cx=${x(m)} cy=${y(here)} r="4" />`}`
    })}
  </svg>
  ${lines.length < 2 ? nothing : html`<p class="keys-of">${lines.map(({ name, tone }) => html`<span><svg width="22" height="8" aria-hidden="true"><path class="curve-line ${tone}" d="M0 4H22" /></svg> ${name}</span>`)}</p>`}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** How often steps drew n candidates: the closed form as outlines, what was drawn as filled bars. */
export function countsPicture(
  label: string,
  p: number,
  K: number,
  counts: readonly number[] | undefined,
): TemplateResult {
  const width = Math.min(40, 340 / K)
  const total = counts?.reduce((sum, count) => sum + count, 0) ?? 0
  const height = 90
  return html`<svg class="counts-picture" viewBox="0 0 ${width * K + 4} ${height + 16}" width=${width * K + 4} role="img" aria-label=${label}>
    ${expectedCounts(p, K).map((share, i) => {
      const x = 2 + i * width
      const drawn = total === 0 ? 0 : (counts?.[i + 1] ?? 0) / total
      return svg`<rect class="drawn" x=${x + 3} width=${width - 6} y=${height - drawn * (height - 6)} height=${drawn * (height - 6)} />
        <rect class="expected" x=${x + 1.5} width=${width - 3} y=${height - share * (height - 6)} height=${share * (height - 6)} />
        <text class="scale" x=${x + width / 2} y=${height + 13} text-anchor="middle">${i + 1}</text>`
    })}
    <path class="grid" d=${`M0 ${height}H999`} />
  </svg>`
}

/** P(N = n) for n = 1 to K. */
export function expectedCounts(p: number, K: number): number[] {
  return Array.from({ length: K }, (_, i) => (i + 1 < K ? p : 1) * (1 - p) ** i)
}
