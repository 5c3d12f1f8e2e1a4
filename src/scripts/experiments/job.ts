/** One arm with one seed: what a process computes at a time. */
import { cellKey, wayKey } from './cells-file.ts'
import type { Part } from './studies.ts'

export interface Job extends Part {
  /** Index into the comparison's arms, and behind them into the ways. */
  readonly arm: number
  readonly seed: number
  /** Paths of the files that the comparison's data was read from, where it does not ship with the page. */
  readonly files?: readonly string[]
}

/** The names of the cells that a job gives. */
export function keysOf({ comparison, trainings, ways, arm }: Job): readonly string[] {
  const way = ways?.[arm - comparison.arms.length]
  if (way !== undefined) return [wayKey(comparison, way)]
  return trainings?.map((training) => cellKey(comparison, arm, training)) ?? [cellKey(comparison, arm)]
}
