/**
 * What the policy remembers of an episode: a pure function of the pages it has seen. Counted and compared with strings,
 * so that histories that look alike share one node of the rollout graph.
 */
import type { SubPage, WebShopState } from '../../../environments/webshop/types.ts'
import type { Reading } from './reading.ts'

/** The session as the agent may look at it: of the goal only the instruction. */
export type ShownState = Omit<WebShopState, 'goal' | 'reward'> & { readonly goal: { readonly instruction: string } }

export interface ShopMemory {
  readonly reading: Reading
  /** Actions taken. */
  readonly steps: number
  /** Queries asked, in order, each once. */
  readonly asked: readonly string[]
  /** ASINs opened, in order, each once. */
  readonly opened: readonly string[]
  /** Description and features pages read: `asin/page`. */
  readonly read: readonly string[]
  /** Best title overlap on any page of results seen. */
  readonly best: number
  /** All of the above but `steps`, as text. */
  readonly key: string
}

export function emptyMemory(reading: Reading): ShopMemory {
  return remembered({ reading, steps: 0, asked: [], opened: [], read: [], best: 0 })
}

function remembered(memory: Omit<ShopMemory, 'key'>): ShopMemory {
  const { asked, opened, read, best } = memory
  return { ...memory, key: `${asked.join('|')}\n${opened.join()}\n${read.join()}\n${best}` }
}

/** The memory after an action that led to `after`. */
export function advanceMemory(memory: ShopMemory, after: ShownState): ShopMemory {
  const steps = memory.steps + 1
  const { reading, asked, opened, read, best, key } = memory
  switch (after.page) {
    case 'search_results': {
      const query = after.keywords.join(' ')
      const seen = Math.max(best, reading.page(after).best)
      if (asked.includes(query) && seen === best) break
      const queries = asked.includes(query) ? asked : [...asked, query]
      return remembered({ reading, steps, asked: queries, opened, read, best: seen })
    }
    case 'item_page': {
      const { asin } = after
      if (asin === undefined || opened.includes(asin)) break
      return remembered({ reading, steps, asked, opened: [...opened, asin], read, best })
    }
    case 'item_sub_page': {
      const { asin, subPage } = after
      if (asin === undefined || subPage === undefined || hasRead(memory, asin, subPage)) break
      return remembered({ reading, steps, asked, opened, read: [...read, `${asin}/${subPage}`], best })
    }
  }
  return { reading, steps, asked, opened, read, best, key }
}

export function hasRead(memory: ShopMemory, asin: string, subPage: SubPage): boolean {
  return memory.read.length > 0 && memory.read.includes(`${asin}/${subPage}`)
}

/** State and memory as one text; equal exactly when everything that follows is equal. */
export function keyOf(state: ShownState, memory: ShopMemory): string {
  let key = `${memory.steps}\n${memory.key}\n${state.page}\n${state.keywords.join(' ')}\n${state.pageNumber}`
  if (state.visited.length > 0) key += `\n${state.visited.join()}`
  if (state.asin !== undefined) key += `\n${state.asin}/${state.subPage ?? ''}`
  for (const [name, value] of state.options) key += `\n${name}\t${value}`
  return key
}
