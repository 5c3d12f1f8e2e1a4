/** One arm with one seed, computed in this process. */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Training } from '../../core/comparison/comparison.ts'
import { unwrap } from '../../core/failure.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { runArm, tuneArm } from '../../training/study/study.ts'
import type { StudyWorld } from '../../training/study/study-world.ts'
import { studyWorld } from '../../worker/comparisons/study-jobs.ts'
import { type CellRecord, cellKey } from './cells-file.ts'
import type { Part } from './studies.ts'

export interface Job extends Part {
  readonly arm: number
  readonly seed: number
}

/** Runs jobs one after the other; the data of a world is loaded once. */
export function createRunner(): (job: Job) => Promise<CellRecord[]> {
  const worlds = new Map<string, StudyWorld>()
  return async ({ comparison, trainings, arm, seed }) => {
    const { environment, start } = comparison
    const name = `${environment} ${start}`
    let world = worlds.get(name)
    if (world === undefined) {
      world = unwrap(await studyWorld(diskLoader(), comparison, undefined))
      worlds.set(name, world)
    }
    const before = process.cpuUsage()
    const found: { readonly cell: Cell; readonly training?: Training }[] = []
    if (trainings === undefined) {
      for await (const cell of runArm(world, comparison, arm, seed)) found.push({ cell })
    } else {
      for await (const { cell, training } of tuneArm(world, comparison, arm, seed, trainings))
        found.push({ cell, training: trainings[training] as Training }) // its own index
    }
    const { user, system } = process.cpuUsage(before)
    const seconds = (user + system) / 1e6
    return found.map(({ cell, training }) => ({ key: cellKey(comparison, arm, training), cell, seconds }))
  }
}

/** The names of the cells that a job gives. */
export function keysOf({ comparison, trainings, arm }: Job): readonly string[] {
  return trainings?.map((training) => cellKey(comparison, arm, training)) ?? [cellKey(comparison, arm)]
}
