/** From questions to the records of tasks.json: slots filled in, hardness counted, splits drawn. */
import type { RandomStream } from '../../../core/random.ts'
import { HARDNESS_LEVELS, type Hardness, hardnessOf, normalised } from './hardness.ts'
import type { Domain, Question, Table } from './model.ts'

export const SPLITS = ['train', 'dev', 'test'] as const
export type Split = (typeof SPLITS)[number]

const SHARES: Readonly<Record<Split, number>> = { train: 0.6, dev: 0.2, test: 0.2 }

/** A record of tasks.json: the fields of the official ic_spider_dev.json, and its split. */
export interface Task {
  readonly db: string
  readonly gold: string
  readonly query: string
  readonly hardness: Hardness
  readonly db_tables: Readonly<Record<string, readonly string[]>>
  readonly split: Split
}

type Draft = Omit<Task, 'split'>

/** The `n`-th value of every slot in the place of its name; inside SQL an apostrophe is doubled. */
function fill(text: string, slots: Question['slots'], n: number, sql: boolean): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const values = slots[name]
    if (values === undefined) throw new Error(`no slot {${name}} for: ${text}`)
    const value = String(values[n % values.length])
    return sql ? value.replaceAll("'", "''") : value
  })
}

function draftsOf(domain: Domain, tables: readonly Table[]): Draft[] {
  const db_tables = Object.fromEntries(tables.map((table) => [table.name, Object.keys(table.columns)]))
  return domain.questions.flatMap(({ gold, phrasings, slots }) => {
    const variants = Math.max(phrasings.length, ...Object.values(slots).map((values) => values.length))
    return Array.from({ length: variants }, (_, n) => {
      const sql = fill(gold, slots, n, true)
      const query = fill(phrasings[n % phrasings.length] ?? '', slots, n, false)
      return { db: domain.name, gold: sql, query, hardness: hardnessOf(sql), db_tables }
    })
  })
}

/**
 * Every task of one gold query goes to one split, whatever the values in it. Level by level, the next query (database
 * by database, in random order within one) goes where most tasks are still missing.
 */
function splitOf(drafts: readonly Draft[], random: RandomStream): Map<string, Split> {
  const splits = new Map<string, Split>()
  for (const level of HARDNESS_LEVELS) {
    const sizes = new Map<string, number>()
    for (const draft of drafts)
      if (draft.hardness === level) sizes.set(groupOf(draft), (sizes.get(groupOf(draft)) ?? 0) + 1)
    const filled: Record<Split, number> = { train: 0, dev: 0, test: 0 }
    let given = 0
    for (const [group, size] of random
      .child(level)
      .shuffled([...sizes])
      .sort(byDatabase)) {
      given += size
      const missing = (split: Split): number => given * SHARES[split] - filled[split]
      const split = SPLITS.reduce((best, next) => (missing(next) > missing(best) ? next : best))
      filled[split] += size
      splits.set(group, split)
    }
  }
  return splits
}

/** What may not be torn apart: the gold query of a database without its literals. */
function groupOf({ db, gold }: Draft): string {
  return `${db}: ${normalised(gold, true)}`
}

function byDatabase([a]: readonly [string, number], [b]: readonly [string, number]): number {
  const name = (group: string): string => group.slice(0, group.indexOf(':'))
  return name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0
}

/** All tasks, mixed, so that any first so many of them are a fair sample. */
export function makeTasks(
  domains: readonly { readonly domain: Domain; readonly tables: readonly Table[] }[],
  random: RandomStream,
): Task[] {
  const drafts = domains.flatMap(({ domain, tables }) => draftsOf(domain, tables))
  const splits = splitOf(drafts, random.child('split'))
  return random.child('order').shuffled(
    drafts.map((draft) => {
      const split = splits.get(groupOf(draft))
      if (split === undefined) throw new Error(`no split for ${draft.gold}`)
      return { ...draft, split }
    }),
  )
}
