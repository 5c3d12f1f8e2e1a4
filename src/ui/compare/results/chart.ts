/**
 * Draws a figure with Observable Plot. Loaded with the first results. The same function draws for the page, in variables of
 * its style, and for a file, in colours of its own.
 */
import type { Drawing, Shared } from './drawing.ts'
import type { Figure } from './figure.ts'
import { drawApart, drawLines } from './line-chart.ts'
import { drawRows } from './row-chart.ts'

/** One picture of all arms. */
export function drawChart(figure: Figure, drawing: Drawing): SVGSVGElement {
  const draw = figure.kind === 'lines' ? drawLines : drawRows
  return finished(draw(figure, drawing, sharedBy(figure, drawing)), drawing)
}

/** Of lines: a small picture for each arm. */
export function drawChartApart(figure: Figure, drawing: Drawing): readonly SVGSVGElement[] {
  return drawApart(figure, drawing, sharedBy(figure, drawing)).map((svg) => finished(svg, drawing))
}

function sharedBy({ title }: Figure, { width }: Drawing): Shared {
  return { width, style: 'background: none; font: 12px system-ui, sans-serif; overflow: visible', ariaLabel: title }
}

function finished(svg: SVGSVGElement, { palette }: Drawing): SVGSVGElement {
  // Plot's own rules come as an inline style sheet, which the page's policy forbids; the page and the file need none of them.
  svg.querySelector('style')?.remove()
  // The picture has a name; its parts are names of marks, which tell a reader nothing.
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
  svg.setAttribute('color', palette.ink)
  svg.setAttribute('role', 'img')
  return svg
}
