/** How a training goes, in so few points that a page can draw them whenever it hears of it. */
import type { TextStep } from '../../../training/texts/text-descent.ts'
import type { Learning } from '../../protocol/agents.ts'

const MOST_POINTS = 120

type Point = [tokens: number, value: number]

/** All that was learnt so far: a loss for each step. */
export type Course = Pick<Learning, 'tokens' | 'of' | 'firstLegal'> & {
  readonly losses: Point[]
  readonly legal: Point[]
}

export interface LearningCurve {
  /** Grows. */
  readonly course: Course
  /** For people. */
  readonly known: Learning
  add(step: TextStep): void
  /** What its rate counts begins here. */
  restart(): void
  /** Of a few actions that were tried. @param first that the environment knows */
  tried(share: number, first: string | undefined): void
}

/** @param of tokens of the whole training @param begun what was known when it was left */
export function learningCurve(of: number, now: () => number, begun?: Course): LearningCurve {
  let tokens = begun?.tokens ?? 0
  const losses = begun?.losses.slice() ?? []
  const legal = begun?.legal.slice() ?? []
  let firstLegal = begun?.firstLegal
  let before = tokens
  let since: number | undefined
  let seconds = 0
  const course = (): Course => ({ tokens, of, losses, legal, firstLegal })
  return {
    get course() {
      return course()
    },
    get known() {
      const tokensPerSecond = seconds > 0.5 ? (tokens - before) / seconds : undefined
      return knownOf(course(), tokensPerSecond)
    },
    add(step) {
      since ??= now()
      seconds = (now() - since) / 1000
      tokens += step.tokens
      losses.push([tokens, step.loss])
    },
    restart() {
      ;[before, since, seconds] = [tokens, undefined, 0]
    },
    tried(share, first) {
      legal.push([tokens, share])
      if (first !== undefined) firstLegal ??= { tokens, action: first }
    },
  }
}

export function knownOf(course: Course, tokensPerSecond?: number): Learning {
  const { losses, legal } = course
  return { ...course, losses: thinned(losses), legal: thinned(legal), tokensPerSecond }
}

/** Neighbours become one where there are too many: at the place of the last, with their mean. */
export function thinned(points: readonly Point[]): readonly Point[] {
  const size = Math.ceil(points.length / MOST_POINTS)
  if (size <= 1) return points.slice()
  const groups: Point[] = []
  for (let at = 0; at < points.length; at += size) {
    const group = points.slice(at, at + size)
    const [tokens] = group.at(-1) as Point // it has one at least
    groups.push([tokens, group.reduce((sum, [, value]) => sum + value, 0) / group.length])
  }
  return groups
}
