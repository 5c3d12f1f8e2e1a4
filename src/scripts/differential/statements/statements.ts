/** Statements over some databases, the same for the same seed. */
import { stream } from '../../../core/random.ts'
import type { SqlDatabase } from '../../../mysql/index.ts'
import { drawFrom } from './draw.ts'
import { mistaken } from './mistakes.ts'
import { query, type Statement } from './queries.ts'
import { tablesOf } from './tables.ts'

/** Of a hundred statements so many are given a mistake. */
const MISTAKEN = 25

/** `count` different statements, each on one line. */
export function statements(databases: readonly SqlDatabase[], count: number, seed: number): Statement[] {
  const tables = databases.map(tablesOf)
  const found = new Map<string, Statement>()
  for (let i = 0; found.size < count; i++) {
    const draw = drawFrom(stream(seed).child('statement', i))
    const right = query(draw, draw.one(tables))
    const statement = draw.chance(MISTAKEN) ? mistaken(draw, right) : right
    found.set(`${statement.database} ${statement.sql}`, statement)
  }
  return [...found.values()]
}
