/**
 * `npm run experiments`: the studies of docs/experiments.md, on all processors. Prints markdown tables and keeps every
 * cell in a file; what is in the file already is not computed again. `--help` lists the options. What loads environments is
 * imported where it is needed: a command that is only read again, or refused, starts in a third of the time.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { formatArm } from '../../core/comparison/arm-address.ts'
import { parseComparison } from '../../core/comparison/comparison-address.ts'
import { ENVIRONMENT_NAMES, LANGUAGE_MODEL_NAMES } from '../../core/settings/run-config.ts'
import { type CellRecord, openCells } from './cells-file.ts'
import { conditionsStudy } from './conditions/conditions-report.ts'
import type { RunConditions } from './conditions/run-setting.ts'
import { type Job, keysOf } from './job.ts'
import { runJobs } from './pool.ts'
import { leave, Refusal } from './refusal.ts'
import { report } from './report.ts'
import { ship } from './ship.ts'
import { type Choice, partsOf, QUICK, STUDY_NAMES } from './studies.ts'

const HELP = `npm run experiments -- [options]
  --study NAME        ${STUDY_NAMES.join(', ')} (main), or conditions: in a made-up world;
                      of the options it takes --seeds, --processes, --into and --quick;
                      language-model-compare: our own at equal tokens, beside the log-linear policy;
                      or language-model: our own, through all three stages
                      (--seeds, --environment, --start, --into, --quick)
  --environment NAME  ${ENVIRONMENT_NAMES.join(' or ')} (both)
  --data LIST         official files, with commas: what ships is left alone (study official)
  --start LIST        default, weak, sharp (weak,sharp); of language-model tiny, or the small one
  --arms LIST         as in an address: "rro;fixed-size:candidates=2"
  --budgets LIST      policy calls; of language-model-compare tokens
  --seeds N
  --episodes N        of each test task
  --cells FILE        JSON lines; read first, then written (experiments-STUDY.jsonl; none with --quick)
  --processes N       (all processors)
  --show              only what is in the file of cells: computes nothing
  --into FILE         puts the tables between its lines <!-- STUDY --> and <!-- /STUDY --> as well
  --ship DAY          with --study page: writes what Compare opens with, marked with the day (2026-11-28)
  --quick             a reduced setting, in seconds
`

const { values: given } = readOptions()

await command().catch(leave)

function readOptions() {
  try {
    return parseArgs({
      options: {
        study: { type: 'string', default: 'main' },
        environment: { type: 'string' },
        data: { type: 'string' },
        start: { type: 'string' },
        arms: { type: 'string' },
        budgets: { type: 'string' },
        seeds: { type: 'string' },
        episodes: { type: 'string' },
        cells: { type: 'string' },
        processes: { type: 'string' },
        into: { type: 'string' },
        ship: { type: 'string' },
        show: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (thrown) {
    return leave(thrown)
  }
}

async function command(): Promise<void> {
  if (given.help) console.log(HELP)
  else if (given.study === 'conditions') await conditions()
  else if (given.study === 'language-model') await languageModel()
  else await main()
}

/** The study of conditions has a world of its own: no environments, no arms to choose, no file of cells. */
async function conditions(): Promise<void> {
  const { study, seeds: _, processes: __, into, show, quick, help, ...others } = given
  const [other] = [...Object.keys(others), ...(show ? ['show'] : [])]
  if (other !== undefined) throw new Refusal(`--study ${study} takes no --${other}.`)
  const run: RunConditions = (jobs, found) => runJobs('./conditions/conditions-worker.ts', jobs, processes(), found)
  put(study, await conditionsStudy({ quick, seeds: whole('seeds') }, run, (words) => console.error(words)))
}

/** Our own language model through all three stages. */
async function languageModel(): Promise<void> {
  const { study, seeds: _, environment, start, into, quick, help, show, ...others } = given
  const [other] = [...Object.keys(others).filter((name) => name !== 'processes'), ...(show ? ['show'] : [])]
  if (other !== undefined) throw new Refusal(`--study ${study} takes no --${other}.`)
  const name = ENVIRONMENT_NAMES.find((known) => known === environment)
  if (environment !== undefined && name === undefined) throw new Refusal(`There is no environment ${environment}.`)
  const model = LANGUAGE_MODEL_NAMES.find((known) => known === (start ?? ''))
  if (model === undefined) throw new Refusal(`There is no language model ${start}.`)
  const options = { model, quick, seeds: whole('seeds'), environment: name }
  const { languageModelStudy } = await import('./language-model/study.ts')
  const tables = await languageModelStudy(options, (words) => console.error(words))
  put(model === '' ? study : `${study}-${model}`, tables)
  process.exit(0)
}

