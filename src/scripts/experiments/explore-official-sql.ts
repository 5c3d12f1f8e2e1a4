/**
 * RRO with the shipped agent over all official InterCode-SQL tasks, split by split, and the average reward of the explored
 * trajectories. The folder holds `ic_spider_dev.json` and `ic_spider_dbs.sql`:
 *
 *   npx tsx src/scripts/experiments/explore-official-sql.ts FOLDER
 */
import { join } from 'node:path'
import { unwrap } from '../../core/failure.ts'
import { SPLIT_NAMES } from '../../core/settings/settings.ts'
import { createNodeLab } from '../../node/node-lab.ts'
import { filesAt } from './brought-files.ts'

const folder = process.argv[2]
if (folder === undefined)
  throw new Error('Which folder? npx tsx src/scripts/experiments/explore-official-sql.ts FOLDER')
const names = ['ic_spider_dev.json', 'ic_spider_dbs.sql']
const files = await filesAt(names.map((name) => join(folder, name)))

const lab = createNodeLab()
const data = unwrap(await lab.loadData(files))
console.log(data.name)
const all = { tasks: 0, reward: 0, pairs: 0, candidates: 0 }
for (const split of SPLIT_NAMES) {
  const settings = { environment: 'intercode-sql', split, tasks: data.tasks[split], seed: 1 }
  let { info } = unwrap(await lab.create(settings)).progress
  while (!info.finished)
    info = unwrap(await lab.advance(info.tasksFinished < info.config.tasks ? 'task' : 'event')).info
  const { tasksFinished, rewardSum, pairs, cost } = info
  console.log(`${split}: ${tasksFinished} tasks, mean reward ${(rewardSum / tasksFinished).toFixed(4)}, ${pairs} pairs`)
  all.tasks += tasksFinished
  all.reward += rewardSum
  all.pairs += pairs
  all.candidates += cost.candidates
}
const mean = (all.reward / all.tasks).toFixed(4)
console.log(`all: ${all.tasks} tasks, mean reward ${mean}, ${all.pairs} pairs, ${all.candidates} candidates`)
await lab.close()
