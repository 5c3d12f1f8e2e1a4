/** Cells in a file, one record a line, so that a study can be stopped and taken up again. */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { formatArm } from '../../core/comparison/arm-address.ts'
import type { Cell } from '../../core/comparison/cell.ts'
import { type Comparison, type Training, trainingOf } from '../../core/comparison/comparison.ts'
import { isGradientMethod } from '../../core/comparison/gradient-methods.ts'
import { gradientOf } from '../../core/comparison/gradient-numbers.ts'
import { Refusal } from './refusal.ts'
import type { RoomWay } from './room/ways.ts'

/** All that decides a cell besides its seed and its budget, whatever the arm is called. */
export type CellKey = string

/** @param training instead of the arm's own */
export function cellKey(comparison: Comparison, arm: number, training?: Training): CellKey {
  const { environment, policy, data, start, arms, rounds, episodes, split } = comparison
  const given = arms[arm]
  if (given === undefined) throw new Error(`No arm ${arm}`)
  const { method, settings } = given
  const used = training ?? (isGradientMethod(method) ? gradientOf(given, policy) : trainingOf(comparison, given))
  const words = [environment, start, formatArm({ method, settings }), rounds, episodes, used, split]
  const acting = policy === undefined || policy === 'linear' ? [] : [policy]
  return JSON.stringify([...words, ...acting, ...(data === undefined ? [] : [data])])
}

/** The same of a way of learning beside the arms. */
export function wayKey({ environment, start, episodes, split }: Comparison, { told: _, ...way }: RoomWay): CellKey {
  return JSON.stringify([environment, start, 'room', way, 1, episodes, split])
}

export interface CellRecord {
  readonly key: CellKey
  readonly cell: Cell
  /** Processor time of the arm with this seed, all of its budgets together. */
  readonly seconds: number
}

const Line = v.object({
  key: v.string(),
  cell: v.looseObject({ seed: v.number(), budget: v.number() }),
  seconds: v.number(),
})

export interface CellsFile {
  get(key: CellKey, seed: number, budget: number): CellRecord | undefined
  add(record: CellRecord): void
}

/** How every record begins. */
const BEGINNING = '{"key":'

/**
 * @param path of the file; in memory only when left out
 * @throws {Refusal} where it is a file of something else, which is left as it is, and where it has no folder
 */
export function openCells(path?: string): CellsFile {
  const records = new Map<string, CellRecord>()
  const nameOf = (key: CellKey, seed: number, budget: number): string => `${key} ${seed} ${budget}`
  if (path !== undefined && !existsSync(dirname(path)))
    throw new Refusal(`There is no folder ${dirname(path)} for the cells: nothing was computed.`)
  if (path !== undefined && existsSync(path)) {
    const text = readFileSync(path, 'utf8')
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    for (const [i, line] of whole.split('\n').slice(0, -1).entries()) {
      const record = recordIn(line)
      if (record === undefined) throw new Refusal(noCells(path, i + 1))
      records.set(nameOf(record.key, record.cell.seed, record.cell.budget), record)
    }
    const rest = text.slice(whole.length)
    const length = Math.min(rest.length, BEGINNING.length)
    if (rest.slice(0, length) !== BEGINNING.slice(0, length)) throw new Refusal(noCells(path, whole.split('\n').length))
    truncateSync(path, Buffer.byteLength(whole)) // the last line may have been cut short while it was written
  }
  return {
    get: (key, seed, budget) => records.get(nameOf(key, seed, budget)),
    add(record) {
      records.set(nameOf(record.key, record.cell.seed, record.cell.budget), record)
      if (path !== undefined) appendFileSync(path, `${JSON.stringify(record)}\n`)
    },
  }
}

/** Undefined where it is none. */
function recordIn(line: string): CellRecord | undefined {
  try {
    const { key, cell, seconds } = v.parse(Line, JSON.parse(line))
    return { key, cell: cell as unknown as Cell, seconds } // this program wrote it
  } catch {
    return undefined
  }
}

function noCells(path: string, line: number): string {
  return `${path}, line ${line}, is no cell of a study. Nothing was changed there; give --cells a file that this command wrote, or a new one.`
}
