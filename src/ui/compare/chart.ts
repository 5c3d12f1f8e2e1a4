/**
 * Draws a figure with Observable Plot. Loaded with the first results. The same function draws for the page, in variables of
 * its style, and for a file, in colours of its own.
 */
import * as Plot from '@observablehq/plot'
import { armSign, plotSymbol } from './arm-signs.ts'
import type { Figure, Point } from './figures.ts'

export interface Palette {
  readonly ink: string
  readonly soft: string
  readonly line: string
  readonly panel: string
  readonly arm: (arm: number) => string
}

export const PAGE_PALETTE: Palette = {
  ink: 'var(--ink)',
  soft: 'var(--soft)',
  line: 'var(--line)',
  panel: 'var(--panel)',
  arm: (arm) => `var(--arm-${arm})`,
}

export const FILE_PALETTES: Record<'light' | 'dark', Palette> = {
  light: { ink: '#191c1f', soft: '#565d64', line: '#d8dcdf', panel: '#ffffff', arm: (arm) => armSign(arm).light },
  dark: { ink: '#e9ebed', soft: '#a4acb5', line: '#343b43', panel: '#1b1f24', arm: (arm) => armSign(arm).dark },
}

export interface Drawing {
  readonly palette: Palette
  readonly width: number
  readonly names: readonly string[]
  readonly picked?: (point: Point) => void
}

/** Rows of arms take the space that they need. */
const ROW_HEIGHT = 26

export function drawChart(figure: Figure, drawing: Drawing): SVGSVGElement {
  const { palette, width } = drawing
  const shared = {
    width,
    style: 'background: none; font: 12px system-ui, sans-serif; overflow: visible',
    ariaLabel: figure.title,
  }
  const svg = (
    figure.kind === 'lines' ? drawLines(figure, drawing, shared) : drawRows(figure, drawing, shared)
  ) as SVGSVGElement // no legend, no title: Plot gives the picture itself
  // Plot's own rules come as an inline style sheet, which the page's policy forbids; the page and the file need none of them.
  svg.querySelector('style')?.remove()
  svg.setAttribute('color', palette.ink)
  svg.setAttribute('role', 'img')
  return svg
}

type Shared = Pick<Plot.PlotOptions, 'width' | 'style' | 'ariaLabel'>

function drawLines(figure: Figure, drawing: Drawing, shared: Shared): Element {
  const { palette } = drawing
  const arms = [...new Set(figure.points.map(({ arm }) => arm))]
  const xs = [...new Set(figure.points.map(({ x }) => x))].sort((a, b) => a - b)
  const { places } = figure
  const groups = [
    { arm: -1, points: figure.points.filter(({ before }) => before) },
    ...arms.map((arm) => ({ arm, points: figure.points.filter((point) => point.arm === arm && !point.before) })),
  ].filter(({ points }) => points.length > 0)
  const values = figure.points.flatMap(({ value, halfWidth = 0 }) => [value - halfWidth, value + halfWidth])
  const room = (Math.max(...values) - Math.min(...values)) * 0.06 || 0.02
  return Plot.plot({
    ...shared,
    height: 300,
    marginLeft: 46,
    marginRight: 16,
    marginTop: 24,
    marginBottom: 38,
    x: {
      label: figure.xLabel,
      labelAnchor: 'center',
      labelArrow: 'none',
      insetLeft: 14,
      insetRight: 14,
      ...(places === undefined
        ? {
            type: figure.logarithmic ? 'log' : 'linear',
            ...(xs.length <= 12 && { ticks: ticksOf(xs) }),
            tickFormat: compact,
          }
        : {
            type: 'linear',
            domain: [0, places.length - 1],
            ticks: places.map((_, place) => place),
            tickFormat: (place: number) => places[place] ?? '',
          }),
    },
    y: {
      label: figure.valueLabel,
      labelArrow: 'none',
      domain: [Math.min(...values) - room, Math.max(...values) + room],
      ...(figure.percent && { tickFormat: (value: number) => `${Math.round(value * 1000) / 10} %` }),
      nice: true,
    },
    marks: [
      Plot.gridY({ stroke: palette.line, strokeOpacity: 1 }),
      Plot.axisY({
        color: palette.soft,
        tickSize: 0,
        ...(figure.percent && { tickFormat: (value: number) => `${Math.round(value * 1000) / 10} %` }),
        label: figure.valueLabel,
        labelArrow: 'none',
      }),
      ...groups.flatMap(({ arm, points }, place) =>
        armMarks(arm, points, (place - (groups.length - 1) / 2) * Math.min(4, 40 / groups.length), drawing),
      ),
    ],
  })
}

/** An arm's interval bars, line and symbols, a little to one side so that arms at the same budget do not hide each other. */
function armMarks(arm: number, points: readonly Point[], dx: number, { palette, picked }: Drawing): Plot.Markish[] {
  const colour = arm < 0 ? palette.soft : palette.arm(arm)
  const sign = armSign(Math.max(0, arm))
  const spread = points.filter(({ halfWidth }) => halfWidth !== undefined)
  const low = ({ value, halfWidth = 0 }: Point): number => value - halfWidth
  const high = ({ value, halfWidth = 0 }: Point): number => value + halfWidth
  return [
    Plot.line(points, {
      x: 'x',
      y: 'value',
      stroke: colour,
      strokeWidth: 1.6,
      dx,
      ...(arm < 0 ? { strokeDasharray: '1 4' } : sign.dash === '' ? {} : { strokeDasharray: sign.dash }),
    }),
    Plot.ruleX(spread, { x: 'x', y1: low, y2: high, stroke: colour, strokeWidth: 1.2, dx }),
    Plot.dot(points, {
      ...{ x: 'x', y: 'value', r: 5, symbol: arm < 0 ? 'circle' : plotSymbol(sign.symbol), dx },
      ...(arm < 0
        ? { fill: palette.panel, stroke: colour }
        : { fill: colour, stroke: palette.panel, strokeWidth: 0.8 }),
      title: 'words',
      render: pickable(points, picked),
    }),
  ]
}

