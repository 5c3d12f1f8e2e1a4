/**
 * `npm run soak [-- --rounds 20 --browser 1 --seed 1]`: strikes runs at random moments, in Node so often and in a browser so
 * often, and prints what held.
 */
import { serveBuiltSite } from '../browser/site-server.ts'
import { HEAD, lineOf, type SoakRow, soak, soakBrowser, WHOLE } from './soak-table.ts'

function number(word: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${word}`)
  const given = Number(process.argv[at + 1])
  if (at < 0) return otherwise
  if (Number.isSafeInteger(given) && given >= 0) return given
  console.error(`--${word} takes a whole number.`)
  process.exit(2)
}

const plan = { ...WHOLE, rounds: number('rounds', WHOLE.rounds), seed: number('seed', WHOLE.seed) }
const inBrowser = { ...plan, rounds: number('browser', 1) }
let [strikes, faults] = [0, 0]
async function print(rows: AsyncIterable<SoakRow>): Promise<void> {
  for await (const row of rows) {
    console.log(lineOf(row))
    strikes += row.strikes
    faults += row.faults.length
  }
}

console.log(HEAD)
await print(soak(plan))
if (inBrowser.rounds > 0) {
  const server = await serveBuiltSite('soak-site')
  await print(soakBrowser(server.address, inBrowser))
  await server.close()
}
console.log(`${strikes} strikes, ${faults === 0 ? 'all rounds held' : `${faults} rounds did not hold`}.`)
process.exit(faults === 0 ? 0 : 1) // labs that were killed are still there
