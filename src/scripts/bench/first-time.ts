/** Statements met for the first time beside SQLite alone, as one line of JSON: `first-time.ts ROUNDS [FOLDER of the official files]`. */
import { bareSqlite } from './bare-sqlite.ts'
import { beside } from './beside.ts'
import { officialStatements, shippedStatements } from './gold-statements.ts'

const [rounds, official] = process.argv.slice(2)
const golds = official === undefined ? await shippedStatements() : await officialStatements(official)
const found = golds && (await beside(await bareSqlite(golds.databases), golds, Number(rounds)))
console.log(JSON.stringify(found ?? null))
