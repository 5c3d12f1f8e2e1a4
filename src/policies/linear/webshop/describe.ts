/** The features of every action of a state, row by row in the order of the actions. */
import { COLUMN, type FeatureName, WIDTH } from './features.ts'
import { sizeOf } from './instruction.ts'
import { hasRead, type ShopMemory, type ShownState } from './memory.ts'
import { BUTTONS, descriptionMask, type Fit, featureMask, type OptionFit, optionsOf } from './products.ts'

type Put = (row: number, name: FeatureName, value: number) => void

export function describeActions(
  state: ShownState,
  memory: ShopMemory,
  actions: readonly string[],
  rows: Float64Array,
): void {
  const put: Put = (row, name, value) => {
    rows[row * WIDTH + COLUMN[name]] = value
  }
  if (state.page === 'index') describeQueries(memory, put)
  else if (state.page === 'search_results') describeResults(state, memory, actions, put)
  else if (state.page === 'item_page' && state.asin !== undefined)
    describeItem(state, memory, memory.reading.fit(state.asin), put)
}

function describeQueries(memory: ShopMemory, put: Put): void {
  memory.reading.queries.forEach((query, row) => {
    put(row, 'search.coverage', query.coverage)
    if (query.hasFirst) put(row, 'search.first', 1)
    if (query.single) put(row, 'search.single', 1)
    if (query.sentence) put(row, 'search.sentence', 1)
    if (memory.asked.includes(query.text)) put(row, 'search.asked', 1)
  })
}

function describeResults(state: ShownState, memory: ShopMemory, actions: readonly string[], put: Put): void {
  const { fits, best } = memory.reading.page(state)
  fits.forEach((fit, row) => {
    put(row, 'product.overlap', fit.overlap)
    put(row, 'product.first', fit.firstOverlap)
    if (fit.overlap === best) put(row, 'product.best', 1)
    if (fit.overLimit) put(row, 'product.over-limit', 1)
    put(row, 'product.rank', row / 10)
    if (memory.opened.includes(fit.product.shown.asin)) put(row, 'product.opened', 1)
  })
  const next = fits.length
  put(next, 'page.next', 1)
  put(next, 'page.next-best', best)
  put(next, 'page.next-depth', state.pageNumber)
  const back = actions.length - 1
  if (back - next > 1) put(next + 1, 'page.prev', 1)
  put(back, 'page.back', 1)
  put(back, 'page.back-best', best)
}

function describeItem(state: ShownState, memory: ShopMemory, fit: Fit, put: Put): void {
  const { product } = fit
  const options = optionsOf(memory.reading.instruction, fit)
  const chosen = product.groups.map((name) => state.options.get(name))
  const best = bestShares(options, product.groups.length)
  options.forEach((option, row) => {
    const current = chosen[option.group]
    put(row, 'option.click', 1)
    if (option.named) put(row, 'option.named', 1)
    put(row, 'option.share', option.share)
    if (option.mask !== 0 && weight(option) === best[option.group]) put(row, 'option.best', 1)
    if (current === option.value) put(row, 'option.chosen', 1)
    else if (current !== undefined) put(row, 'option.other-chosen', 1)
  })

  const covered = coverage(state, memory, fit, options)
  const fallsShort = Math.max(0, memory.best - fit.overlap)
  const late = lateness(memory)
  // The buttons follow the options, in the order of BUTTONS.
  const buy = options.length
  put(buy, 'buy.click', 1)
  put(buy, 'buy.coverage', covered)
  put(buy, 'buy.first', fit.firstOverlap)
  if (fit.overLimit) put(buy, 'buy.over-limit', 1)
  put(buy, 'buy.unchosen', unchosenGroups(options, chosen).length)
  put(buy, 'buy.falls-short', fallsShort)
  put(buy, 'buy.late', late)
  put(buy + 1, 'read.description', 1)
  put(buy + 2, 'read.features', 1)
  const { asin } = product.shown
  if (hasRead(memory, asin, 'Description')) put(buy + 1, 'read.again', 1)
  if (hasRead(memory, asin, 'Features')) put(buy + 2, 'read.again', 1)
  put(buy + 1, 'read.uncovered', 1 - covered)
  put(buy + 2, 'read.uncovered', 1 - covered)
  put(buy + 3, 'leave.prev', 1)
  put(buy + 4, 'leave.back', 1)
  for (let row = buy + 3; row < buy + BUTTONS.length; row++) {
    put(row, 'leave.coverage', covered)
    if (fit.overLimit) put(row, 'leave.over-limit', 1)
    put(row, 'leave.falls-short', fallsShort)
    put(row, 'leave.late', late)
  }
}

/** How much of the instruction an option's value says: shared words, and a half more if it stands there as it is. */
function weight(option: OptionFit): number {
  return sizeOf(option.mask) * option.share + (option.named ? 0.5 : 0)
}

function bestShares(options: readonly OptionFit[], groups: number): number[] {
  const best = new Array<number>(groups).fill(0)
  for (const option of options) best[option.group] = Math.max(best[option.group] ?? 0, weight(option))
  return best
}

/** Groups that the instruction names a value of and that have none chosen. */
export function unchosenGroups(options: readonly OptionFit[], chosen: readonly (string | undefined)[]): number[] {
  const groups: number[] = []
  for (const { named, group } of options) {
    if (named && chosen[group] === undefined && !groups.includes(group)) groups.push(group)
  }
  return groups
}

/** Share of the instruction's terms in the title, the chosen options and the pages read of the open product. */
export function coverage(state: ShownState, memory: ShopMemory, fit: Fit, options: readonly OptionFit[]): number {
  const { instruction } = memory.reading
  const { asin } = fit.product.shown
  let mask = fit.titleMask
  for (const option of options) {
    if (state.options.get(fit.product.groups[option.group] ?? '') === option.value) mask |= option.mask
  }
  if (hasRead(memory, asin, 'Description')) mask |= descriptionMask(instruction, fit)
  if (hasRead(memory, asin, 'Features')) mask |= featureMask(instruction, fit)
  return sizeOf(mask) / Math.max(1, instruction.terms.length)
}

/** 0 up to the sixth action, then up to 1 at the tenth. */
export function lateness({ steps }: ShopMemory): number {
  return Math.min(1, Math.max(0, (steps - 5) / 4))
}
