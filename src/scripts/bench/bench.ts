/** `npm run bench`: every speed and size that we quote, as one JSON object. Progress goes to stderr. */
import { cpus } from 'node:os'
import { benchDatasetMemory } from './dataset-memory.ts'
import { benchEngine } from './engine.ts'
import { benchLanguageModel } from './language-model.ts'
import { benchPage } from './page.ts'
import { benchPageDatasetMemory } from './page-dataset-memory.ts'
import { loadShippedParts } from './shipped.ts'
import { benchSql } from './sql.ts'

console.error('engine, in Node …')
const engine = await benchEngine(await loadShippedParts())
console.error('SQL, in Node …')
const sql = await benchSql()
console.error('the small language model, in Node …')
const languageModel = await benchLanguageModel()
console.error('data sets of a run of 1 GB, in Node …')
const datasets = await benchDatasetMemory()
console.error('page, in headless Chromium …')
const page = await benchPage()
console.error('a data set of a run of 1 GB, in headless Chromium …')
const pageDatasets = await benchPageDatasetMemory()
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
console.log(JSON.stringify({ machine, engine, sql, languageModel, datasets, page, pageDatasets }, null, 2))
