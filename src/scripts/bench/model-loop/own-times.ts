/** Times of explorations with our own model, a seed each from 1 on, as one line of JSON: `own-times.ts ENVIRONMENT SEEDS`. */
import type { RunConfig } from '../../../core/settings/settings.ts'
import { type LoopTimes, ownLoopTimes } from './own-model.ts'

const TASKS = 100

const [environment, seeds] = process.argv.slice(2)
const times: LoopTimes[] = []
for (let seed = 1; seed <= Number(seeds); seed++)
  times.push(await ownLoopTimes({ environment: environment as RunConfig['environment'], seed, tasks: TASKS })) // we start it ourselves
console.log(JSON.stringify(times))
