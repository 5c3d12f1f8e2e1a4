/** A child process of the study of conditions: gets jobs, answers with lessons. */
import { type ConditionJob, lessonsOf } from './lessons.ts'

process.on('message', async (job: ConditionJob) => {
  const lessons = await lessonsOf(job) // what it throws ends this process, which its parent sees
  process.send?.(lessons)
})
process.on('disconnect', () => process.exit())
