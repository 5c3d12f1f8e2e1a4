/** Products as a shopper reads them, and how well each fits one instruction. Kept, since rollouts read them again and again. */
import { analyze } from '../../../environments/webshop/search/analysis.ts'
import type { Product } from '../../../environments/webshop/types.ts'
import { type Instruction, maskOf, paddedWords, readPrice, sizeOf } from './instruction.ts'

/** What the pages show of a product. What only the reward reads is not in here, so it cannot be used. */
export type ShownProduct = Pick<Product, 'asin' | 'title' | 'description' | 'bulletPoints' | 'priceTag' | 'options'>

/** The reading of one product, the same for every task. */
export interface ReadProduct {
  readonly shown: ShownProduct
  readonly action: string
  readonly titleTerms: readonly string[]
  readonly price: number
  /** What can be done on its page: every option value, then the buttons. */
  readonly actions: readonly string[]
  /** The option values, in the order of `actions`. */
  readonly values: readonly OptionValue[]
  readonly groups: readonly string[]
  /** Read when their page is opened. */
  descriptionTerms: readonly string[] | undefined
  featureTerms: readonly string[] | undefined
}

export interface OptionValue {
  readonly value: string
  /** Index of its group in `groups`. */
  readonly group: number
  readonly terms: readonly string[]
  readonly padded: string
}

/** The buttons of an item page that make sense to click, after the option values, in this order. */
export const BUTTONS = ['buy now', 'description', 'features', '< prev', 'back to search'] as const
const ALL_BUTTONS: ReadonlySet<string> = new Set([...BUTTONS, 'reviews', 'attributes'])

export function readProduct(shown: ShownProduct): ReadProduct {
  const groups = [...shown.options.keys()]
  // A value of two groups is one button, and sets the last one.
  const groupOf = new Map<string, number>()
  groups.forEach((name, group) => {
    for (const value of shown.options.get(name) ?? []) if (!ALL_BUTTONS.has(value)) groupOf.set(value, group)
  })
  const values = Array.from(groupOf, ([value, group]) => {
    return { value, group, terms: analyze(value), padded: paddedWords(value) }
  })
  return {
    shown,
    action: `click[${shown.asin.toLowerCase()}]`,
    titleTerms: analyze(shown.title),
    price: readPrice(shown.priceTag),
    actions: actionsOn(values),
    values,
    groups,
    descriptionTerms: undefined,
    featureTerms: undefined,
  }
}

function actionsOn(values: readonly OptionValue[]): readonly string[] {
  const actions: string[] = []
  for (const { value } of values) actions.push(`click[${value}]`)
  for (const button of BUTTONS) actions.push(`click[${button}]`)
  return actions
}

/** How well a product fits an instruction, as far as the list of results tells. */
export interface Fit {
  readonly product: ReadProduct
  /** Instruction terms in the title. */
  readonly titleMask: number
  /** Share of the instruction's terms in the title. */
  readonly overlap: number
  /** Share of the first phrase's terms in the title. */
  readonly firstOverlap: number
  readonly overLimit: boolean
  options: readonly OptionFit[] | undefined
  /** Instruction terms on these pages; looked for when they are opened. */
  descriptionMask: number | undefined
  featureMask: number | undefined
}

export interface OptionFit {
  readonly value: string
  readonly group: number
  /** Instruction terms in the value. */
  readonly mask: number
  /** Share of the value's terms in the instruction. */
  readonly share: number
  /** The value stands in the instruction word for word. */
  readonly named: boolean
  /** How much of the instruction the value says: shared words, and a half more if it is named. */
  readonly weight: number
  /** It says something of it, and no other value of its group more. */
  best: boolean
}

export function fitProduct(instruction: Instruction, firstMask: number, product: ReadProduct): Fit {
  const titleMask = maskOf(instruction, product.titleTerms)
  return {
    product,
    titleMask,
    overlap: sizeOf(titleMask) / Math.max(1, instruction.terms.length),
    firstOverlap: sizeOf(titleMask & firstMask) / Math.max(1, sizeOf(firstMask)),
    overLimit: product.price > instruction.priceLimit,
    options: undefined,
    descriptionMask: undefined,
    featureMask: undefined,
  }
}

/** The options' fit, worked out when the product's page is first open. */
export function optionsOf(instruction: Instruction, fit: Fit): readonly OptionFit[] {
  if (fit.options !== undefined) return fit.options
  const fits: OptionFit[] = []
  for (const { value, group, terms, padded } of fit.product.values) {
    let mask = 0
    let found = 0
    for (const term of terms) {
      const bit = instruction.bits.get(term)
      if (bit === undefined) continue
      mask |= bit
      found++
    }
    const share = found === 0 ? 0 : found / terms.length
    const named = share === 1 && instruction.padded.includes(padded)
    fits.push({ value, group, mask, share, named, weight: sizeOf(mask) * share + (named ? 0.5 : 0), best: false })
  }
  const heaviest = new Float64Array(fit.product.groups.length)
  for (const { group, weight } of fits) heaviest[group] = Math.max(heaviest[group] as number, weight)
  for (const option of fits) option.best = option.weight > 0 && option.weight === heaviest[option.group]
  fit.options = fits
  return fits
}

/** Instruction terms on the description page. */
export function descriptionMask(instruction: Instruction, fit: Fit): number {
  const { product } = fit
  product.descriptionTerms ??= analyze(product.shown.description)
  fit.descriptionMask ??= maskOf(instruction, product.descriptionTerms)
  return fit.descriptionMask
}

/** Instruction terms on the features page. */
export function featureMask(instruction: Instruction, fit: Fit): number {
  const { product } = fit
  product.featureTerms ??= analyze(product.shown.bulletPoints.join(' '))
  fit.featureMask ??= maskOf(instruction, product.featureTerms)
  return fit.featureMask
}
