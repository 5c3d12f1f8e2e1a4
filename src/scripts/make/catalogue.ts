/**
 * Writes the made-up WebShop catalogue into public/data/webshop, in the official file formats (design: princeton-nlp/
 * WebShop @64fa2a5) plus `setup.json` and `nouns.json`. Byte-identical on every run:
 *
 *     npx tsx src/scripts/make/catalogue.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { stream } from '../../core/random.ts'
import { beauty } from './catalogue/beauty.ts'
import { electronics } from './catalogue/electronics.ts'
import { makeDrafts } from './catalogue/families.ts'
import { fashion } from './catalogue/fashion.ts'
import { garden } from './catalogue/garden.ts'
import { type Errand, makeErrands } from './catalogue/goals.ts'
import { grocery } from './catalogue/grocery.ts'
import type { Draft } from './catalogue/model.ts'
import { nounsOf } from './catalogue/nouns.ts'

/** The seed of the shipped files. */
export const CATALOGUE_SEED = 20250527

const DEPARTMENTS = [beauty, electronics, fashion, garden, grocery] as const

/** A record as the official items_shuffle.json has it. */
function itemRecord(draft: Draft, page: number): unknown {
  return {
    name: draft.title,
    product_information: {},
    brand: draft.brand,
    brand_url: '',
    full_description: draft.description,
    pricing: draft.pricing,
    list_price: '',
    availability_quantity: '',
    availability_status: '',
    images: [],
    product_category: draft.kind.path,
    average_rating: '',
    small_description: draft.bullets,
    total_reviews: '',
    total_answered_questions: '',
    customization_options:
      draft.options.length === 0
        ? ''
        : Object.fromEntries(
            draft.options.map(({ name, values }) => [name, values.map((value) => ({ value, image: null }))]),
          ),
    seller_id: '',
    seller_name: '',
    fulfilled_by_amazon: '',
    fast_track_message: '',
    aplus_present: '',
    asin: draft.asin,
    category: draft.category,
    query: draft.kind.query,
    page,
    small_description_old: '',
  }
}

/** Attributes, and for some the synthetic instruction that upstream makes from them. */
function attributeRecord(draft: Draft, seed: number): unknown {
  const random = stream(seed).child('synthetic', draft.asin)
  const attributes = draft.traits.map((trait) => trait.name)
  if (random.next() < 0.6) return { attributes }
  const wanted = random.shuffled(attributes).slice(0, 1 + random.below(3))
  return {
    attributes,
    instruction: `Find me ${wanted.join(', ')} ${draft.kind.query.toLowerCase()}`,
    instruction_attributes: wanted,
  }
}

function humanRecord({ draft, wish, instruction }: Errand): unknown {
  return {
    asin: draft.asin,
    instruction: instruction.text,
    attributes: draft.traits.map((trait) => trait.name),
    options: wish.options.map(([group, value]) => `${group}: ${value}`),
    instruction_attributes: wish.traits.map((trait) => trait.name),
    instruction_options: wish.options.map(([, value]) => value),
    // an assignment is a sentence shape here, so that anybody can count how varied they are
    assignment_id: instruction.shape,
    worker_id: instruction.worker,
  }
}

/** A list or an object with one entry a line: compact, and a diff shows what changed. */
function lines(open: string, entries: readonly string[], close: string): string {
  return `${open}\n${entries.join(',\n')}\n${close}\n`
}

function table(entries: Iterable<readonly [string, unknown]>): string {
  return lines(
    '{',
    Array.from(entries, ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`),
    '}',
  )
}

const LICENSE = `# The catalogue in this folder

Everything here is made up: the products, the brands, the prices and the instructions. \`npm run data\`
writes these files from its own tables and one seed; nothing was taken from a shop or from the WebShop data.
The file formats are those of WebShop (https://github.com/princeton-nlp/WebShop).

To the extent possible under law, the authors have waived all copyright and related rights to these files
(CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/).
`

/** File name to content. */
export function makeCatalogue(seed: number): Record<string, string> {
  const random = stream(seed).child('catalogue')
  const drafts = makeDrafts(random.child('products'), DEPARTMENTS)
  const errands = makeErrands(random.child('goals'), drafts, DEPARTMENTS)
  const human = new Map<string, unknown[]>()
  for (const errand of errands)
    human.set(errand.draft.asin, [...(human.get(errand.draft.asin) ?? []), humanRecord(errand)])
  const goals = random
    .child('order')
    .shuffled(errands)
    .map(({ draft, index, split, priceUpper }) => ({
      asin: draft.asin,
      instruction: index,
      split,
      price_upper: priceUpper,
    }))
  return {
    'LICENSE.md': LICENSE,
    // families stay together, which halves the download; nothing depends on the order
    'items_shuffle.json': lines(
      '[',
      drafts.map((draft, i) => JSON.stringify(itemRecord(draft, i % 20))),
      ']',
    ),
    'items_ins_v2.json': table(drafts.map((draft) => [draft.asin, attributeRecord(draft, seed)])),
    'items_human_ins.json': table(human),
    'nouns.json': table(new Map(drafts.map((draft) => [draft.title, nounsOf(draft.title)]))),
    'setup.json': `{"prices":${JSON.stringify(Object.fromEntries(drafts.map((draft) => [draft.asin, draft.price])))},\n"goals":${lines(
      '[',
      goals.map((goal) => JSON.stringify(goal)),
      ']',
    )}}\n`,
  }
}

const ownPath = fileURLToPath(import.meta.url)
if (process.argv[1] === ownPath) {
  const folder = fileURLToPath(new URL('../../../public/data/webshop/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  let raw = 0
  let zipped = 0
  for (const [name, content] of Object.entries(makeCatalogue(CATALOGUE_SEED))) {
    writeFileSync(`${folder}${name}`, content)
    const bytes = Buffer.byteLength(content)
    const gz = gzipSync(content, { level: 9 }).length
    raw += bytes
    zipped += gz
    console.log(`${name.padEnd(24)} ${String(bytes).padStart(9)} bytes ${String(gz).padStart(8)} gzipped`)
  }
  console.log(`${'all'.padEnd(24)} ${String(raw).padStart(9)} bytes ${String(zipped).padStart(8)} gzipped`)
}
