/**
 * The pages of WebShop in few words. A product is the words of the request that its title covers, how many they are, and
 * a pointer; an option is its value, `!` where the request names it, `?` where it is the closest of its group, and a pointer.
 * A pointer stands after its text: who reads from left to right knows then what it points to.
 */
import { remembered } from '../../../core/remembered.ts'
import { coverage } from '../../linear/webshop/describe.ts'
import { type Instruction, sizeOf } from '../../linear/webshop/instruction.ts'
import { descriptionMask, type Fit, featureMask, type OptionFit, optionsOf } from '../../linear/webshop/products.ts'
import type { ResultsPage } from '../../linear/webshop/reading.ts'
import type { ShownState } from '../../linear/webshop/shown-state.ts'
import type { ViewMemory } from './memory.ts'
import { headOf, plainWords } from './plain.ts'
import { markOf, type OptionMark, reachOf } from './reach.ts'
import { requestWords, wordsOfMask } from './request.ts'

/** Products of a page of results, by how many pages were shown before: a long search must fit into the context. */
const MOST_PRODUCTS = [10, 10, 10, 5, 5, 3] as const
/** Products named again on return. */
const MOST_AGAIN = 3
/** Request words of a product, groups of options, values of a group, words of a value. */
const MOST_COVERED = 8
const MOST_GROUPS = 4
const MOST_VALUES = 5
const MOST_VALUE_WORDS = 4
/** Of them so many are remembered. */
const MOST_SHORT = 2048

const MARKS: Readonly<Record<OptionMark, string>> = { named: ' !', closest: ' ?', none: '' }

/** The text of the task. */
export function openingText({ shop }: ViewMemory): string {
  return requestWords(shop.reading.instruction)
}

/** The text after an action. */
export function seenText(state: ShownState, memory: ViewMemory): string {
  if (memory.step === 'same') return 'same page'
  switch (state.page) {
    case 'index':
      return 'search'
    case 'search_results':
      return memory.step === 'again' ? resultsAgain(state, memory) : results(state, memory)
    case 'item_page':
      return item(state, memory)
    case 'item_sub_page':
      return subPage(state, memory)
    case 'done':
      return 'bought'
  }
}

/** Texts of pages of results, by how many products they show. */
const resultTexts = new WeakMap<ResultsPage, Map<number, string>>()

function results(state: ShownState, { shop, pages }: ViewMemory): string {
  const page = shop.reading.page(state)
  const most = MOST_PRODUCTS[Math.min(pages.length, MOST_PRODUCTS.length) - 1] ?? 3
  const texts = resultTexts.get(page) ?? new Map<number, string>()
  resultTexts.set(page, texts)
  const text = texts.get(most) ?? resultsText(shop.reading.instruction, page, state.pageNumber, most)
  texts.set(most, text)
  return text
}

function resultsText(instruction: Instruction, { fits }: ResultsPage, pageNumber: number, most: number): string {
  const lines = bestOf(fits, most).map((i) => productLine(instruction, fits[i] as Fit, i)) // i is inside
  const name = pageNumber === 1 ? 'results :' : `results ${pageNumber} :`
  return [name, lines.length === 0 ? 'none' : lines.join(' , ')].join(' ')
}

/** Of the products that were opened, what they can come to; of the others, what their titles cover. The best first. */
function resultsAgain(state: ShownState, { shop }: ViewMemory): string {
  const { reading, opened } = shop
  const lines = reading.page(state).fits.map((fit, i) => {
    const isOpen = opened.includes(fit.product.shown.asin)
    const count = isOpen ? reachOf(reading, fit) : sizeOf(fit.titleMask)
    return { isOpen, count, text: pointed(fit, count, i) }
  })
  const told = (wanted: boolean) =>
    lines
      .filter(({ isOpen }) => isOpen === wanted)
      .sort((a, b) => b.count - a.count) // stable: of equal ones the first
      .slice(0, MOST_AGAIN)
      .map(({ text }) => text)
      .join(' , ') || 'none'
  return `back : opened ${told(true)} ; left ${told(false)}`
}

/** Places of the `most` products with most covered words, in page order. */
function bestOf(fits: readonly Fit[], most: number): number[] {
  return fits
    .map((_, i) => i)
    .sort((a, b) => overlapAt(fits, b) - overlapAt(fits, a) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b)
}

