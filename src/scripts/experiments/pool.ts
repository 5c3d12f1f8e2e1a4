/** Jobs over child processes, as many at a time as there are processors. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CellRecord } from './cells-file.ts'
import type { Job } from './jobs.ts'

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** @param found called with the records of each job as it ends, in whatever order */
export async function runJobs(
  jobs: readonly Job[],
  processes: number,
  found: (job: Job, records: readonly CellRecord[]) => void,
): Promise<void> {
  let next = 0
  const work = async (): Promise<void> => {
    if (next >= jobs.length) return
    const child = fork(WORKER)
    try {
      while (next < jobs.length) {
        const job = jobs[next++] as Job // next was below the length
        found(job, await answer(child, job))
      }
    } finally {
      child.kill()
    }
  }
  await Promise.all(Array.from({ length: processes }, work))
}

function answer(child: ChildProcess, job: Job): Promise<readonly CellRecord[]> {
  return new Promise((resolve, reject) => {
    const left = (code: number | null): void => reject(new Error(`A process of the study ended with code ${code}`))
    child.once('exit', left)
    child.once('message', (records) => {
      child.off('exit', left)
      resolve(records as readonly CellRecord[]) // worker.ts sends nothing else
    })
    child.send(job)
  })
}
