/**
 * Where everything of the picture under the path lies, in pixels: from the level that the path has reached (the bar) each
 * rollout branches off to its outcome, the outcomes flow together into their mean, and the mean of what goes on is the next
 * level. So the path is a stair of bars, with a fan between one level and the next.
 */
import type { CandidateState, StepState, TaskState } from '../../../core/log/fold-task.ts'
import { isSame, type Selection } from '../../state/selection.ts'
import { nodeX, type PathSizes } from './path-layout.ts'
import { type Least, onAxis } from './reward-axis.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A rollout: from the fan's root to its outcome, and on to the mean. */
export interface Branch extends Point {
  readonly rollout: number
  readonly reward: number
  readonly steps: number
  readonly path: string
  /** Undefined until the candidate is scored. */
  readonly onward: string | undefined
}

export interface Fan {
  readonly step: number
  readonly candidate: number
  /** Where it starts: the step's bar. */
  readonly root: Point
  readonly branches: readonly Branch[]
  /** Of the rollouts that are still to come, as far as their number is known. */
  readonly buds: readonly string[]
  readonly mean: Point | undefined
  /** Of a candidate that ended the episode: straight to its exact outcome. */
  readonly exact: string | undefined
  /** Of an outcome's dot. */
  readonly radius: number
}

export interface Mean extends Point {
  readonly step: number
  readonly candidate: number
  readonly reward: number
  readonly kind: 'chosen' | 'rejected' | 'open'
  readonly rises: boolean
}

export interface Level {
  readonly step: number
  readonly bar: number
  readonly x1: number
  readonly x2: number
  readonly y: number
}

/** From the bar to the mean that goes on. */
export interface Rise {
  readonly x: number
  readonly from: number
  readonly to: number
  readonly rises: boolean
}

export interface Plot {
  readonly levels: readonly Level[]
  readonly means: readonly Mean[]
  readonly rises: readonly Rise[]
  /** Of what goes on, but for the selected one. */
  readonly fans: readonly Fan[]
  readonly selected: Fan | undefined
}

const EDGE = { top: 18, bottom: 10 } as const
/** Parts of a column's width between which outcomes lie. */
const OUTCOMES = { from: 0.3, to: 0.84 } as const
/** An episode of this many steps lies halfway. */
const HALFWAY_STEPS = 3
/** More would be a blot. */
const MOST_BRANCHES = 128

export function plotY(reward: number, height: number, least: Least = 0): number {
  return EDGE.top + (1 - onAxis(reward, least)) * (height - EDGE.top - EDGE.bottom)
}

/** @param expected how many rollouts a candidate gets, 0 where that is not known before */
export function layoutPlot(
  task: TaskState,
  selection: Selection,
  sizes: PathSizes,
  least: Least = 0,
  expected: (candidate: CandidateState) => number = () => 0,
): Plot {
  const height = sizes.plot
  const fan = (step: StepState, number: number): Fan | undefined => {
    const candidate = step.candidates[number - 1]
    return candidate && knownFan(step, number, candidate, sizes, least, expected(candidate))
  }
  const at = task.steps[selection.step - 1]
  return {
    levels: task.steps.map(({ step, bar }) => ({
      ...{ step, bar, x1: nodeX(step - 1, sizes), x2: nodeX(step, sizes), y: plotY(bar, height, least) },
    })),
    means: task.steps.flatMap((step) => meansOf(step, sizes, least)),
    rises: task.steps.flatMap((step): Rise | [] => {
      const { reward, rises = false } = step.candidates[(step.decided?.continued ?? 0) - 1]?.scored ?? {}
      if (reward === undefined) return []
      const x = nodeX(step.step, sizes)
      return { x, from: plotY(step.bar, height, least), to: plotY(reward, height, least), rises }
    }),
    fans: task.steps.flatMap((step) => {
      const candidate = step.decided?.continued ?? 0
      return isSame(selection, { step: step.step, candidate }) ? [] : (fan(step, candidate) ?? [])
    }),
    selected: at && fan(at, selection.candidate),
  }
}

