/** The command line of `npm run bench`, read to the last word. */
import { failure, quote, type Result, success } from '../../core/failure.ts'

export interface BenchOptions {
  readonly help: boolean
  /** Names of rows, in their own order. */
  readonly rows: readonly string[]
  /** Files to write the results to, and to compare them with. */
  readonly save: string | undefined
  readonly compare: string | undefined
  /** Hostile statements. */
  readonly hostile: number
  /** Tasks of the largest journal of small tasks that is merged. */
  readonly mergeTasks: number
  /** Folder with the official questions and their databases, which are no part of the repository. */
  readonly official: string
}

const OFFICIAL = '../shared/data/intercode'

export const USAGE = `npm run bench -- [options]
  --only ROW...     these rows alone; "engine" stands for all whose name begins so
  --save FILE       writes the results there as well, after each row
  --compare FILE    says each number's ratio to a run that --save wrote, with what noise may have done to it
  --hostile N       hostile statements (500)
  --merge-tasks N   of the largest journal in collect.mergeSmall (100000); a million takes a quarter of an hour and 20 GB of the disk
  --official FOLDER official InterCode-SQL files, measured where they are (${OFFICIAL})
`

/** @param names of all rows */
export function readArguments(argv: readonly string[], names: readonly string[]): Result<BenchOptions> {
  const only: string[] = []
  const given = new Map<string, string>()
  let help = false
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? ''
    const [, name = '', joined] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? []
    if (name === 'help') help = true
    else if (name === 'only') {
      if (joined !== undefined) only.push(joined)
      while (i + 1 < argv.length && !argv[i + 1]?.startsWith('--')) only.push(argv[++i] ?? '')
      if (only.length === 0) return wrong('--only has no row behind it.')
    } else if (['save', 'compare', 'hostile', 'merge-tasks', 'official'].includes(name)) {
      const value = joined ?? argv[++i]
      if (value === undefined || value === '') return wrong(`--${name} has nothing behind it.`)
      given.set(name, value)
    } else return wrong(`${quote(word)} is not understood.`)
  }
  const unknown = only.find((row) => !names.some((name) => isOf(name, row)))
  if (unknown !== undefined) return wrong(`There is no row ${quote(unknown)}. The rows: ${names.join(', ')}.`)
  const hostile = given.get('hostile') ?? '500'
  if (!/^[1-9]\d{0,6}$/.test(hostile)) return wrong('--hostile takes a whole number from 1 to 9999999.')
  const mergeTasks = given.get('merge-tasks') ?? '100000'
  if (!/^(?:[1-9]\d{0,5}|1000000)$/.test(mergeTasks))
    return wrong('--merge-tasks takes a whole number from 1 to 1000000.')
  return success({
    help,
    rows: only.length === 0 ? names : names.filter((name) => only.some((row) => isOf(name, row))),
    save: given.get('save'),
    compare: given.get('compare'),
    hostile: Number(hostile),
    mergeTasks: Number(mergeTasks),
    official: given.get('official') ?? OFFICIAL,
  })
}

function isOf(name: string, row: string): boolean {
  return name === row || name.startsWith(`${row}.`)
}

function wrong(message: string) {
  return failure('bench-arguments', `${message} --help lists what there is.`)
}
