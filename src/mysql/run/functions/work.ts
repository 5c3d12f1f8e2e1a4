/**
 * What a call out of WebAssembly costs, in the units of work that the engine counts (one takes about 4 ns), by the number and
 * length of its arguments. What a regular expression has to read is charged where its program is known.
 */
import { searchesForAny } from '../../values/like.ts'
import type { Value } from './arguments.ts'

/** A call that reads no text; one that counts days, digests, or more digits than a double holds. */
export const [CALL, DEAR_CALL] = [1000, 4500]
/** A UTF-16 unit that is decoded, worked on, and encoded; one whose case and accents are taken off as well. */
const [UNIT, FOLDED_UNIT] = [14, 40]

/** Those that compare letters without case and accents. */
const FOLDS: ReadonlySet<string> = new Set(['key', 'like', 'find_in_set'])

/** Those that look for one text in another, which takes the product of their lengths where many places look alike. */
const SEARCHES: ReadonlySet<string> = new Set(['instr', 'substring_index', 'find_in_set'])
const COMPARED_AT_ONCE = 16

/** @param name in SQLite, without the `my_` @param call units of a call that reads no text */
export function workOf(name: string, call: number): (args: readonly Value[]) => number {
  const unit = FOLDS.has(name) ? FOLDED_UNIT : UNIT
  const linear = (args: readonly Value[]): number => args.reduce<number>((units, arg) => units + unit * size(arg), call)
  const searching = (args: readonly Value[]): number =>
    linear(args) + (size(args[0]) * size(args[1])) / COMPARED_AT_ONCE
  if (name === 'like')
    return (args) => linear(args) + (searchesForAny(String(args[1])) ? (size(args[0]) * size(args[1])) / 2 : 0)
  return SEARCHES.has(name) ? searching : linear
}

function size(value: Value): number {
  return typeof value === 'string' ? value.length : 1
}