function meansOf(step: StepState, sizes: PathSizes, least: Least): Mean[] {
  const placed: Mean[] = []
  step.candidates.forEach(({ scored }, index) => {
    if (scored === undefined) return
    const candidate = index + 1
    const kind = step.decided === undefined ? 'open' : step.decided.continued === candidate ? 'chosen' : 'rejected'
    const y = plotY(scored.reward, sizes.plot, least)
    // Those passed over stand before the node, beside one another where they are equal.
    const alike = kind === 'chosen' ? 0 : 1 + placed.filter((mean) => Math.abs(mean.y - y) < 8).length
    const x = nodeX(step.step, sizes) - 10 * (kind === 'rejected' ? alike : 0)
    placed.push({ x, y, step: step.step, candidate, reward: scored.reward, kind, rises: scored.rises })
  })
  return placed
}

/** The last of each candidate, with what it was laid out for. */
const KNOWN = new WeakMap<CandidateState, { readonly made: readonly unknown[]; readonly fan: Fan }>()

/** The same object as before where nothing has changed: most of what is played is about another candidate. */
function knownFan(...[step, number, candidate, sizes, least, expected]: Parameters<typeof layoutFan>): Fan {
  const { card, scale, plot } = sizes
  const made = [step.step, step.bar, number, card.width, scale, plot, least, expected]
  const known = KNOWN.get(candidate)
  if (known?.made.every((part, index) => part === made[index])) return known.fan
  const fan = layoutFan(step, number, candidate, sizes, least, expected)
  KNOWN.set(candidate, { made, fan })
  return fan
}

function layoutFan(
  { step, bar }: StepState,
  candidate: number,
  { proposed, rollouts, scored }: CandidateState,
  sizes: PathSizes,
  least: Least,
  expected: number,
): Fan {
  const root = { x: nodeX(step - 1, sizes), y: plotY(bar, sizes.plot, least) }
  const end = nodeX(step, sizes)
  const y = (reward: number): number => plotY(reward, sizes.plot, least)
  const outcome = scored?.reward ?? (proposed.done ? (proposed.outcome ?? undefined) : undefined)
  const mean = outcome === undefined ? undefined : { x: end, y: y(outcome) }
  const count = Math.min(MOST_BRANCHES, Math.max(expected, rollouts.length))
  const radius = Math.max(2, Math.min(5.5 * sizes.scale, 70 / count, sizes.plot / 28))
  const toCome = Math.max(0, count - rollouts.length)
  const places = outcomePlaces(root.x, end - root.x, radius)
  return {
    ...{ step, candidate, root, mean, radius },
    exact: proposed.done && mean !== undefined ? curve(root, mean) : undefined,
    branches: rollouts.slice(0, MOST_BRANCHES).map(({ rollout, reward, actions }) => {
      const place = places(actions.length, y(reward))
      const onward = mean && curve(place, mean)
      return { ...place, rollout, reward, steps: Math.max(1, actions.length), path: curve(root, place), onward }
    }),
    buds: Array.from({ length: toCome }, (_, index) => {
      const spread = Math.min(sizes.plot * 0.3, 9 * count)
      const top = Math.max(y(1), Math.min(y(least) - spread, root.y - spread / 2))
      return curve(root, { x: root.x + (end - root.x) * 0.2, y: top + (spread * (index + 0.5)) / toCome })
    }),
  }
}

/** Where outcomes lie: further out the longer the episode was, beside one another; none moves when another comes. */
function outcomePlaces(from: number, span: number, radius: number): (steps: number, y: number) => Point {
  const taken: Point[] = []
  const pitch = 2 * radius + 1
  const [first, last] = [from + span * OUTCOMES.from, from + span * OUTCOMES.to]
  /** More lie outside. */
  const most = Math.ceil((2 * (last - first)) / pitch)
  return (steps, y) => {
    const own = first + (last - first) * (steps / (steps + HALFWAY_STEPS)) * 0.9
    const near = taken.filter((dot) => Math.abs(dot.y - y) < pitch)
    const free = (x: number): boolean =>
      x >= first && x <= last && !near.some((dot) => Math.hypot(dot.x - x, dot.y - y) < pitch - 0.5)
    const at = (n: number): number => own + pitch * (n % 2 === 0 ? n / 2 : -(n + 1) / 2)
    let n = 0
    while (n <= most && !free(at(n))) n++
    const place = { x: n > most ? own : at(n), y }
    taken.push(place)
    return place
  }
}

/** Leaves and arrives level. */
function curve(from: Point, to: Point): string {
  const half = (to.x - from.x) * 0.5
  return `M${round(from.x)} ${round(from.y)}C${round(from.x + half)} ${round(from.y)} ${round(to.x - half)} ${round(to.y)} ${round(to.x)} ${round(to.y)}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
