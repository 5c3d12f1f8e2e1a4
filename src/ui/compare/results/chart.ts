/**
 * Draws a figure with Observable Plot. Loaded with the first results. The same function draws for the page, in variables of
 * its style, and for a file, in colours of its own.
 */
import type { Drawing } from './drawing.ts'
import type { Figure } from './figure.ts'
import { drawLines } from './line-chart.ts'
import { drawRows } from './row-chart.ts'

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
