/** A child process of `npm run experiments`: gets jobs, answers with records. */
import type { Job } from './job.ts'
import { createRunner } from './jobs.ts'

const run = createRunner()
process.on('message', async (job: Job) => {
  const records = await run(job) // what it throws ends this process, which its parent sees
  process.send?.(records)
})
process.on('disconnect', () => process.exit())
