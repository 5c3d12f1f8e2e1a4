/**
 * Makes the recorded run that ships with the page, `public/recorded/<environment>.jsonl`, by exploring the shipped data with the
 * shipped policy. Run it again whenever one of them changes, or a setting is new:
 *
 *   npx tsx src/scripts/make/recorded-run.ts [--tasks 10] [--<any setting> <value>]
 */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { exploreRun } from '../../core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../core/exploration/run-plan.ts'
import { createRunFold, meanReward } from '../../core/log/fold-run.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import { lineOf } from '../../formats/event-schema.ts'
import { SITE } from '../../node/disk-loader.ts'
import { loadShippedWorld } from '../../node/node-lab.ts'
import { recordedFile } from '../../worker/machine/data-loader.ts'

const given: Record<string, string> = { tasks: '10' }
for (let i = 2; i + 1 < process.argv.length; i += 2)
  given[String(process.argv[i]).replace(/^--/, '')] = String(process.argv[i + 1])
const { config, corrections } = parseConfig(given)
for (const { message } of corrections) console.warn(message)

const world = await loadShippedWorld(config)
if (!world.ok) throw new Error(world.failure.message)
const { actor, made } = world.value
const tasks = drawTasks(config, world.value.tasks(config.split))

const path = `${SITE}${recordedFile(config.environment)}`
await mkdir(dirname(path), { recursive: true })
const file = createWriteStream(path)
const fold = createRunFold()
for await (const event of exploreRun({ header: runHeader(config, made), actor, tasks })) {
  fold.add(event)
  file.write(`${lineOf(event)}\n`)
}
file.end()
await once(file, 'finish')

const { events, pairs, steps, cost } = fold.state
const candidates = (cost.candidates / steps).toFixed(2)
console.log(
  `${path}: ${events} events, ${fold.state.tasks.length} tasks, ${pairs} pairs, ${candidates} candidates a step, mean reward ${meanReward(fold.state)?.toFixed(3)}`,
)
