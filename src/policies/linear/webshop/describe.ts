/** The features of every action of a state, row by row in the order of the actions. Rollouts live in this file. */
import { COLUMN, WIDTH } from './features.ts'
import { sizeOf } from './instruction.ts'
import { hasRead, type ShopMemory } from './memory.ts'
import { BUTTONS, descriptionMask, type Fit, featureMask, type OptionFit, optionsOf } from './products.ts'
import type { ShownState } from './shown-state.ts'

export function describeActions(
  state: ShownState,
  memory: ShopMemory,
  actions: readonly string[],
  rows: Float64Array,
): void {
  if (state.page === 'index') describeQueries(memory, rows)
  else if (state.page === 'search_results') describeResults(state, memory, actions.length, rows)
  else if (state.page === 'item_page' && state.asin !== undefined)
    describeItem(state, memory, memory.reading.fit(state.asin), rows)
}

function describeQueries({ reading, asked }: ShopMemory, rows: Float64Array): void {
  let at = 0
  for (const query of reading.queries) {
    rows[at + COLUMN['search.coverage']] = query.coverage
    if (query.hasFirst) rows[at + COLUMN['search.first']] = 1
    if (query.single) rows[at + COLUMN['search.single']] = 1
    if (query.sentence) rows[at + COLUMN['search.sentence']] = 1
    if (asked.includes(query.text)) rows[at + COLUMN['search.asked']] = 1
    at += WIDTH
  }
}

function describeResults(state: ShownState, memory: ShopMemory, count: number, rows: Float64Array): void {
  const { fits, best } = memory.reading.page(state)
  let at = 0
  for (let i = 0; i < fits.length; i++, at += WIDTH) {
    const fit = fits[i] as Fit // i is inside
    rows[at + COLUMN['product.overlap']] = fit.overlap
    rows[at + COLUMN['product.first']] = fit.firstOverlap
    if (fit.overlap === best) rows[at + COLUMN['product.best']] = 1
    if (fit.overLimit) rows[at + COLUMN['product.over-limit']] = 1
    rows[at + COLUMN['product.rank']] = i / 10
    if (memory.opened.includes(fit.product.shown.asin)) rows[at + COLUMN['product.opened']] = 1
  }
  rows[at + COLUMN['page.next']] = 1
  rows[at + COLUMN['page.next-best']] = best
  rows[at + COLUMN['page.next-depth']] = state.pageNumber
  const back = (count - 1) * WIDTH
  if (back > at + WIDTH) rows[at + WIDTH + COLUMN['page.prev']] = 1
  rows[back + COLUMN['page.back']] = 1
  rows[back + COLUMN['page.back-best']] = best
}

function describeItem(state: ShownState, memory: ShopMemory, fit: Fit, rows: Float64Array): void {
  const { product } = fit
  const options = optionsOf(memory.reading.instruction, fit)
  let at = 0
  for (const option of options) {
    const current = state.options.get(product.groups[option.group] ?? '')
    rows[at + COLUMN['option.click']] = 1
    if (option.named) rows[at + COLUMN['option.named']] = 1
    rows[at + COLUMN['option.share']] = option.share
    if (option.best) rows[at + COLUMN['option.best']] = 1
    if (current === option.value) rows[at + COLUMN['option.chosen']] = 1
    else if (current !== undefined) rows[at + COLUMN['option.other-chosen']] = 1
    at += WIDTH
  }

  const covered = coverage(state, memory, fit, options)
  const fallsShort = Math.max(0, memory.best - fit.overlap)
  const late = lateness(memory)
  const over = fit.overLimit ? 1 : 0
  // The buttons follow the options, in the order of BUTTONS.
  rows[at + COLUMN['buy.click']] = 1
  rows[at + COLUMN['buy.coverage']] = covered
  rows[at + COLUMN['buy.first']] = fit.firstOverlap
  rows[at + COLUMN['buy.over-limit']] = over
  rows[at + COLUMN['buy.unchosen']] = unchosenGroups(state, fit, options)
  rows[at + COLUMN['buy.falls-short']] = fallsShort
  rows[at + COLUMN['buy.late']] = late
  const description = at + WIDTH
  const features = description + WIDTH
  rows[description + COLUMN['read.description']] = 1
  rows[features + COLUMN['read.features']] = 1
  const { asin } = product.shown
  if (hasRead(memory, asin, 'Description')) rows[description + COLUMN['read.again']] = 1
  if (hasRead(memory, asin, 'Features')) rows[features + COLUMN['read.again']] = 1
  rows[description + COLUMN['read.uncovered']] = 1 - covered
  rows[features + COLUMN['read.uncovered']] = 1 - covered
  const prev = features + WIDTH
  const end = at + BUTTONS.length * WIDTH
  rows[prev + COLUMN['leave.prev']] = 1
  rows[prev + WIDTH + COLUMN['leave.back']] = 1
  for (let leave = prev; leave < end; leave += WIDTH) {
    rows[leave + COLUMN['leave.coverage']] = covered
    rows[leave + COLUMN['leave.over-limit']] = over
    rows[leave + COLUMN['leave.falls-short']] = fallsShort
    rows[leave + COLUMN['leave.late']] = late
  }
}

/** How many groups the instruction names a value of, and none is chosen. */
export function unchosenGroups(state: ShownState, fit: Fit, options: readonly OptionFit[]): number {
  let groups = 0
  for (const { named, group } of options)
    if (named && !state.options.has(fit.product.groups[group] ?? '')) groups |= 1 << group
  return sizeOf(groups)
}

/** Share of the instruction's terms in the title, the chosen options and the pages read of the open product. */
export function coverage(state: ShownState, memory: ShopMemory, fit: Fit, options: readonly OptionFit[]): number {
  const { instruction } = memory.reading
  const { asin } = fit.product.shown
  let mask = fit.titleMask
  if (state.options.size > 0)
    for (const option of options)
      if (state.options.get(fit.product.groups[option.group] ?? '') === option.value) mask |= option.mask
  if (memory.read.length > 0) {
    if (hasRead(memory, asin, 'Description')) mask |= descriptionMask(instruction, fit)
    if (hasRead(memory, asin, 'Features')) mask |= featureMask(instruction, fit)
  }
  return sizeOf(mask) / Math.max(1, instruction.terms.length)
}

/** 0 up to the sixth action, then up to 1 at the tenth. */
export function lateness({ steps }: ShopMemory): number {
  return Math.min(1, Math.max(0, (steps - 5) / 4))
}
