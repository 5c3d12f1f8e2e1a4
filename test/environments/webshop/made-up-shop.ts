/** A shop of a few made-up products in the official formats, for tests that need to see every field. */
import {
  type Catalogue,
  type CatalogueOptions,
  loadCatalogue,
} from '../../../src/environments/webshop/catalogue/catalogue.ts'
import type { NounSource } from '../../../src/environments/webshop/catalogue/nouns.ts'
import type { CatalogueFiles } from '../../../src/environments/webshop/catalogue/official-files.ts'

export type Item = Record<string, unknown>

/** An item of items_shuffle.json; what a test is about, it overrides. */
export function item(asin: string, changes: Item = {}): Item {
  return {
    asin,
    name: `Plain mug ${asin}`,
    full_description: 'Holds tea.',
    small_description: ['sturdy', 'dishwasher safe'],
    pricing: '$12.50',
    customization_options: '',
    product_category: 'Kitchen › Mugs',
    category: 'garden',
    query: ' Mugs ',
    images: ['img://mug'],
    ...changes,
  }
}

export function values(...names: readonly string[]): readonly { readonly value: string }[] {
  return names.map((value) => ({ value }))
}

export function instruction(text: string, attributes: readonly string[] = ['sturdy'], options: readonly string[] = []) {
  return { instruction: text, instruction_attributes: attributes, instruction_options: options }
}

/** Every word is a noun. */
export const everyWord: NounSource = { id: 'every word', of: (title) => () => title.toLowerCase().split(' ') }

export interface MadeUp {
  readonly items?: unknown
  readonly attributes?: unknown
  readonly human?: unknown
  readonly setup?: unknown
}

export const MUGS: readonly Item[] = [
  item('A000000001', { customization_options: { Color: values('Red', 'Sea/Sky'), Size: values('Large', 'Small') } }),
  item('A000000002', { pricing: '$10.00 - $20.00', full_description: '', small_description: 'one line' }),
  item('A000000003', { name: 'Blue teapot', query: 'teapots', category: 'grocery', pricing: '' }),
]

export function files({ items = MUGS, attributes, human, setup }: MadeUp = {}): CatalogueFiles {
  return {
    items: { name: 'items.json', content: items },
    attributes: { name: 'ins.json', content: attributes ?? { A000000001: { attributes: ['sturdy', 'bright'] } } },
    human: { name: 'human.json', content: human ?? { A000000001: [instruction('i want a sturdy red mug.')] } },
    ...(setup === undefined ? {} : { setup: { name: 'setup.json', content: setup } }),
  }
}

export function load(madeUp: MadeUp = {}, options: CatalogueOptions = {}) {
  return loadCatalogue(files(madeUp), { nouns: everyWord, ...options })
}

/** The catalogue, or the failure's sentence as an error. */
export function catalogueOf(madeUp: MadeUp = {}, options: CatalogueOptions = {}): Catalogue {
  const result = load(madeUp, options)
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}

/** The sentence of a catalogue that cannot be loaded. */
export function refusal(madeUp: MadeUp, options: CatalogueOptions = {}): string {
  const result = load(madeUp, options)
  if (result.ok) throw new Error('The catalogue was loaded.')
  return result.failure.message
}
