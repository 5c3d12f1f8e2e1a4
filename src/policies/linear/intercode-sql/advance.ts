/** The memory after one more statement, from what the agent read of its answer. */

import type { LastWent, SqlMemory } from './memory.ts'
import { offersOf } from './offers.ts'
import type { SeenTexts } from './place-score.ts'
import { readRows } from './rows.ts'
import { readDescription, readTables, type Shown } from './schema.ts'

export const PEEK = /^SELECT \* FROM (\w+) LIMIT 5$/

/** The memory after a statement. `observation` is what the agent read of it. */
export function advancedMemory(memory: SqlMemory, query: string | undefined, observation: string): SqlMemory {
  const next = { ...memory, steps: memory.steps + 1, offers: undefined }
  const sql = (query ?? '').trim()
  if (observation.startsWith('Error'))
    return { ...next, asked: withAsked(memory, sql), last: lastOf(memory, sql, 'error') }
  if (!observation.startsWith('[')) return { ...next, last: { sql, went: 'nothing', plan: undefined } }
  if (/^show\s+tables\b/i.test(sql)) {
    const listed = readTables(observation)
    return {
      ...next,
      ...keyed(memory, 'T', observation, { ...memory.shown, listed }),
      last: { sql, went: 'schema', plan: undefined },
    }
  }
  const [, described] = /^(?:describe|desc|show\s+columns\s+from)\s+`?(\w+)`?\s*;?$/i.exec(sql) ?? []
  if (described !== undefined) {
    const table = readDescription(described.toLowerCase(), observation)
    const others = memory.shown.described.filter(({ name }) => name !== table?.name)
    // In the order of their names, so that the order of looking does not matter.
    const all = table === undefined ? others : [...others, table].sort((a, b) => (a.name < b.name ? -1 : 1))
    const shown = { ...memory.shown, described: all }
    return {
      ...next,
      ...keyed(memory, `D${described.toLowerCase()} `, observation, shown),
      last: { sql, went: 'schema', plan: undefined },
    }
  }
  const [, peeked] = PEEK.exec(sql) ?? []
  if (peeked !== undefined) {
    const seen = withSeen(memory, peeked, observation)
    const table = memory.shown.described.find(({ name }) => name === peeked.toLowerCase())
    const columns = (table?.columns ?? []).map(({ name }) => name).join()
    const key = addedKey(memory.key, `P${peeked} ${columns} ${observation}`, '')
    return { ...next, seen, key, peeked: [...memory.peeked, peeked], last: { sql, went: 'peek', plan: undefined } }
  }
  const went = /^\[\s*\]/.test(observation) ? 'empty' : observation.includes('), (') ? 'many' : 'one'
  return { ...next, asked: withAsked(memory, sql), last: lastOf(memory, sql, went) }
}

function withAsked({ asked }: SqlMemory, sql: string): readonly string[] {
  return asked.includes(sql) ? asked : [...asked, sql]
}

function lastOf(memory: SqlMemory, sql: string, went: LastWent): SqlMemory['last'] {
  return { sql, went, plan: offersOf(memory).list.find((offer) => offer.action === sql)?.plan }
}

function keyed(
  memory: SqlMemory,
  subject: string,
  observation: string,
  shown: Shown,
): Pick<SqlMemory, 'shown' | 'key'> {
  return { shown, key: addedKey(memory.key, subject, observation) }
}

/** What is known, whatever the order of looking; a newer answer about a subject takes the place of an older one. */
function addedKey(key: string, subject: string, observation: string): string {
  const part = (subject + observation).replaceAll('\0', ' ')
  const others = key.split('\0').filter((other) => other !== '' && other !== part)
  const kept = observation === '' ? others : others.filter((other) => !other.startsWith(subject))
  return [...kept, part].sort().join('\0')
}

/** Texts longer than this name nothing. */
const LONGEST_TEXT = 60

function withSeen({ seen, shown }: SqlMemory, name: string, observation: string): SeenTexts {
  const table = shown.described.find((t) => t.name === name.toLowerCase())
  if (table === undefined) return seen
  const more = new Map(seen)
  for (const row of readRows(observation))
    for (const [i, cell] of row.entries()) {
      const column = table.columns[i]
      if (column === undefined || cell === undefined || cell.length > LONGEST_TEXT) continue
      const known = `${column.table}.${column.name}`
      more.set(known, new Set([...(more.get(known) ?? []), cell.toLowerCase()]))
    }
  return more
}
