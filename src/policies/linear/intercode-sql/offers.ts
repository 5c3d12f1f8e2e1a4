/** What the policy may do next: look at the schema, run a query from scratch, repair the last one, submit. */

import { mentionIn, type SqlMemory, type Worked, workedOf } from './memory.ts'
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
  const worked = workedOf(memory)
  const offers = new Map<string, Offer>()
  const add = (offer: Offer): void => {
    if (offers.size < MOST_ACTIONS - 1 && !offers.has(offer.action)) offers.set(offer.action, offer)
  }
  if (shown.listed.length === 0) {
    add(SHOW)
    for (const table of guesses(memory)) add(offered('guess', `DESCRIBE ${table}`, { table }))
  }
  worked.describes ??= undescribed(memory)
  for (const offer of worked.describes) add(offer)
  if (shown.described.length > 0) {
    const { composed, linking } = worked
    worked.composes ??= composeOffers(worked)
    const repairs = repairsOf(memory)
    const beside = repairs.length > 0 ? MOST_BESIDE : composed.length
    for (let i = 0; i < Math.min(beside, worked.composes.length); i++) {
      const offer = worked.composes[i] as Offer // i is inside
      if (offer.action !== last.sql) add(offer)
    }
    for (const { sql, plan, fit, edit } of repairs) add(offered('repair', sql, { plan, fit, edit }))
    const unplaced = linking.placed.some(
      ({ value }) => value.kind === 'word' || value.kind === 'name' || value.kind === 'code',
    )
    for (const { name } of shown.described)
      if (unplaced && peeked.length < 2 && !peeked.includes(name) && mentionIn(memory.reading, name).score > 0.4)
        add(offered('peek', `SELECT * FROM ${name} LIMIT 5`, { table: name }))
    if (composed.length === 0)
      for (const table of shown.described.slice(0, 3))
        add(offered('compose', `SELECT ${nameColumns(table)[0]?.name ?? '*'} FROM ${table.name}`, { prior: -2 }))
  }
  if (asked.length > 0) offers.set('submit', SUBMIT)
  if (offers.size === 0) add(SHOW)
  return [...offers.values()]
}

const NO_MORE: Partial<Offer> = {}

function offered(kind: Offer['kind'], action: string, more: Partial<Offer> = NO_MORE): Offer {
  const { table, overlap = 0, linked = false, plan, fit, edit, prior = 0 } = more
  return { kind, action, table, overlap, linked, plan, fit, edit, prior }
}

const SHOW = offered('show', 'SHOW TABLES')
const SUBMIT = offered('submit', 'submit')

function composeOffers({ composed }: Worked): readonly Offer[] {
  const best = composed[0]?.score ?? 0
  return composed.map(({ sql, plan, score }) => offered('compose', sql, { plan, prior: score - best }))
}

function repairsOf(memory: SqlMemory): readonly Repaired[] {
  const { plan, went } = memory.last
  if (plan === undefined || !(went === 'error' || went === 'empty' || went === 'one' || went === 'many')) return []
  return repair(plan, workedOf(memory).linking, went)
}

/** Of tables listed and not described, those that the question or a described table speaks of first. */
function undescribed({ shown, reading }: SqlMemory): readonly Offer[] {
  const known = new Set(shown.described.map(({ name }) => name.toLowerCase()))
  const worth = ({ overlap, linked }: Offer): number => overlap + (linked ? 0.5 : 0)
  return shown.listed
    .filter((name) => !known.has(name.toLowerCase()))
    .map((table) => {
      const overlap = mentionIn(reading, table).score
      return offered('describe', `DESCRIBE ${table}`, { table, overlap, linked: isLinked(shown.described, table) })
    })
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
