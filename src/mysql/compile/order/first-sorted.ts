/** Joins of which the server sorts the first table before it joins the others. */
import type { Compiled, Source } from '../compiled.ts'
import { type FromNode, sourcesOf } from '../from/from-node.ts'
import { conjuncts, readsOnly } from './conditions.ts'
import { type Asked, joinOrder } from './join-order.ts'
import { access, equalities } from './table-access.ts'

export interface FirstTable {
  /** `table AS id` and the conditions on it alone. */
  readonly from: string
  readonly rowNumber: string
}

/**
 * The table of a join that the server sorts before it joins the others ("Using filesort" without "Using temporary",
 * manual, 8.2.1.16 ORDER BY Optimization): all of ORDER BY is of the table that is read first, and no join buffer, which
 * would mix its rows, comes after it. LIMIT does not bound such a sort.
 */
export function firstSorted(node: FromNode, asked: Asked, terms: readonly Compiled[]): FirstTable | undefined {
  const sources = sourcesOf(node)
  if (sources.length < 2 || sources.some(({ table }) => table === undefined)) return undefined
  const { order, hashed } = joinOrder(node, asked)
  const [first] = order
  if (first === undefined || first.outer) return undefined
  if (hashed.size > 0 || order.slice(1).some((source) => isScanned(source, order, node, asked))) return undefined
  if (!terms.every((term) => readsOnly(term, first))) return undefined
  const own = (asked.where === undefined ? [] : conjuncts(asked.where)).filter((part) => readsOnly(part, first))
  const where = own.length === 0 ? '' : ` WHERE ${own.map(({ sql }) => sql).join(' AND ')}`
  return { from: `${leafOf(node, first)}${where}`, rowNumber: `${first.id}.rowid` }
}

function isScanned(source: Source, order: readonly Source[], node: FromNode, { dependencies }: Asked): boolean {
  return (
    access(source, order.slice(0, order.indexOf(source)), equalities(sourcesOf(node), dependencies)).kind === 'scan'
  )
}

function leafOf(node: FromNode, source: Source): string {
  if (node.kind === 'leaf') return node.source === source ? node.sql : ''
  return leafOf(node.left, source) || leafOf(node.right, source)
}
