/** The comparison that is open, with its cells, as the lab tells of it. */
import type { Cell } from '../../core/comparison/cell.ts'
import type { ComparisonProgress, LabUpdate, OpenedComparison } from '../../worker/protocol/lab-api.ts'
import { rememberSeconds } from './setup/expected-time.ts'

type Update = Extract<LabUpdate, { readonly type: 'comparison' }>

export class OpenComparison {
  progress: ComparisonProgress | undefined
  cells: readonly Cell[] = []
  /** It was stopped: it waits among the earlier ones. */
  stopped = false
  /** When it was begun, if it has not been paused since. */
  #begunAtMs: number | undefined

  take(opened: OpenedComparison | undefined): void {
    this.#begunAtMs = undefined
    this.progress = opened?.progress
    this.cells = opened?.cells ?? []
    this.stopped = false
  }

  begun(): void {
    this.#begunAtMs = performance.now()
  }

  paused(): void {
    this.#begunAtMs = undefined
  }

  /** @returns whether it has come to its end */
  hear({ progress, newCells }: Update): boolean {
    if (this.progress === undefined || progress.info.id !== this.progress.info.id) return false
    // Updates and answers come over two ports: an older one may arrive later.
    if (progress.revision > this.progress.revision) this.progress = progress
    if (newCells.length > 0) this.cells = merged(this.cells, newCells)
    if (progress.status !== 'finished') return false
    if (this.#begunAtMs !== undefined)
      rememberSeconds(progress.info.comparison, (performance.now() - this.#begunAtMs) / 1000)
    this.#begunAtMs = undefined
    return true
  }
}

/** Each cell once, whichever way it came. */
function merged(cells: readonly Cell[], more: readonly Cell[]): readonly Cell[] {
  const key = ({ arm, seed, budget }: Cell): string => `${arm}/${seed}/${budget}`
  const all = new Map(cells.map((cell) => [key(cell), cell]))
  for (const cell of more) all.set(key(cell), cell)
  return [...all.values()]
}
