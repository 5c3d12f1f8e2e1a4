/** Values up, an arm's points joined, with their intervals. */
import * as Plot from '@observablehq/plot'
import { armSign } from '../arms/arm-signs.ts'
import { plotSymbol } from '../arms/symbols.ts'
import { type Drawing, type Drawn, drawn, marked, pickable, type Shared, START, valueFormat } from './drawing.ts'
import type { Figure, Point } from './figure.ts'
import { endLabels, labelRoom, labelsHeight } from './line-labels.ts'

const HEIGHT = 300
/** Of one of many small pictures. */
const SMALL = { width: 165, height: 132 }
const TOP = 24
const BOTTOM = 40
/** Narrower than this, what can be left out is. */
const NARROW = 480

/** The points of an arm; of the start policy, which is no arm of the comparison, where it is undefined. */
interface Group {
  readonly arm: number | undefined
  readonly own: readonly Drawn[]
}

function groupsOf(figure: Figure): readonly Group[] {
  const points = drawn(figure)
  const arms = [...new Set(points.flatMap(({ arm, before }) => (before ? [] : arm)))]
  return [
    { arm: undefined, own: points.filter(({ before }) => before) },
    ...arms.map((arm) => ({ arm, own: points.filter((point) => point.arm === arm && !point.before) })),
  ].filter(({ own }) => own.length > 0)
}

/** All lines in one picture, their labels at their ends. */
export function drawLines(figure: Figure, drawing: Drawing, shared: Shared): SVGSVGElement {
  const { labels, width } = drawing
  const groups = groupsOf(figure)
  const ends = groups.map(({ arm, own }) => ({
    arm,
    label: arm === undefined ? 'start' : (labels[arm] ?? ''),
    last: own.at(-1),
  }))
  const height = Math.max(HEIGHT, labelsHeight(groups.length) + TOP + BOTTOM)
  const svg = plotted(figure, drawing, {
    ...shared,
    height,
    ...{ marginLeft: width < NARROW ? 40 : 46, marginTop: TOP, marginBottom: BOTTOM },
    marginRight: Math.min(labelRoom(ends.map(({ label }) => label)), width * 0.36),
    marks: groups.flatMap((group) => lineMarks(group, drawing)),
  })
  const [x, y] = [svg.scale('x'), svg.scale('y')]
  const placed = ends.flatMap(({ arm, label, last }) =>
    last === undefined || x === undefined || y === undefined
      ? []
      : {
          ...{
            x: x.apply(last.x),
            ...atMost(y.apply(last.value), height - BOTTOM, label),
            arm: arm === undefined ? START : String(arm),
          },
          colour: colourOf(arm, drawing),
        },
  )
  svg.append(endLabels(placed, { top: TOP, bottom: height - BOTTOM }))
  return svg
}

/** What ends below the scale is named at its foot, with an arrow. */
function atMost(y: number, foot: number, label: string): { readonly y: number; readonly label: string } {
  return y > foot ? { y: foot, label: `${label} ↓` } : { y, label }
}

/** A small picture for each arm, the others behind it, all on the same axes. */
export function drawApart(figure: Figure, drawing: Drawing, shared: Shared): readonly SVGSVGElement[] {
  const { names, palette } = drawing
  const columns = Math.max(1, Math.floor(drawing.width / SMALL.width))
  const width = Math.floor(drawing.width / columns) - 4
  const groups = groupsOf(figure)
  return groups.flatMap(({ arm, own }) => {
    if (arm === undefined) return []
    const others = groups.filter((group) => group.arm !== arm)
    const name = names[arm] ?? ''
    const most = Math.floor((width - 30) / 6)
    return plotted(figure, drawing, {
      ...{ ...shared, width, height: SMALL.height, ariaLabel: `${figure.title}: ${name}` },
      ...{ marginLeft: 40, marginRight: 10, marginTop: 30, marginBottom: 24 },
      small: true,
      marks: [
        ...others.map((group) =>
          Plot.line(group.own, {
            x: 'x',
            y: 'value',
            stroke: palette.soft,
            strokeWidth: 0.8,
            strokeOpacity: 0.55,
            clip: drawing.closer ? 'frame' : null,
          }),
        ),
        ...lineMarks({ arm, own }, drawing, true),
        Plot.text([name.length > most ? `${name.slice(0, most - 1)}…` : name], {
          ...{ frameAnchor: 'top-left', dx: -34, dy: -26, fontWeight: 600, fill: palette.ink },
        }),
      ],
    })
  })
}

type PlotElement = SVGSVGElement & Plot.Plot