function overlapAt(fits: readonly Fit[], place: number): number {
  return fits[place]?.overlap ?? 0
}

function productLine(instruction: Instruction, fit: Fit, place: number): string {
  const covered = wordsOfMask(instruction, fit.titleMask).slice(0, MOST_COVERED)
  const head = headOf(fit.product.shown.title)
  const words = head === undefined || covered.includes(head) ? covered : [head, ...covered]
  return [...words, pointed(fit, sizeOf(fit.titleMask), place)].join(' ')
}

function pointed(fit: Fit, count: number, place: number): string {
  return `${fit.overLimit ? 'over ' : ''}${count} r${place + 1}`
}

/** Texts of products that are opened. */
const itemTexts = new WeakMap<Fit, string>()

function item(state: ShownState, memory: ViewMemory): string {
  if (state.asin === undefined) return 'item : none'
  const { reading } = memory.shop
  const { instruction } = reading
  const fit = reading.fit(state.asin)
  const options = optionsOf(instruction, fit)
  const most = instruction.terms.length
  if (memory.step === 'new') {
    const known = itemTexts.get(fit)
    if (known !== undefined) return known
    const text = [itemHead(fit), ...groupTexts(fit, options), `can ${reachOf(reading, fit)} of ${most}`].join(' ; ')
    itemTexts.set(fit, text)
    return text
  }
  const count = Math.round(coverage(state, memory.shop, fit, options) * most)
  const left = openGroups(state, fit, options)
  return [chosen(state), `left ${left.length === 0 ? 'none' : left.join(' , ')}`, `covered ${count} of ${most}`].join(
    ' ; ',
  )
}

function itemHead(fit: Fit): string {
  return `item : ${headOf(fit.product.shown.title) ?? 'other'} ${fit.overLimit ? 'over ' : ''}${sizeOf(fit.titleMask)}`
}

function chosen(state: ShownState): string {
  const values = [...state.options.values()].slice(0, MOST_GROUPS).map(short)
  return `chosen ${values.length === 0 ? 'none' : values.join(' , ')}`
}

/** `color : navy ! o1 teal o2`, a group each. */
function groupTexts(fit: Fit, options: readonly OptionFit[]): string[] {
  return fit.product.groups.slice(0, MOST_GROUPS).flatMap((name, group) => {
    const own = options.flatMap((option, i) => (option.group === group ? [{ option, i }] : []))
    const marked = own.map(({ option, i }) => ({ text: short(option.value), mark: MARKS[markOf(option)], i }))
    const shown = [...marked.filter(({ mark }) => mark !== ''), ...marked.filter(({ mark }) => mark === '')]
      .slice(0, MOST_VALUES)
      .sort((a, b) => a.i - b.i)
    if (shown.length === 0) return []
    return [`${short(name)} : ${shown.map(({ text, mark, i }) => `${text}${mark} o${i + 1}`).join(' ')}`]
  })
}

/** Names of the groups with a marked value, none of whose values is chosen. */
function openGroups(state: ShownState, fit: Fit, options: readonly OptionFit[]): string[] {
  return fit.product.groups
    .slice(0, MOST_GROUPS)
    .filter((name, group) => {
      if (state.options.has(name)) return false
      return options.some((option) => option.group === group && markOf(option) !== 'none')
    })
    .map(short)
}

/** The first words of an option's value, or of a group's name: those of a shop come again with every product. */
const short = remembered((text) => plainWords(text, MOST_VALUE_WORDS).join(' ') || 'other', MOST_SHORT)

function subPage(state: ShownState, { shop }: ViewMemory): string {
  const name = (state.subPage ?? 'page').toLowerCase()
  if (state.asin === undefined) return `${name} : none`
  const fit = shop.reading.fit(state.asin)
  const { instruction } = shop.reading
  const mask =
    state.subPage === 'Description'
      ? descriptionMask(instruction, fit)
      : state.subPage === 'Features'
        ? featureMask(instruction, fit)
        : 0
  const words = wordsOfMask(instruction, mask & ~fit.titleMask).slice(0, MOST_COVERED)
  return `${name} : ${words.length === 0 ? 'none' : words.join(' ')}`
}