async function main(): Promise<void> {
  const study = STUDY_NAMES.find((name) => name === given.study)
  if (study === undefined) throw new Refusal(`There is no study ${given.study}. --help lists what there is.`)
  const files = given.data?.split(',')
  if (study === 'official' && files === undefined) throw new Refusal(`--study ${study} needs --data.`)
  const brought = files && (await (await import('./brought-files.ts')).dataAt(files))
  if (brought !== undefined) given.environment = brought.environment
  const parts = partsOf(study, { ...choice(), ...(brought && { data: brought.fingerprint }) })
  const cells = openCells(given.cells ?? (given.quick ? undefined : `experiments-${study}.jsonl`))
  const jobs = parts.flatMap((part) =>
    Array.from({ length: part.comparison.seeds }, (_, i) => part.comparison.firstSeed + i).flatMap((seed) =>
      [...part.comparison.arms, ...(part.ways ?? [])].map(
        (_, arm): Job => ({ ...part, arm, seed, ...(files && { files }) }),
      ),
    ),
  )
  const open = jobs.filter((job) =>
    keysOf(job).some((key) => job.comparison.budgets.some((budget) => cells.get(key, job.seed, budget) === undefined)),
  )
  const began = performance.now()
  let done = 0
  await runJobs<Job, CellRecord>('./worker.ts', given.show ? [] : open, processes(), (job, records) => {
    for (const record of records) cells.add(record)
    done++
    const minutes = ((performance.now() - began) / 60_000).toFixed(1)
    const { environment, start, arms } = job.comparison
    const arm = arms[job.arm]
    const words = `${environment} ${start} ${arm === undefined ? (job.ways?.[job.arm - arms.length]?.name ?? '') : formatArm(arm)}, seed ${job.seed}`
    console.error(`${done} of ${open.length}, ${minutes} min: ${words}`)
  })
  put(study, report(study, parts, cells))
  if (given.ship === undefined) return
  if (study !== 'page') throw new Refusal(`--ship is for --study page, which Compare opens with, and not for ${study}.`)
  for (const path of ship(parts, cells, given.ship)) console.error(path)
}

/** Prints tables, and writes them where `--into` says. */
function put(study: string, tables: string): void {
  console.log(tables)
  if (given.into !== undefined) writeFileSync(given.into, insert(readFileSync(given.into, 'utf8'), study, tables))
}

/** The text with other tables between the study's marks. */
function insert(text: string, study: string, tables: string): string {
  const [open, close] = [`<!-- ${study} -->`, `<!-- /${study} -->`]
  const [from, to] = [text.indexOf(open), text.indexOf(close)]
  if (from === -1 || to < from) throw new Refusal(`The file has no lines ${open} and ${close}.`)
  return `${text.slice(0, from + open.length)}\n${tables}\n${text.slice(to)}`
}

/** What the command line says, in place of the study's own. Nothing is corrected silently. */
function choice(): Choice {
  const { comparison, corrections } = parseComparison({
    ...(given.environment && { environment: given.environment }),
    ...(given.arms && { arms: given.arms }),
    ...(given.budgets && { budgets: given.budgets }),
    ...(given.seeds && { seeds: given.seeds }),
    ...(given.episodes && { episodes: given.episodes }),
  })
  const [first] = corrections
  if (first !== undefined) throw new Refusal(first.message.replace(/ Using .*$/, '')) // nothing is corrected here
  const starts = given.start?.split(',').map((name) => (name === 'default' ? '' : name))
  const bad = starts?.find((start) => !['', 'weak', 'sharp'].includes(start))
  if (bad !== undefined) throw new Refusal(`There is no start ${bad}.`)
  return {
    ...(given.quick && QUICK),
    ...(given.environment && { environments: [comparison.environment] }),
    ...(starts && { starts }),
    ...(given.arms && { arms: comparison.arms }),
    ...(given.budgets && { budgets: comparison.budgets }),
    ...(given.seeds && { seeds: comparison.seeds }),
    ...(given.episodes && { episodes: comparison.episodes }),
  }
}

function processes(): number {
  return whole('processes') ?? availableParallelism()
}

function whole(name: 'processes' | 'seeds'): number | undefined {
  const text = given[name]
  if (text === undefined) return undefined
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new Refusal(`--${name} ${text} is no whole number from 1.`)
  return number
}
