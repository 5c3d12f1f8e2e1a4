/** One of the workers that compute the cells of a comparison: it loads the shipped data by itself, once. */
import { fetchLoader } from '../machine/data-loader.ts'
import { answerJob, createJobRunner, type StudyJob } from './study-jobs.ts'

// The site's folder, as in lab.worker.ts.
const script = import.meta.url
const runner = createJobRunner(fetchLoader(new URL(import.meta.env.DEV ? '/' : '../', script)))

self.addEventListener('message', ({ data }: MessageEvent<StudyJob>) => {
  void answerJob(runner, data, (answer) => self.postMessage(answer))
})
