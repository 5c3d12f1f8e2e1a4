/** What the policy remembers of an episode: a pure function of the pages it has seen. */
import type { SubPage } from '../../../environments/webshop/types.ts'
import type { Reading } from './reading.ts'
import type { ShownState } from './shown-state.ts'

interface PageRead {
  readonly asin: string
  readonly subPage: SubPage
}

export interface ShopMemory {
  readonly reading: Reading
  /** Actions taken. */
  readonly steps: number
  /** Queries asked, in order, each once. */
  readonly asked: readonly string[]
  /** ASINs opened, in order, each once. */
  readonly opened: readonly string[]
  /** Description and features pages read, in order, each once. */
  readonly read: readonly PageRead[]
  /** Best title overlap on any page of results seen. */
  readonly best: number
}

export function emptyMemory(reading: Reading): ShopMemory {
  return { reading, steps: 0, asked: [], opened: [], read: [], best: 0 }
}

/** The memory after an action that led to `after`; after the last one it is not looked at any more. */
export function advanceMemory(memory: ShopMemory, after: ShownState): ShopMemory {
  if (after.page === 'done') return memory
  const steps = memory.steps + 1
  const { reading, asked, opened, read, best } = memory
  switch (after.page) {
    case 'search_results': {
      const query = after.keywords.join(' ')
      const seen = Math.max(best, reading.page(after).best)
      const queries = asked.includes(query) ? asked : [...asked, query]
      return { reading, steps, asked: queries, opened, read, best: seen }
    }
    case 'item_page': {
      const { asin } = after
      if (asin === undefined || opened.includes(asin)) break
      return { reading, steps, asked, opened: [...opened, asin], read, best }
    }
    case 'item_sub_page': {
      const { asin, subPage } = after
      if (asin === undefined || subPage === undefined || hasRead(memory, asin, subPage)) break
      return { reading, steps, asked, opened, read: [...read, { asin, subPage }], best }
    }
  }
  return { reading, steps, asked, opened, read, best }
}

export function hasRead(memory: ShopMemory, asin: string, subPage: SubPage): boolean {
  for (const read of memory.read) if (read.subPage === subPage && read.asin === asin) return true
  return false
}
