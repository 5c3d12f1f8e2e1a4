/** Values up, an arm's points joined, with their intervals. */
import * as Plot from '@observablehq/plot'
import { armSign, plotSymbol } from '../arms/arm-signs.ts'
import { type Drawing, type Drawn, drawn, pickable, type Shared, valueFormat } from './drawing.ts'
import type { Figure, Point } from './figure.ts'

export function drawLines(figure: Figure, drawing: Drawing, shared: Shared): Element {
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

/** Where there are points, unless they are too close to each other. */
function ticksOf(points: readonly Point[]): number[] {
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b)
  const least = ((xs.at(-1) ?? 0) - (xs[0] ?? 0)) / 12
  return xs.filter((x, place) => place === 0 || x - (xs[place - 1] ?? 0) >= least)
}

function compact(value: number): string {
  return value >= 1000 ? `${Math.round(value / 100) / 10}k` : String(Math.round(value * 10) / 10)
}
