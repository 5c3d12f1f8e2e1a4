/**
 * A shop in which a visitor has changed something: a title, a price, the value of an option, an instruction. What follows
 * from it follows: the search index is built anew, the nouns of a new title are tagged, a price limit is read out of a new
 * instruction. What was wanted stays: a goal keeps its product's title, attributes and options.
 */
import { failure, quote, type Result, success } from '../../../core/failure.ts'
import { grouped } from '../../../core/grouped.ts'
import { editedFingerprint, editedName, LONGEST_EDIT, type WorldEdit } from '../../../core/log/world-edit.ts'
import { floatRepr } from '../../python-repr.ts'
import { strip } from '../python-text.ts'
import type { Goal, Product } from '../types.ts'
import { NO_LIMIT } from './drafts.ts'
import type { NounSource } from './nouns.ts'
import { changedProducts } from './products.ts'
import { type Catalogue, indexOf, searchText } from './read-catalogue.ts'

/** Products whose index is made anew for an edit. */
const MOST_INDEXED = 50_000
/** Dollars. */
const DEAREST = 1_000_000
/** Texts that item pages have as buttons: no value may be called like one. */
const BUTTONS = [
  'search',
  'back to search',
  'buy now',
  '< prev',
  'next >',
  'description',
  'features',
  'reviews',
  'attributes',
]

/** @param nouns of new titles; failures (`edit`) say what is wrong with which edit */
export function editedCatalogue(
  loaded: Catalogue,
  edits: readonly WorldEdit[],
  nouns: NounSource | undefined,
): Result<Catalogue> {
  const changed = new Map<string, Product>()
  const goals = new Map<string, Goal>()
  for (const edit of edits) {
    if (edit.kind === 'cell') return refused('A shop has no tables to edit.')
    if (edit.to.trim() === '') return refused('An edit cannot leave nothing.')
    if (edit.to.length > LONGEST_EDIT) return refused(`An edit has at most ${LONGEST_EDIT} characters.`)
    if (edit.kind === 'instruction') {
      const goal = goals.get(edit.task) ?? loaded.goals.find(({ id }) => id === edit.task)
      if (goal === undefined) return refused(`The shop has no task ${quote(edit.task)}.`)
      if (goal.instruction !== edit.from) return otherwise('instruction', edit.from, goal.instruction)
      goals.set(edit.task, { ...goal, instruction: edit.to, priceUpper: limitIn(edit.to) })
      continue
    }
    const product = changed.get(edit.asin) ?? loaded.products.get(edit.asin)
    if (product === undefined) return refused(`The shop has no product ${quote(edit.asin)}.`)
    const edited = editedProduct(product, edit, nouns)
    if (!edited.ok) return edited
    changed.set(edit.asin, edited.value)
  }
  const searched = [...changed].some(([asin, product]) => {
    const before = loaded.products.get(asin)
    return before === undefined || searchText(product) !== searchText(before)
  })
  if (searched && loaded.products.size > MOST_INDEXED) {
    const words = `A shop of ${grouped(loaded.products.size)} products would have to be indexed anew for another title or option.`
    return refused(`${words} Change a price or the instruction, or take a smaller shop.`)
  }
  const products = changedProducts(loaded.products, changed)
  return success({
    data: { name: editedName(loaded.data.name), fingerprint: editedFingerprint(loaded.data.fingerprint, edits) },
    products,
    goals: loaded.goals.map((goal) => goals.get(goal.id) ?? goal),
    index: searched ? indexOf([...products]) : loaded.index,
  })
}

type ProductEdit = Extract<WorldEdit, { readonly asin: string }>

function editedProduct(product: Product, edit: ProductEdit, nouns: NounSource | undefined): Result<Product> {
  const { from, to } = edit
  switch (edit.kind) {
    case 'title':
      if (product.title !== from) return otherwise('title', from, product.title)
      return success({ ...product, title: to, titleNouns: nouns?.of(to)?.() ?? [] })
    case 'price': {
      if (product.priceTag !== from) return otherwise('price', from, product.priceTag)
      const price = dollarsIn(to)
      if (price === undefined) return refused(`${quote(to)} is no price: type dollars, such as 12.50.`)
      return success({ ...product, priceTag: `$${floatRepr(price)}`, price })
    }
    case 'option': {
      const values = product.options.get(edit.name)
      if (values === undefined) return refused(`The product has no option ${quote(edit.name)}.`)
      if (!values.includes(from)) return otherwise('option', from, values.join(', '))
      const value = optionValue(to)
      const others = [...product.options.values()].flat()
      if (value === '' || others.includes(value) || BUTTONS.includes(value))
        return refused(`There is a button called ${quote(value)} already: choose another name for the option.`)
      const renamed = values.map((other) => (other === from ? value : other))
      return success({ ...product, options: new Map(product.options).set(edit.name, renamed) })
    }
  }
}

/** As upstream writes the values of options. */
function optionValue(text: string): string {
  return strip(text).replaceAll('/', ' | ').toLowerCase()
}

function dollarsIn(text: string): number | undefined {
  const [, digits] = /^\s*\$?\s*(\d{1,7}(?:\.\d{1,2})?)\s*$/.exec(text) ?? []
  const price = Number(digits)
  return digits !== undefined && price > 0 && price <= DEAREST ? price : undefined
}

/** As instructions are written: `, and price lower than 40.00 dollars`. */
function limitIn(instruction: string): number {
  const [, digits] = /price lower than (\d{1,7}(?:\.\d{1,2})?) dollars/i.exec(instruction) ?? []
  return digits === undefined ? NO_LIMIT : Number(digits)
}

function otherwise(what: string, from: string, there: string): ReturnType<typeof failure> {
  return refused(`The ${what} to be edited was ${quote(from)}, and is ${quote(there)} in the loaded data.`)
}

function refused(words: string): ReturnType<typeof failure> {
  return failure('edit', words)
}
