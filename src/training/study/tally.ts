/** What an exploration has cost and made, event by event: the numbers of a comparison's cell. */
import type { Cell } from '../../core/comparison/cell.ts'
import { type Cost, createCostFold } from '../../core/log/cost-fold.ts'
import type { RunEvent } from '../../core/log/events.ts'

export type TallyNumbers = Pick<Cell, 'cost' | 'tasks' | 'steps' | 'pairs' | 'candidates'>

export interface Tally {
  /** What would be spent after one more event, which is not added. */
  costWith(event: RunEvent): number
  add(event: RunEvent): void
  /** Tasks begun. */
  readonly tasks: number
  /** As they are now. Steps count once they are decided; candidates are those that `Cost` counts. */
  numbers(): TallyNumbers
}

export function createTally(): Tally {
  const fold = createCostFold()
  let tasks = 0
  let steps = 0
  let pairs = 0
  /** Candidates before the open step. */
  let before = 0
  const counts: number[] = []
  const byDepth: [number, number][] = []
  return {
    costWith: (event) => fold.cost.policyCalls + callsOf(event),
    get tasks() {
      return tasks
    },
    add(event) {
      fold.add(event)
      switch (event.type) {
        case 'task-started':
          tasks++
          break
        case 'step-started':
          before = fold.cost.candidates
          break
        case 'step-decided': {
          steps++
          const candidates = fold.cost.candidates - before
          while (counts.length <= candidates) counts.push(0)
          counts[candidates] = (counts[candidates] as number) + 1 // made just now
          while (byDepth.length < event.step) byDepth.push([0, 0])
          const [decided, drawn] = byDepth[event.step - 1] as [number, number] // made just now
          byDepth[event.step - 1] = [decided + 1, drawn + candidates]
          break
        }
        case 'pair-made':
        case 'branch-pair-made':
        case 'trajectory-pair-made':
          pairs++
          break
      }
    },
    numbers: () => ({
      ...{ cost: { ...(fold.cost satisfies Cost) }, tasks, steps, pairs },
      candidates: { counts: counts.slice(), byDepth: byDepth.map(([decided, drawn]) => [decided, drawn] as const) },
    }),
  }
}

/** Policy calls of one event: they do not depend on the events before. */
function callsOf(event: RunEvent): number {
  const alone = createCostFold()
  alone.add(event)
  return alone.cost.policyCalls
}
