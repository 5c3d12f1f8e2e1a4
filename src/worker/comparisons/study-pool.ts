/**
 * Who computes the cells of a comparison: workers of their own where there are any, else this very thread. A job is one
 * arm with one seed; its cells come one after the other, in the order of the budgets.
 */
import type { Cell } from '../../core/comparison/cell.ts'
import { type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import { BoundWorker as Worker } from '../machine/bound-worker.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type { JobAnswer, JobRunner, StudyJob } from './study-jobs.ts'

export interface StudyWorker {
  /**
   * One job at a time. Resolves after its last cell, or with a failure that any worker would meet (no data).
   * Rejects where the worker died, or was ended.
   */
  run(job: StudyJob, found: (cell: Cell) => void): Promise<Result<true>>
  /** At once; what it was at is lost. */
  end(): void
}

export interface StudyPool {
  /** Most workers at a time. */
  readonly size: number
  open(): StudyWorker
}

/** Gigabytes, where the browser does not say. */
const USUAL_MEMORY = 8

/** Bytes that workers may hold together where data is brought, that each holds without it, and for each byte of its files. */
const ROOM = { all: 2e9, own: 2e8, each: 10 } as const

/** With fewer workers, where each has to hold large files. */
export function poolFor(pool: StudyPool, files: readonly File[] = []): StudyPool {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const most = bytes === 0 ? pool.size : Math.max(1, Math.floor(ROOM.all / (ROOM.own + ROOM.each * bytes)))
  return { size: Math.min(pool.size, most), open: () => pool.open() }
}

/** One for each core, and for each gigabyte: a worker holds some 200 MB. Where workers have no workers, this thread. */
export function poolHere(loader: DataLoader): StudyPool {
  if (typeof globalThis.Worker === 'undefined') return threadPool(loader)
  // Not every browser has it, and the types have it in none.
  const { hardwareConcurrency, deviceMemory = USUAL_MEMORY } = navigator as { deviceMemory?: number } & Navigator
  return { size: Math.max(1, Math.floor(Math.min(hardwareConcurrency || 1, deviceMemory))), open: openWorker }
}

function openWorker(): StudyWorker {
  const worker = new Worker(new URL('./study.worker.ts', import.meta.url), { type: 'module', name: 'study' })
  let broken: Error | undefined
  let stop: (why: Error) => void = () => {}
  const breakOff = (why: Error): void => {
    broken ??= why
    stop(why)
  }
  worker.addEventListener('error', (event) => {
    worker.terminate()
    breakOff(new Error(event.message || 'a worker could not be started'))
  })
  return {
    run(job, found) {
      return new Promise((resolve, reject) => {
        if (broken !== undefined) return reject(broken)
        stop = reject
        worker.onmessage = ({ data }: MessageEvent<JobAnswer>) => {
          if (data.type === 'cell') found(data.cell)
          else if (data.type === 'done') resolve(success(true))
          else if (data.type === 'failed') resolve({ ok: false, failure: data.failure })
          else reject(new Error(data.message))
        }
        worker.postMessage(job)
      })
    },
    end() {
      worker.terminate()
      breakOff(new Error('ended'))
    },
  }
}

/** One at a time, on this thread, giving way between tasks: where there are no workers, and in Node. */
export function threadPool(loader: DataLoader): StudyPool {
  let runner: Promise<Result<JobRunner>> | undefined
  return {
    size: 1,
    open() {
      const ended = new AbortController()
      return {
        async run(job, found) {
          runner ??= fetched(async () => (await import('./study-jobs.ts')).createJobRunner(loader))
          const made = await runner
          if (made.ok) return made.value.run(job, found, ended.signal)
          runner = undefined // the connection may be back next time
          return made
        },
        end: () => ended.abort(new Error('ended')),
      }
    },
  }
}
