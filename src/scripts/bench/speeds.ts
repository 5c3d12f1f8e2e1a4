/** Speeds of explorations in a process of their own, as one line of JSON: `speeds.ts ENVIRONMENT TASKS EXPLORATIONS`. */
import { unwrap } from '../../core/failure.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../core/settings/settings.ts'
import { loadShippedWorld } from '../../node/node-lab.ts'
import { speedsOf } from './explored.ts'

const [environment, tasks, explorations] = process.argv.slice(2)
const config = { environment: environment as RunConfig['environment'], tasks: Number(tasks) } // we start it ourselves
const world = unwrap(await loadShippedWorld({ ...DEFAULT_CONFIG, ...config }))
console.log(JSON.stringify(await speedsOf(world, config, Number(explorations))))
