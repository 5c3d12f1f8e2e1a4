/** A picture as it goes into a file: with its title, its ground and a legend, in colours of its own. */

import type { Arm } from '../../../core/comparison/comparison.ts'
import { make, SVG } from '../../parts/picture-file.ts'
import { armSign } from '../arms/arm-signs.ts'
import { symbolPath } from '../arms/symbols.ts'
import type { Palette } from './palettes.ts'

const EDGE = 16
const LINE = 20

/** A picture with its title, its ground and a legend of the arms that are in it. */
export function wholePicture(
  chart: SVGSVGElement,
  {
    title,
    legend,
    palette,
  }: { title: string; legend: readonly { readonly arm: Arm; readonly name: string }[]; palette: Palette },
): SVGSVGElement {
  const inner = chart.viewBox.baseVal
  const width = inner.width + 2 * EDGE
  const legendTop = inner.height + EDGE + 34
  const height = legendTop + legend.length * LINE + EDGE
  const whole = make('svg', {
    xmlns: SVG,
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    'font-family': 'system-ui, sans-serif',
    'font-size': 12,
    fill: palette.ink,
  }) as SVGSVGElement // made as one
  whole.append(make('rect', { width, height, fill: palette.panel }))
  const heading = make('text', { x: EDGE, y: EDGE + 10, 'font-size': 14, 'font-weight': 600 })
  heading.textContent = title
  chart.setAttribute('x', String(EDGE))
  chart.setAttribute('y', String(EDGE + 20))
  chart.setAttribute('width', String(inner.width))
  chart.setAttribute('height', String(inner.height))
  whole.append(heading, chart)
  legend.forEach(({ arm, name: words }, place) => {
    const y = legendTop + place * LINE
    const { symbol, dash, hollow } = armSign(arm)
    const colour = palette.arm(arm)
    const name = make('text', { x: EDGE + 44, y: y + 4 })
    name.textContent = words
    whole.append(
      make('line', {
        x1: EDGE,
        x2: EDGE + 36,
        y1: y,
        y2: y,
        stroke: colour,
        'stroke-width': 1.6,
        'stroke-dasharray': dash,
      }),
      make('path', {
        d: symbolPath(symbol, 5),
        transform: `translate(${EDGE + 18},${y})`,
        fill: hollow ? palette.panel : colour,
        stroke: colour,
      }),
      name,
    )
  })
  return whole
}
