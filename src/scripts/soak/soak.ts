/** `npm run soak [-- --rounds 20 --seed 1]`: strikes runs at random moments, and prints what held. */
import { HEAD, lineOf, soak, WHOLE } from './soak-table.ts'

function number(word: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${word}`)
  const given = Number(process.argv[at + 1])
  if (at < 0) return otherwise
  if (Number.isSafeInteger(given) && given >= 0) return given
  console.error(`--${word} takes a whole number.`)
  process.exit(2)
}

const plan = { ...WHOLE, rounds: number('rounds', WHOLE.rounds), seed: number('seed', WHOLE.seed) }
let [strikes, faults] = [0, 0]
console.log(HEAD)
for await (const row of soak(plan)) {
  console.log(lineOf(row))
  strikes += row.strikes
  faults += row.faults.length
}
console.log(`${strikes} strikes, ${faults === 0 ? 'all rounds held' : `${faults} rounds did not hold`}.`)
process.exit(faults === 0 ? 0 : 1) // labs that were killed are still there
