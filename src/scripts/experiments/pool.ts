/** Jobs over child processes, as many at a time as there are processors. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * @param worker a module beside this one: a process that answers each job with its records, in the order of the jobs
 * @param found called with the records of each job as it ends, in whatever order
 */
export async function runJobs<J extends object, R>(
  worker: string,
  jobs: readonly J[],
  processes: number,
  found: (job: J, records: readonly R[]) => void,
): Promise<void> {
  const path = fileURLToPath(new URL(worker, import.meta.url))
  let next = 0
  const work = async (): Promise<void> => {
    if (next >= jobs.length) return
    const child = fork(path)
    try {
      while (next < jobs.length) {
        const job = jobs[next++] as J // next was below the length
        found(job, await answer<R>(child, job))
      }
    } finally {
      child.kill()
    }
  }
  await Promise.all(Array.from({ length: processes }, work))
}

function answer<R>(child: ChildProcess, job: object): Promise<readonly R[]> {
  return new Promise((resolve, reject) => {
    const left = (code: number | null): void => reject(new Error(`A process of the study ended with code ${code}`))
    child.once('exit', left)
    child.once('message', (records) => {
      child.off('exit', left)
      resolve(records as readonly R[]) // the worker sends nothing else
    })
    child.send(job)
  })
}
