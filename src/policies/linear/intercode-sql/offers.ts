/** What the policy may do next: look at the schema, run a query from scratch, repair the last one, submit. */

import { mentionIn, type SqlMemory, workedOf } from './memory.ts'
import type { Offer, Offers } from './offer.ts'
import { untold } from './plan.ts'
import { type Repaired, repair } from './repair.ts'
import { nameColumns } from './schema.ts'

const MOST_DESCRIBES = 6
const MOST_GUESSES = 2
/** Queries from scratch that are offered beside repairs. */
const MOST_BESIDE = 7
export const MOST_ACTIONS = 24

export function offersOf(memory: SqlMemory): Offers {
  if (memory.offers === undefined) memory.offers = sharedOffers(memory)
  return memory.offers
}

/** Histories that showed the same and ended in the same query have the same to choose from. */
function sharedOffers(memory: SqlMemory): Offers {
  const { last, peeked, asked } = memory
  const planned = last.plan === undefined ? '' : `p${untold(last.plan)}`
  const key = `${last.went}${planned}${asked.length > 0}${peeked.join()}\0${last.sql}`
  return workedOf(memory).offersIn(key, () => {
    const list = listOffers(memory)
    return { list, actions: list.map(({ action }) => action), scene: undefined }
  })
}

function listOffers(memory: SqlMemory): readonly Offer[] {
  const { shown, last, peeked, asked } = memory
  const offers = new Map<string, Offer>()
  const add = (kind: Offer['kind'], action: string, more: Partial<Offer> = NO_MORE): void => {
    if (offers.size < MOST_ACTIONS - 1 && !offers.has(action)) offers.set(action, offered(kind, action, more))
  }
  if (shown.listed.length === 0) {
    add('show', 'SHOW TABLES')
    for (const table of guesses(memory)) add('guess', `DESCRIBE ${table}`, { table })
  }
  for (const more of undescribed(memory)) add('describe', `DESCRIBE ${more.table}`, more)
  if (shown.described.length > 0) {
    const { composed, linking } = workedOf(memory)
    const best = composed[0]?.score ?? 0
    const repairs = repairsOf(memory)
    for (const { sql, plan, score } of composed.slice(0, repairs.length > 0 ? MOST_BESIDE : composed.length))
      if (sql !== last.sql) add('compose', sql, { plan, prior: score - best })
    for (const { sql, plan, fit, edit } of repairs) add('repair', sql, { plan, fit, edit })
    const unplaced = linking.placed.some(
      ({ value }) => value.kind === 'word' || value.kind === 'name' || value.kind === 'code',
    )
    for (const { name } of shown.described)
      if (unplaced && peeked.length < 2 && !peeked.includes(name) && mentionIn(memory.reading, name).score > 0.4)
        add('peek', `SELECT * FROM ${name} LIMIT 5`, { table: name })
    if (composed.length === 0)
      for (const table of shown.described.slice(0, 3))
        add('compose', `SELECT ${nameColumns(table)[0]?.name ?? '*'} FROM ${table.name}`, { prior: -2 })
  }
  if (asked.length > 0) offers.set('submit', offered('submit', 'submit', NO_MORE))
  if (offers.size === 0) add('show', 'SHOW TABLES')
  return [...offers.values()]
}

const NO_MORE: Partial<Offer> = {}

function offered(kind: Offer['kind'], action: string, more: Partial<Offer>): Offer {
  const { table, overlap = 0, linked = false, plan, fit, edit, prior = 0 } = more
  return { kind, action, table, overlap, linked, plan, fit, edit, prior }
}

function repairsOf(memory: SqlMemory): readonly Repaired[] {
  const { plan, went } = memory.last
  if (plan === undefined || !(went === 'error' || went === 'empty' || went === 'one' || went === 'many')) return []
  return repair(plan, workedOf(memory).linking, went)
}

/** Tables listed and not described, those that the question or a described table speaks of first. */
function undescribed({ shown, reading }: SqlMemory): readonly Pick<Offer, 'table' | 'overlap' | 'linked'>[] {
  const known = new Set(shown.described.map(({ name }) => name.toLowerCase()))
  const worth = ({ overlap, linked }: Pick<Offer, 'overlap' | 'linked'>): number => overlap + (linked ? 0.5 : 0)
  return shown.listed
    .filter((name) => !known.has(name.toLowerCase()))
    .map((table) => ({
      table,
      overlap: mentionIn(reading, table).score,
      linked: isLinked(shown.described, table),
    }))
    .sort((a, b) => worth(b) - worth(a))
    .slice(0, MOST_DESCRIBES)
}

/** Whether a described table has a column that seems to point to a table. */
function isLinked(described: SqlMemory['shown']['described'], name: string): boolean {
  const lower = name.toLowerCase()
  return described.some(({ columns }) =>
    columns.some(({ name: column, primary }) => {
      if (primary || !/_(?:id|no|code)$/i.test(column)) return false
      const base = column.toLowerCase().replace(/_(?:id|no|code)$/, '')
      return base === lower || base.endsWith(`_${lower}`)
    }),
  )
}

/** Names that a table of the question's nouns may have. */
function guesses({ reading: { question } }: SqlMemory): readonly string[] {
  const names: string[] = []
  for (const { text, empty } of question.tokens) {
    const name = text
      .toLowerCase()
      .replace(/ies$/, 'y')
      .replace(/(?:(?<=ss|x|ch)es|(?<!s)s)$/, '')
    if (!empty && text.endsWith('s') && /^[a-z]{3,30}$/.test(name) && !names.includes(name)) names.push(name)
    if (names.length >= MOST_GUESSES) break
  }
  return names
}
