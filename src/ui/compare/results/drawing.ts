/** What both kinds of charts draw with: where, in which colours, how far intervals go, and points that can be pressed. */
import type * as Plot from '@observablehq/plot'
import type { Figure, Point } from './figure.ts'
import type { Palette } from './palettes.ts'

export interface Drawing {
  readonly palette: Palette
  readonly width: number
  readonly names: readonly string[]
  readonly picked?: (point: Point) => void
}

/** What Plot is told of either. */
export type Shared = Pick<Plot.PlotOptions, 'width' | 'style' | 'ariaLabel'>

/** A point with the ends of its interval, as far as its measure goes. */
export interface Drawn extends Point {
  readonly low: number
  readonly high: number
}

export function drawn({ points, percent, range }: Figure): readonly Drawn[] {
  const [least, most] = percent ? [0, 1] : (range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
  const within = (value: number): number => Math.min(most, Math.max(least, value))
  return points.map((point) => {
    const { value, halfWidth = 0 } = point
    return { ...point, low: within(value - halfWidth), high: within(value + halfWidth) }
  })
}

export function valueFormat({ percent }: Figure): { tickFormat?: (value: number) => string } {
  return percent ? { tickFormat: (value) => `${Math.round(value * 1000) / 10} %` } : {}
}

/** Plot gives marks no events: each drawn point gets its own. */
export function pickable(points: readonly Point[], picked: Drawing['picked']): Plot.RenderFunction {
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
