/** What both kinds of charts draw with: where, in which colours, how far intervals go, and points that can be pressed. */
import type * as Plot from '@observablehq/plot'
import type { Arm } from '../../../core/comparison/comparison.ts'
import type { Figure, Point } from './figure.ts'
import type { Palette } from './palettes.ts'

export interface Drawing {
  readonly palette: Palette
  readonly width: number
  /** By the arm's place in the comparison, like names and labels. */
  readonly arms: readonly Arm[]
  readonly names: readonly string[]
  /** Shorter than names. */
  readonly labels: readonly string[]
  readonly picked?: (point: Point) => void
  /** Only the upper part of the scale, where most lines end. */
  readonly closer?: boolean
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

/** What is drawn of the start policy is lit up by this name, as that of an arm by its place. */
export const START = 'start'

/** Says whose marks these are, so that they light up together. */
export function marked(arm: string, kind = ''): Plot.RenderFunction {
  return (index, scales, values, dimensions, context, next) => {
    const group = next?.(index, scales, values, dimensions, context) ?? null
    group?.setAttribute('data-arm', arm)
    if (kind !== '') group?.setAttribute('class', kind)
    return group
  }
}

/** Plot gives marks no events: each drawn point gets its own. */
export function pickable(points: readonly Point[], picked: Drawing['picked'], arm: string): Plot.RenderFunction {
  return (index, scales, values, dimensions, context, next) => {
    const group = next?.(index, scales, values, dimensions, context) ?? null
    group?.setAttribute('data-arm', arm)
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
