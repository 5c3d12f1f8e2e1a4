/** Jobs, computed in this process. */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Training } from '../../core/comparison/comparison.ts'
import { unwrap } from '../../core/failure.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { tuneArm } from '../../training/study/study.ts'
import type { StudyWorld } from '../../training/study/study-world.ts'
import type { Ground } from '../../worker/comparisons/ground.ts'
import { type ComparedWorld, comparedWorld, studyWorld } from '../../worker/comparisons/study-jobs.ts'
import type { DataLoader } from '../../worker/machine/data-loader.ts'
import { filesAt } from './brought-files.ts'
import { type CellRecord, cellKey, wayKey } from './cells-file.ts'
import type { Job } from './job.ts'
import { roomCells } from './room/room-learning.ts'

/** Runs jobs one after the other; the data of a world is loaded once, by default from disk. */
export function createRunner(loader: DataLoader = diskLoader()): (job: Job) => Promise<CellRecord[]> {
  const worlds = new Map<string, ComparedWorld>()
  const tuned = new Map<string, StudyWorld>()
  return async ({ comparison, trainings, ways, arm, seed, files }) => {
    const { environment, policy = 'linear', data = '', start } = comparison
    const name = `${environment} ${policy} ${data} ${start}`
    const found: { readonly cell: Cell; readonly training?: Training }[] = []
    const way = ways?.[arm - comparison.arms.length]
    let before: NodeJS.CpuUsage
    if (way !== undefined) {
      const world = tuned.get(name) ?? unwrap(await studyWorld(loader, comparison, undefined))
      tuned.set(name, world)
      before = process.cpuUsage()
      for await (const cell of roomCells(world, comparison, way, arm, seed)) found.push({ cell })
    } else if (trainings === undefined) {
      const world = worlds.get(name) ?? unwrap(await comparedWorld(loader, comparison, await groundAt(files)))
      worlds.set(name, world)
      before = process.cpuUsage()
      for await (const cell of world.run(comparison, arm, seed)) found.push({ cell })
    } else {
      const world = tuned.get(name) ?? unwrap(await studyWorld(loader, comparison, undefined))
      tuned.set(name, world)
      before = process.cpuUsage()
      for await (const { cell, training } of tuneArm(world, comparison, arm, seed, trainings))
        found.push({ cell, training: trainings[training] as Training }) // its own index
    }
    const { user, system } = process.cpuUsage(before)
    const seconds = (user + system) / 1e6
    return found.map(({ cell, training }) => ({
      key: way ? wayKey(comparison, way) : cellKey(comparison, arm, training),
      cell,
      seconds,
    }))
  }
}

async function groundAt(files: Job['files']): Promise<Ground> {
  return { own: undefined, files: files && (await filesAt(files)) }
}
