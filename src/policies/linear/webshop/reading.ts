/** One instruction and everything read in its light: queries, fits of products, pages of results. One a task. */

import { windowOf } from '../../../environments/webshop/pages.ts'
import { analyze } from '../../../environments/webshop/search/analysis.ts'
import { type Instruction, maskOf, readInstruction } from './instruction.ts'
import { type Fit, fitProduct, type ReadProduct } from './products.ts'
import { composeQueries, type Query } from './queries.ts'
import type { ShownState } from './shown-state.ts'

export interface ResultsPage {
  readonly fits: readonly Fit[]
  /** Highest title overlap on the page. */
  readonly best: number
  /** Every product, then `next >`, (`< prev`,) `back to search`. */
  readonly actions: readonly string[]
}

export interface Reading {
  readonly instruction: Instruction
  readonly queries: readonly Query[]
  readonly queryActions: readonly string[]
  fit(asin: string): Fit
  /** The page of results that a state shows. */
  page(state: ShownState): ResultsPage
}

/** @param product the catalogue as the pages show it; throws for an ASIN it does not have */
export function createReading(text: string, product: (asin: string) => ReadProduct): Reading {
  const instruction = readInstruction(text)
  const firstMask = maskOf(instruction, analyze(instruction.phrases[0] ?? ''))
  const queries = composeQueries(instruction)
  const fits = new Map<string, Fit>()
  const pages = new WeakMap<readonly string[], Map<number, ResultsPage>>()
  const fit = (asin: string): Fit => {
    let known = fits.get(asin)
    if (known === undefined) {
      known = fitProduct(instruction, firstMask, product(asin))
      fits.set(asin, known)
    }
    return known
  }
  return {
    instruction,
    queries,
    queryActions: queries.map((query) => query.action),
    fit,
    page({ hits, pageNumber }) {
      let known = pages.get(hits)
      if (known === undefined) {
        known = new Map()
        pages.set(hits, known)
      }
      let page = known.get(pageNumber)
      if (page === undefined) {
        page = readPage(hits, pageNumber, fit)
        known.set(pageNumber, page)
      }
      return page
    },
  }
}

/** Its lists are made by adding: what `map` makes is of another kind in V8 once it is compiled, and all code that reads it with it. */
function readPage(hits: readonly string[], pageNumber: number, fitOf: (asin: string) => Fit): ResultsPage {
  const [start, end] = windowOf(hits.length, pageNumber)
  const fits: Fit[] = []
  const actions: string[] = []
  let best = 0
  for (let i = start; i < end; i++) {
    const one = fitOf(hits[i] as string) // the window is inside
    fits.push(one)
    actions.push(one.product.action)
    best = Math.max(best, one.overlap)
  }
  actions.push('click[next >]')
  if (pageNumber > 1) actions.push('click[< prev]')
  actions.push('click[back to search]')
  return { fits, best, actions }
}
