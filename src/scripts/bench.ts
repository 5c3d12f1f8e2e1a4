/** `npm run bench`: every speed and size that we quote, as one JSON object. Progress goes to stderr. */
import { cpus } from 'node:os'
import { benchEngine } from './bench/engine.ts'
import { benchPage } from './bench/page.ts'
import { loadShippedParts } from './bench/shipped.ts'
import { benchSql } from './bench/sql.ts'

console.error('engine, in Node …')
const engine = await benchEngine(await loadShippedParts())
console.error('SQL, in Node …')
const sql = await benchSql()
console.error('page, in headless Chromium …')
const page = await benchPage()
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
console.log(JSON.stringify({ machine, engine, sql, page }, null, 2))
