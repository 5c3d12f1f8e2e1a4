/** The comparison that is open, with its cells, as the lab tells of it. */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import { workOf } from '../../core/comparison/expected-work.ts'
import type { ComparisonProgress, LabUpdate, OpenedComparison } from '../../worker/protocol/lab-api.ts'
import { expectedSeconds, rememberSeconds, secondsLeft } from './setup/expected-time.ts'

interface Begun {
  readonly atMs: number
  readonly work: number
  readonly promised: number
  readonly pace: number | undefined
  /** None of its cells was there. */
  readonly whole: boolean
}

type Update = Extract<LabUpdate, { readonly type: 'comparison' }>

export class OpenComparison {
  progress: ComparisonProgress | undefined
  cells: readonly Cell[] = []
  /** It was stopped: it waits among the earlier ones. */
  stopped = false
  /** When it was begun, if it has not been paused since: with what was missing then, and what was promised for that. */
  #begun: Begun | undefined

  take(opened: OpenedComparison | undefined): void {
    this.#begun = undefined
    this.progress = opened?.progress
    this.cells = opened?.cells ?? []
    this.stopped = false
  }

  /** @param pace of this machine, if it is known */
  begun(pace: number | undefined): void {
    const comparison = this.progress?.info.comparison
    if (comparison === undefined) return
    const work = this.#workLeft(comparison)
    const promised = (expectedSeconds(comparison, pace) * work) / Math.max(work, workOf(comparison))
    this.#begun = { atMs: performance.now(), work, promised, pace, whole: this.cells.length === 0 }
  }

  paused(): void {
    this.#begun = undefined
  }

  /** As promised at first, then from how long it took so far; undefined while it does not run. */
  get secondsLeft(): number | undefined {
    const { progress } = this
    if (this.#begun === undefined || progress?.status !== 'running') return undefined
    const { atMs, work, promised } = this.#begun
    const left = this.#workLeft(progress.info.comparison)
    return secondsLeft(work - left, left, (performance.now() - atMs) / 1000, promised)
  }

  #workLeft(comparison: Comparison): number {
    const there = new Set(this.cells.map(keyOf))
    return workOf(comparison, (place) => !there.has(keyOf(place)))
  }

  /** @returns whether it has come to its end */
  hear({ progress, newCells }: Update): boolean {
    if (this.progress === undefined || progress.info.id !== this.progress.info.id) return false
    // Updates and answers come over two ports: an older one may arrive later.
    if (progress.revision > this.progress.revision) this.progress = progress
    if (newCells.length > 0) this.cells = merged(this.cells, newCells)
    if (progress.status !== 'finished') return false
    if (this.#begun?.whole)
      rememberSeconds(progress.info.comparison, (performance.now() - this.#begun.atMs) / 1000, this.#begun.pace)
    this.#begun = undefined
    return true
  }
}

/** Each cell once, whichever way it came. */
function merged(cells: readonly Cell[], more: readonly Cell[]): readonly Cell[] {
  const all = new Map(cells.map((cell) => [keyOf(cell), cell]))
  for (const cell of more) all.set(keyOf(cell), cell)
  return [...all.values()]
}

function keyOf({ arm, seed, budget }: Pick<Cell, 'arm' | 'seed' | 'budget'>): string {
  return `${arm}/${seed}/${budget}`
}