const MARKS = { mean: 5, p95: 4, max: 4 } as const

function drawRows(figure: Figure, drawing: Drawing, shared: Shared): Element {
  const { palette, names, picked } = drawing
  const arms = [...new Set(figure.points.map(({ arm }) => arm))]
  const longest = Math.max(...arms.map((arm) => names[arm]?.length ?? 0))
  const values = figure.points.flatMap(({ value, halfWidth = 0 }) => [value - halfWidth, value + halfWidth])
  const least = Math.min(0, figure.reference ?? 0, ...values)
  const most = Math.max(figure.reference ?? 0, ...values)
  const left = Math.min(6.4 * longest + 14, (drawing.width ?? 500) * 0.48)
  return Plot.plot({
    ...shared,
    height: ROW_HEIGHT * arms.length + 64,
    marginLeft: left,
    marginRight: 20,
    marginTop: 8,
    marginBottom: 40,
    x: {
      label: figure.valueLabel,
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [least, most + (most - least) * 0.03 || 1],
    },
    y: { domain: arms, label: null, type: 'band' },
    marks: [
      Plot.gridX({ stroke: palette.line, strokeOpacity: 1 }),
      Plot.axisX({
        color: palette.soft,
        tickSize: 0,
        label: figure.valueLabel,
        labelAnchor: 'center',
        labelArrow: 'none',
        ...(figure.percent && { tickFormat: (value: number) => `${Math.round(value * 1000) / 10} %` }),
      }),
      Plot.axisY({
        color: palette.ink,
        tickSize: 0,
        label: null,
        tickFormat: (arm: number) => shortened(names[arm] ?? '', left / 6.4),
      }),
      ...(figure.reference === undefined ? [] : [Plot.ruleX([figure.reference], { stroke: palette.ink })]),
      ...arms.flatMap((arm) => {
        const points = figure.points.filter((point) => point.arm === arm)
        const colour = palette.arm(arm)
        const middle = { y: 'arm' } as const
        return [
          // From the least to the most, where a row has several values.
          ...(points.length > 1
            ? [
                Plot.ruleY(points.slice(0, 1), {
                  ...middle,
                  x1: points[0]?.value ?? 0,
                  x2: points.at(-1)?.value ?? 0,
                  stroke: colour,
                  strokeWidth: 1.2,
                  strokeDasharray: '2 2',
                }),
              ]
            : []),
          Plot.ruleY(
            points.filter(({ halfWidth }) => halfWidth !== undefined),
            {
              ...middle,
              x1: ({ value, halfWidth = 0 }: Point) => value - halfWidth,
              x2: ({ value, halfWidth = 0 }: Point) => value + halfWidth,
              stroke: colour,
              strokeWidth: 1.6,
            },
          ),
          ...points.map((point) =>
            point.mark === undefined || point.mark === 'mean'
              ? Plot.dot([point], {
                  ...middle,
                  x: 'value',
                  r: MARKS.mean,
                  symbol: plotSymbol(armSign(arm).symbol),
                  fill: colour,
                  title: 'words',
                  render: pickable([point], picked),
                })
              : Plot.text([point], {
                  ...middle,
                  x: 'value',
                  text: point.mark === 'p95' ? () => '95' : () => 'max',
                  fill: colour,
                  fontSize: 10,
                  fontWeight: 600,
                  dy: -7,
                  title: 'words',
                  render: pickable([point], picked),
                }),
          ),
          ...(points.length > 1
            ? [Plot.tickX(points.slice(1), { ...middle, x: 'value', stroke: colour, strokeWidth: 2, inset: 8 })]
            : []),
        ]
      }),
    ],
  })
}

/** Plot gives marks no events: each drawn point gets its own. */
function pickable(points: readonly Point[], picked: Drawing['picked']): Plot.RenderFunction {
  return (index, scales, values, dimensions, context, next) => {
    const group = next?.(index, scales, values, dimensions, context) ?? null
    if (picked === undefined || group === null) return group
    ;[...group.children].forEach((drawn, place) => {
      const point = points[index[place] ?? -1]
      if (point === undefined) return
      drawn.setAttribute('cursor', 'pointer')
      drawn.addEventListener('click', () => picked(point))
    })
    return group
  }
}

function ticksOf(xs: readonly number[]): number[] {
  const least = (Math.max(...xs) - Math.min(...xs)) / 12
  return xs.filter((x, place) => place === 0 || x - (xs[place - 1] ?? 0) >= least)
}

function compact(value: number): string {
  return value >= 1000 ? `${Math.round(value / 100) / 10}k` : String(Math.round(value * 10) / 10)
}

function shortened(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, Math.max(4, Math.floor(most) - 1))}…`
}
