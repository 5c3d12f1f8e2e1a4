/** A row for each arm, values across, with their intervals. */
import * as Plot from '@observablehq/plot'
import { armSign } from '../arms/arm-signs.ts'
import { plotSymbol } from '../arms/symbols.ts'
import { type Drawing, type Drawn, drawn, marked, pickable, type Shared, valueFormat } from './drawing.ts'
import type { Figure, Point } from './figure.ts'

/** Rows of arms take the space that they need. */
const ROW_HEIGHT = 26

/** Narrower than this, rows have labels instead of names. */
const NARROW = 480

/** Pixels of a letter, about. */
const LETTER = 6.4

export function drawRows(figure: Figure, drawing: Drawing, shared: Shared): SVGSVGElement {
  const { palette, width } = drawing
  const names = width < NARROW ? drawing.labels : drawing.names
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
  }) as SVGSVGElement // no legend, no title: Plot gives the picture itself
}

function rowMarks(arm: number, points: readonly Drawn[], { palette, arms, picked }: Drawing): Plot.Markish[] {
  const given = arms[arm]
  if (given === undefined) return []
  const colour = palette.arm(given)
  const { symbol, hollow } = armSign(given)
  const name = String(arm)
  const row = { y: 'arm' } as const
  const tick = (mark: Point['mark'], strokeWidth: number, inset: number): Plot.Markish => {
    const own = points.filter((point) => point.mark === mark)
    return Plot.tickX(own, {
      ...{
        ...row,
        x: 'value',
        stroke: colour,
        strokeWidth,
        inset,
        title: 'words',
        render: pickable(own, picked, name),
      },
    })
  }
  const means = points.filter(({ mark }) => mark === undefined || mark === 'mean')
  const ends = points.map(({ value }) => value)
  return [
    // From the least to the most, where a row has several values.
    Plot.ruleY(points.length > 1 ? points.slice(0, 1) : [], {
      ...{ ...row, x1: () => Math.min(...ends), x2: () => Math.max(...ends) },
      ...{ stroke: colour, strokeWidth: 1.2, strokeDasharray: '2 2', render: marked(name) },
    }),
    Plot.ruleY(means, { ...row, x1: 'low', x2: 'high', stroke: colour, strokeWidth: 1.6, render: marked(name) }),
    tick('max', 4, 7),
    tick('p95', 1.5, 3),
    Plot.dot(means, {
      ...{ ...row, x: 'value', r: 5, symbol: plotSymbol(symbol), fill: hollow ? palette.panel : colour },
      ...{
        stroke: hollow ? colour : palette.panel,
        strokeWidth: hollow ? 1.4 : 0.8,
        title: 'words',
        render: pickable(means, picked, name),
      },
    }),
  ]
}

function shortened(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, Math.max(4, Math.floor(most) - 1))}…`
}
