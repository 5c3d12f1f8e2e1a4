/** How quick this machine is at comparisons: a short job, timed between its first cell and its second. */
import type { Comparison } from '../../core/comparison/comparison.ts'
import { warmUpOf } from '../../core/comparison/expected-work.ts'
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import type { Ground } from './ground.ts'
import type { StudyPool } from './study-pool.ts'

/**
 * @param now milliseconds from any origin
 * @returns how many times as long as on the machine where the costs were measured
 */
export async function paceOf(
  pool: StudyPool,
  comparison: Comparison,
  ground: Ground,
  now: () => number,
): Promise<Result<number>> {
  const warmUp = warmUpOf(comparison)
  const worker = pool.open()
  const cellsAtMs: number[] = []
  try {
    return await new Promise<Result<number>>((resolve, reject) => {
      const found = (): void => {
        const [first, second] = [...cellsAtMs, now()]
        if (first !== undefined && second !== undefined)
          resolve(success(Math.max(1, second - first) / 1000 / warmUp.seconds))
        cellsAtMs.push(now())
      }
      const job = { comparison: warmUp.comparison, ...ground, arm: 0, seed: comparison.firstSeed }
      worker.run(job, found).then(
        (done) => resolve(done.ok ? failure('pace-unknown', 'The warm-up had no second cell.') : done),
        reject, // or nobody listens any more: it was ended below
      )
    })
  } catch (thrown) {
    return failure('pace-unknown', `The warm-up broke off: ${messageOf(thrown)}.`)
  } finally {
    worker.end()
  }
}
