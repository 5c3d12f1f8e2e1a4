/** What comparisons of methods take: the default one, every arm with one seed after the other, on one core. */
import { DEFAULT_COMPARISON } from '../../core/comparison/default-comparison.ts'
import { unwrap } from '../../core/failure.ts'
import { ENVIRONMENT_NAMES } from '../../core/settings/settings.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { createJobRunner } from '../../worker/comparisons/study-jobs.ts'
import { repeated, rounded } from './measure.ts'

const REPETITIONS = 3

/** All seeds, of which one is measured at a time. */
const CELLS = DEFAULT_COMPARISON.arms.length * DEFAULT_COMPARISON.budgets.length * DEFAULT_COMPARISON.seeds

export const comparisonRows = Object.fromEntries(
  ENVIRONMENT_NAMES.map((environment) => [`comparison.${environment}`, () => benchComparison(environment)]),
)

async function benchComparison(environment: (typeof ENVIRONMENT_NAMES)[number]) {
  const comparison = { ...DEFAULT_COMPARISON, environment }
  const runner = createJobRunner(diskLoader())
  let seed = 0
  /** Of the processor: other processes do not count. */
  const cellsPerCoreSecond = await repeated(REPETITIONS, async () => {
    seed++
    let cells = 0
    const before = process.cpuUsage()
    for (let arm = 0; arm < comparison.arms.length; arm++)
      unwrap(
        await runner.run({ comparison, arm, seed, own: undefined }, () => {
          cells++
        }),
      )
    const { user, system } = process.cpuUsage(before)
    return (1e6 * cells) / (user + system)
  })
  return { cellsPerCoreSecond, cells: CELLS, onTwoCoresSeconds: rounded(CELLS / cellsPerCoreSecond.median / 2) }
}
