/** A picture as it goes into a file: with its title, its ground and a legend, in colours of its own. */
import { make, SVG } from '../../parts/picture-file.ts'
import { armSign, symbolPath } from '../arms/arm-signs.ts'
import type { Palette } from './palettes.ts'

const EDGE = 16
const LINE = 20

/** A picture with its title, its ground and a legend of the arms that are in it. */
export function wholePicture(
  chart: SVGSVGElement,
  {
    title,
    arms,
    names,
    palette,
  }: { title: string; arms: readonly number[]; names: readonly string[]; palette: Palette },
): SVGSVGElement {
  const inner = chart.viewBox.baseVal
  const width = inner.width + 2 * EDGE
  const legendTop = inner.height + EDGE + 34
  const height = legendTop + arms.length * LINE + EDGE
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
  arms.forEach((arm, place) => {
    const y = legendTop + place * LINE
    const { symbol, dash } = armSign(arm)
    const colour = palette.arm(arm)
    const name = make('text', { x: EDGE + 44, y: y + 4 })
    name.textContent = names[arm] ?? ''
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
      make('path', { d: symbolPath(symbol, 5), transform: `translate(${EDGE + 18},${y})`, fill: colour }),
      name,
    )
  })
  return whole
}