/** The axes that all pictures of a figure share, with marks on them. */
function plotted(
  figure: Figure,
  { palette, width, closer = false }: Drawing,
  { marks, small = false, ...options }: Plot.PlotOptions & { readonly marks: Plot.Markish[]; readonly small?: boolean },
): PlotElement {
  const { places, logarithmic = false } = figure
  const points = drawn(figure)
  const least = closer ? closerLeast(points) : Math.min(...points.map(({ low }) => low))
  const most = Math.max(...points.map(({ high }) => high))
  const room = (most - least) * 0.05 || 0.02
  const tight = small || width < NARROW
  const inset = tight ? 8 : 14
  return Plot.plot({
    ...options,
    x: {
      ...{ label: small ? null : `${figure.xLabel}${logarithmic ? ' (log scale)' : ''}` },
      ...{ labelAnchor: 'center', labelArrow: 'none', insetLeft: inset, insetRight: inset, tickSize: 4 },
      ...(places === undefined
        ? {
            type: logarithmic ? 'log' : 'linear',
            ...(figure.ownTicks
              ? { ticks: ticksOf(points, logarithmic) }
              : small
                ? { ticks: 3 }
                : tight
                  ? { ticks: 4 }
                  : {}),
            tickFormat: compact,
          }
        : {
            domain: [0, places.length - 1],
            ticks: places.map((_, place) => place),
            tickFormat: (place: number) => places[place] ?? '',
          }),
    },
    y: { domain: [least - (least === 0 ? 0 : room), most + room], ...(small && { ticks: 3 }) },
    marks: [
      Plot.gridY({ stroke: palette.line, strokeOpacity: 1, ...(small && { ticks: 3 }) }),
      Plot.axisY({
        ...{ color: palette.soft, tickSize: 0, label: small ? null : figure.valueLabel, labelArrow: 'none' },
        ...{ ...valueFormat(figure), ...(small && { ticks: 3 }) },
      }),
      ...marks,
    ],
  }) as PlotElement // no legend, no title: Plot gives the picture itself
}

/** Above it lies the better half of the ends of lines, and all of those lines that is not far below. */
function closerLeast(points: readonly Drawn[]): number {
  const last = Math.max(...points.map(({ x }) => x))
  const ends = points.filter(({ x, before }) => x === last && !before).map(({ value }) => value)
  const sorted = ends.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0
  const most = Math.max(...points.map(({ high }) => high))
  return middle - 2 * Math.max(most - middle, 0.005)
}

function colourOf(arm: number | undefined, { palette, arms }: Drawing): string {
  const own = arm === undefined ? undefined : arms[arm]
  return own === undefined ? palette.soft : palette.arm(own)
}

/** An arm's line, intervals and symbols. @param whiskers whether intervals have ends, and not only a band */
function lineMarks({ arm, own }: Group, drawing: Drawing, whiskers = false): Plot.Markish[] {
  const { palette, picked, closer } = drawing
  const clip = closer ? 'frame' : null
  const colour = colourOf(arm, drawing)
  const given = arm === undefined ? undefined : drawing.arms[arm]
  const sign = given && armSign(given)
  const name = arm === undefined ? START : String(arm)
  const dash = sign === undefined ? '1 4' : sign.dash || 'none'
  const line = { x: 'x', y: 'value', stroke: colour, clip } as const
  return [
    Plot.areaY(own, {
      x: 'x',
      y1: 'low',
      y2: 'high',
      fill: colour,
      fillOpacity: 0.1,
      clip,
      render: marked(name, 'band'),
    }),
    Plot.line(own, { ...line, strokeWidth: 1.8, strokeDasharray: dash, render: marked(name) }),
    // As wide as a finger: what is pointed at lights up.
    Plot.line(own, { ...line, strokeWidth: 14, strokeOpacity: 0, render: marked(name) }),
    Plot.ruleX(own, {
      ...{ x: 'x', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 1.4, clip },
      render: marked(name, whiskers ? '' : 'whisker'),
    }),
    Plot.dot(own, {
      ...{ x: 'x', y: 'value', r: 5, clip, title: 'words', render: pickable(own, picked, name) },
      ...(sign === undefined
        ? { symbol: 'circle', fill: palette.panel, stroke: colour }
        : {
            ...{ symbol: plotSymbol(sign.symbol), fill: sign.hollow ? palette.panel : colour },
            ...{ stroke: sign.hollow ? colour : palette.panel, strokeWidth: sign.hollow ? 1.4 : 0.8 },
          }),
    }),
  ]
}

/** Where there are points, unless they are too close to each other. */
function ticksOf(points: readonly Point[], logarithmic: boolean): number[] {
  const at = (x: number): number => (logarithmic ? Math.log(x) : x)
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b)
  const least = (at(xs.at(-1) ?? 0) - at(xs[0] ?? 0)) / 12
  return xs.filter((x, place) => place === 0 || at(x) - at(xs[place - 1] ?? 0) >= least)
}

function compact(value: number): string {
  return value >= 1000 ? `${Math.round(value / 100) / 10}k` : String(Math.round(value * 10) / 10)
}
