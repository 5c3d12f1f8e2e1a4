/**
 * Draws a figure with Observable Plot. Loaded with the first results. The same function draws for the page, in variables of
 * its style, and for a file, in colours of its own.
 */
import * as Plot from '@observablehq/plot'
import { armSign, plotSymbol } from '../arms/arm-signs.ts'
import type { Figure, Point } from './figure.ts'

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
  // The picture has a name; its parts are names of marks, which tell a reader nothing.
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
  svg.setAttribute('color', palette.ink)
  svg.setAttribute('role', 'img')
  return svg
}

type Shared = Pick<Plot.PlotOptions, 'width' | 'style' | 'ariaLabel'>

/** A point with the ends of its interval, as far as its measure goes. */
interface Drawn extends Point {
  readonly low: number
  readonly high: number
}

function drawn({ points, percent, range }: Figure): readonly Drawn[] {
  const [least, most] = percent ? [0, 1] : (range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
  const within = (value: number): number => Math.min(most, Math.max(least, value))
  return points.map((point) => {
    const { value, halfWidth = 0 } = point
    return { ...point, low: within(value - halfWidth), high: within(value + halfWidth) }
  })
}

function valueFormat({ percent }: Figure): { tickFormat?: (value: number) => string } {
  return percent ? { tickFormat: (value) => `${Math.round(value * 1000) / 10} %` } : {}
}

function drawLines(figure: Figure, drawing: Drawing, shared: Shared): Element {
  const { palette } = drawing
  const { places } = figure
  const points = drawn(figure)
  const arms = [...new Set(points.map(({ arm }) => arm))]
  const groups = [
    { arm: undefined, own: points.filter(({ before }) => before) },
    ...arms.map((arm) => ({ arm, own: points.filter((point) => point.arm === arm && !point.before) })),
  ].filter(({ own }) => own.length > 0)
  const least = Math.min(...points.map(({ low }) => low))
  const most = Math.max(...points.map(({ high }) => high))
  const room = (most - least) * 0.05 || 0.02
  // Arms stand a little to the side of each other, so that none at the same place hides another.
  const apart = Math.min(4, 40 / groups.length)
  return Plot.plot({
    ...shared,
    height: 300,
    ...{ marginLeft: 46, marginRight: 16, marginTop: 24, marginBottom: 38 },
    x: {
      ...{ label: figure.xLabel, labelAnchor: 'center', labelArrow: 'none', insetLeft: 14, insetRight: 14 },
      ...(places === undefined
        ? {
            type: figure.logarithmic ? 'log' : 'linear',
            ...(figure.ownTicks && { ticks: ticksOf(points) }),
            tickFormat: compact,
          }
        : {
            domain: [0, places.length - 1],
            ticks: places.map((_, place) => place),
            tickFormat: (place: number) => places[place] ?? '',
          }),
    },
    y: { domain: [least - (least === 0 ? 0 : room), most + room] },
    marks: [
      Plot.gridY({ stroke: palette.line, strokeOpacity: 1 }),
      Plot.axisY({
        ...{ color: palette.soft, tickSize: 0, label: figure.valueLabel, labelArrow: 'none' },
        ...valueFormat(figure),
      }),
      ...groups.flatMap(({ arm, own }, place) =>
        lineMarks(arm, own, (place - (groups.length - 1) / 2) * apart, drawing),
      ),
    ],
  })
}

/** An arm's line, intervals and symbols. @param arm undefined for the start policy */
function lineMarks(
  arm: number | undefined,
  points: readonly Drawn[],
  dx: number,
  { palette, picked }: Drawing,
): Plot.Markish[] {
  const colour = arm === undefined ? palette.soft : palette.arm(arm)
  const { symbol, dash } = armSign(arm ?? 0)
  return [
    Plot.line(points, {
      ...{ x: 'x', y: 'value', stroke: colour, strokeWidth: 1.6, dx },
      strokeDasharray: arm === undefined ? '1 4' : dash || 'none',
    }),
    Plot.ruleX(points, { x: 'x', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 1.2, dx }),
    Plot.dot(points, {
      ...{ x: 'x', y: 'value', r: 5, dx, title: 'words', render: pickable(points, picked) },
      ...(arm === undefined
        ? { symbol: 'circle', fill: palette.panel, stroke: colour }
        : { symbol: plotSymbol(symbol), fill: colour, stroke: palette.panel, strokeWidth: 0.8 }),
    }),
  ]
}

/** Pixels of a letter, about. */
const LETTER = 6.4

function drawRows(figure: Figure, drawing: Drawing, shared: Shared): Element {
  const { palette, names, width } = drawing
  const points = drawn(figure)
  const { reference = 0 } = figure
  const arms = [...new Set(points.map(({ arm }) => arm))]
  const least = Math.min(0, reference, ...points.map(({ low }) => low))
  const most = Math.max(reference, ...points.map(({ high }) => high))
  const longest = Math.max(...arms.map((arm) => names[arm]?.length ?? 0))
  const marginLeft = Math.min(LETTER * longest + 14, width * 0.48)
  return Plot.plot({
    ...shared,
    height: ROW_HEIGHT * arms.length + 64,
    ...{ marginLeft, marginRight: 20, marginTop: 8, marginBottom: 40 },
    x: { domain: [least, most + ((most - least) * 0.03 || 1)] },
    y: { domain: arms, label: null, type: 'band' },
    marks: [
      Plot.gridX({ stroke: palette.line, strokeOpacity: 1 }),
      Plot.axisX({
        ...{ color: palette.soft, tickSize: 0, label: figure.valueLabel, labelAnchor: 'center', labelArrow: 'none' },
        ...valueFormat(figure),
      }),
      Plot.axisY({
        ...{ color: palette.ink, tickSize: 0, label: null },
        tickFormat: (arm: number) => shortened(names[arm] ?? '', marginLeft / LETTER),
      }),
      ...(figure.reference === undefined ? [] : [Plot.ruleX([reference], { stroke: palette.ink })]),
      ...arms.flatMap((arm) =>
        rowMarks(
          arm,
          points.filter((point) => point.arm === arm),
          drawing,
        ),
      ),
    ],
  })
}

function rowMarks(arm: number, points: readonly Drawn[], { palette, picked }: Drawing): Plot.Markish[] {
  const colour = palette.arm(arm)
  const row = { y: 'arm' } as const
  const tick = (mark: Point['mark'], strokeWidth: number, inset: number): Plot.Markish => {
    const own = points.filter((point) => point.mark === mark)
    return Plot.tickX(own, {
      ...{ ...row, x: 'value', stroke: colour, strokeWidth, inset, title: 'words', render: pickable(own, picked) },
    })
  }
  const means = points.filter(({ mark }) => mark === undefined || mark === 'mean')
  const ends = points.map(({ value }) => value)
  return [
    // From the least to the most, where a row has several values.
    Plot.ruleY(points.length > 1 ? points.slice(0, 1) : [], {
      ...{ ...row, x1: () => Math.min(...ends), x2: () => Math.max(...ends) },
      ...{ stroke: colour, strokeWidth: 1.2, strokeDasharray: '2 2' },
    }),
    Plot.ruleY(means, { ...row, x1: 'low', x2: 'high', stroke: colour, strokeWidth: 1.6 }),
    tick('max', 4, 7),
    tick('p95', 1.5, 3),
    Plot.dot(means, {
      ...{ ...row, x: 'value', r: 5, symbol: plotSymbol(armSign(arm).symbol), fill: colour },
      ...{ stroke: palette.panel, strokeWidth: 0.8, title: 'words', render: pickable(means, picked) },
    }),
  ]
}

/** Plot gives marks no events: each drawn point gets its own. */
function pickable(points: readonly Point[], picked: Drawing['picked']): Plot.RenderFunction {
  return (index, scales, values, dimensions, context, next) => {
    const group = next?.(index, scales, values, dimensions, context) ?? null
    if (picked === undefined || group === null) return group
    ;[...group.children].forEach((shape, place) => {
      const point = points[index[place] ?? -1]
      if (point === undefined) return
      shape.setAttribute('cursor', 'pointer')
      shape.addEventListener('click', () => picked(point))
    })
    return group
  }
}

/** Where there are points, unless they are too close to each other. */
function ticksOf(points: readonly Point[]): number[] {
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b)
  const least = ((xs.at(-1) ?? 0) - (xs[0] ?? 0)) / 12
  return xs.filter((x, place) => place === 0 || x - (xs[place - 1] ?? 0) >= least)
}

function compact(value: number): string {
  return value >= 1000 ? `${Math.round(value / 100) / 10}k` : String(Math.round(value * 10) / 10)
}

function shortened(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, Math.max(4, Math.floor(most) - 1))}…`
}
