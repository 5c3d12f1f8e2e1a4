/** `npm run bench`: every speed and size that we quote, as one JSON object. What is under way goes to stderr. `--help` lists the options. */
import { readFileSync, writeFileSync } from 'node:fs'
import { messageOf, type Result, unwrap } from '../../core/failure.ts'
import { readArguments, USAGE } from './arguments.ts'
import { lineOf, type Numbers, numbersOf, ratiosOf, readStored } from './comparison.ts'
import { machine } from './machine.ts'
import { ROW_NAMES, rowsOf, withRow } from './rows.ts'

const options = orLeave(readArguments(process.argv.slice(2), ROW_NAMES))
if (options.help) {
  console.log(`${USAGE}rows: ${options.rows.join(', ')}`)
  process.exit()
}
const stored = options.compare === undefined ? undefined : orLeave(storedRun(options.compare))
const rows = rowsOf(options)

let results: object = { machine: await machine() }
for (const name of options.rows) {
  console.error(`${name} …`)
  results = withRow(results, name, await rows[name]?.())
  if (options.save !== undefined) writeFileSync(options.save, told(results))
}
console.log(told(results).trimEnd())
if (stored !== undefined) for (const ratio of ratiosOf(numbersOf(results), stored)) console.error(lineOf(ratio))

function told(results: object): string {
  return `${JSON.stringify(results, null, 2)}\n`
}

function storedRun(file: string): Result<Numbers> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return {
      ok: false,
      failure: { code: 'bench-file', message: `The stored run cannot be read: ${messageOf(error)}.` },
    }
  }
  return readStored(text)
}

/** Ends the command with the sentence of a failure. */
function orLeave<T>(result: Result<T>): T {
  if (result.ok) return unwrap(result)
  console.error(result.failure.message)
  return process.exit(2)
}
