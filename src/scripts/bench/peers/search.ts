/**
 * Full-text search beside libraries: the same documents, the same queries (whole instructions, whose words may each be
 * missing), the 50 best of each. All but ours know nothing of Lucene's order: how many of ours they find is told.
 */
import { search } from '../../../environments/webshop/search/search.ts'
import { buildIndex } from '../../../environments/webshop/search/search-index.ts'
import { measured, quantile, rounded } from '../measure.ts'
import { loadShippedParts } from '../shipped.ts'
import { MISSING, orReason, peer } from './installed.ts'

const ROUNDS = 7
const QUERIES = 200
const BEST = 50

interface Document {
  readonly id: string
  readonly text: string
}

/** The ids of the best documents. */
type Ask = (query: string) => readonly string[] | Promise<readonly string[]>
type Build = (documents: readonly Document[]) => Ask | Promise<Ask>

const ours: Build = (documents) => {
  const index = buildIndex(documents)
  return (query) => search(index, query, BEST).map(({ id }) => id)
}

const PEERS: Readonly<Record<string, () => Promise<Build | undefined>>> = {
  minisearch: async () => {
    interface MiniSearch {
      addAll(documents: readonly Document[]): void
      search(query: string): readonly { readonly id: string }[]
    }
    const MiniSearch = await peer<new (options: object) => MiniSearch>('minisearch')
    if (MiniSearch === undefined) return undefined
    return (documents) => {
      const index = new MiniSearch({ fields: ['text'] })
      index.addAll(documents)
      return (query) =>
        index
          .search(query)
          .slice(0, BEST)
          .map(({ id }) => id)
    }
  },
  flexsearch: async () => {
    interface Index {
      add(id: string, text: string): void
      search(query: string, options: object): readonly string[]
    }
    const flexsearch = await peer<{ readonly Index: new (options: object) => Index }>('flexsearch')
    if (flexsearch === undefined) return undefined
    return (documents) => {
      const index = new flexsearch.Index({ tokenize: 'strict' })
      for (const { id, text } of documents) index.add(id, text)
      return (query) => index.search(query, { limit: BEST, suggest: true })
    }
  },
  orama: async () => {
    interface Orama {
      create(options: object): object
      insertMultiple(index: object, documents: readonly Document[]): Promise<unknown>
      search(index: object, options: object): Promise<{ readonly hits: readonly { readonly id: string }[] }>
    }
    const orama = await peer<Orama>('@orama/orama')
    if (orama === undefined) return undefined
    return async (documents) => {
      const index = orama.create({ schema: { text: 'string' } })
      await orama.insertMultiple(index, documents)
      return async (term) => {
        const { hits } = await orama.search(index, { term, limit: BEST, threshold: 1 })
        return hits.map(({ id }) => id)
      }
    }
  },
  'better-sqlite3 (FTS5)': async () => {
    interface Statement {
      run(...values: readonly unknown[]): unknown
      all(...values: readonly unknown[]): readonly { readonly id: string }[]
    }
    interface Database {
      exec(sql: string): unknown
      prepare(sql: string): Statement
    }
    const Database = await peer<new (name: string) => Database>('better-sqlite3')
    if (Database === undefined) return undefined
    return (documents) => {
      const db = new Database(':memory:')
      db.exec(`CREATE VIRTUAL TABLE d USING fts5(id UNINDEXED, text, tokenize = 'porter')`)
      const insert = db.prepare('INSERT INTO d VALUES (?, ?)')
      db.exec('BEGIN')
      for (const { id, text } of documents) insert.run(id, text)
      db.exec('COMMIT')
      const ask = db.prepare(`SELECT id FROM d WHERE d MATCH ? ORDER BY rank LIMIT ${BEST}`)
      return (query) => ask.all((query.match(/\w+/g) ?? []).map((word) => `"${word}"`).join(' OR ')).map(({ id }) => id)
    }
  },
}

export async function benchPeerSearch() {
  const { products, instructions } = await loadShippedParts()
  const documents = products.map(({ asin, title, description, bulletPoints }) => ({
    id: asin,
    text: `${title} ${description} ${bulletPoints[0] ?? ''}`,
  }))
  const queries = instructions.slice(0, QUERIES).map((text) => text.toLowerCase())
  const found: Record<string, unknown> = { documents: documents.length }
  const own = await built(ours, documents)
  for (const [name, load] of Object.entries(PEERS)) {
    found[name] = await orReason(async () => {
      const build = await load()
      return build === undefined ? MISSING : beside(own, await built(build, documents), queries)
    })
  }
  return { ...found, ours: { buildMs: rounded(own.buildMs) } }
}

interface Built {
  readonly ask: Ask
  readonly buildMs: number
}

async function built(build: Build, documents: readonly Document[]): Promise<Built> {
  const start = performance.now()
  const ask = await build(documents)
  return { ask, buildMs: performance.now() - start }
}

/** In turns, query by query. */
async function beside(own: Built, their: Built, queries: readonly string[]) {
  const ratios: number[] = []
  const p50s: number[] = []
  let [shared, all] = [0, 0]
  for (let round = 0; round <= ROUNDS; round++) {
    const times: number[] = []
    let ownMs = 0
    for (const query of queries) {
      const begun = performance.now()
      const mine = await own.ask(query)
      const between = performance.now()
      const others = await their.ask(query)
      times.push(1000 * (performance.now() - between))
      ownMs += between - begun
      if (round > 0) continue
      const known = new Set(others)
      shared += mine.filter((id) => known.has(id)).length
      all += mine.length
    }
    if (round === 0) continue // warms up
    ratios.push(times.reduce((sum, time) => sum + time, 0) / 1000 / ownMs)
    p50s.push(quantile(times, 0.5))
  }
  return {
    buildMs: rounded(their.buildMs),
    p50Us: measured(p50s),
    timesOurs: measured(ratios),
    ofOurHits: rounded(shared / all),
  }
}
