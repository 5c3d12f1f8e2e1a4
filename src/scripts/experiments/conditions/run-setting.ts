/** Every arm under every condition, with every seed: nothing that comes to the same is run twice. */
import { formatArm } from '../../../core/comparison/arm-address.ts'
import type { Arm } from '../../../core/comparison/comparison.ts'
import { budgetsOf, CONDITION_ARMS, type Condition, type Setting } from './conditions.ts'
import type { ConditionJob, Lesson } from './lessons.ts'

/** The lessons of an arm under a condition: by budget, then by seed. */
export type Lessons = (condition: Condition, arm: Arm) => readonly (readonly Lesson[])[]

/** Runs jobs, here or in other processes, and tells of each as it ends, in whatever order. */
export type RunConditions = (
  jobs: readonly ConditionJob[],
  found: (job: ConditionJob, lessons: readonly Lesson[]) => void,
) => Promise<void>

/** Every arm under every condition, with every seed. */
export async function runSetting(setting: Setting, run: RunConditions): Promise<Lessons> {
  const { conditions, seeds, adamSteps } = setting
  const jobs = new Map<string, ConditionJob>()
  for (const condition of conditions) {
    const budgets = budgetsOf(setting, condition)
    for (const arm of CONDITION_ARMS) {
      for (let seed = 1; seed <= seeds; seed++)
        jobs.set(jobName(condition, arm, seed), { condition, arm, seed, budgets, adamSteps })
    }
  }
  const known = new Map<string, readonly Lesson[]>()
  await run([...jobs.values()], ({ condition, arm, seed }, lessons) =>
    known.set(jobName(condition, arm, seed), lessons),
  )
  return (condition, arm) =>
    budgetsOf(setting, condition).map((_, i) =>
      Array.from({ length: seeds }, (_, before) => {
        const lesson = known.get(jobName(condition, arm, before + 1))?.[i]
        if (lesson === undefined) throw new Error(`${formatArm(arm)} was not run under ${JSON.stringify(condition)}`)
        return lesson
      }),
    )
}

/** All that decides an arm's lessons: what it does not heed is left out, so that nothing is run twice. */
function jobName(condition: Condition, arm: Arm, seed: number): string {
  const { words: _, scoring, rollouts, ...world } = condition
  const cheap = scoring === 'exact, one call' // decides the budgets
  const heeded = arm.method === 'rro-recycled' ? [cheap] : arm.method === 'uct' ? [scoring] : [scoring, rollouts]
  return JSON.stringify([world, heeded, formatArm(arm), seed])
}
