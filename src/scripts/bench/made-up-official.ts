/**
 * Files in the official WebShop format, of any number of made-up products and of the official ones' size: 4.4 kB a product, of which
 * the shop reads a third, some hundred words that are searched, a vocabulary that grows with them.
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { type RandomStream, stream } from '../../core/random.ts'
import { CATEGORIES } from '../../environments/webshop/types.ts'

const NAMES = { items: 'items_shuffle.json', attributes: 'items_ins_v2.json', human: 'items_human_ins.json' } as const

/** Human instructions of the official files. */
const MOST_INSTRUCTIONS = 12_000
/** Products written together. */
const BATCH = 500

/** @param folder where there is one already @returns the paths of the three files */
export async function writeMadeUpOfficial(folder: string, products: number): Promise<readonly string[]> {
  const random = stream(1).child('bench', 'official')
  const paths = [NAMES.items, NAMES.attributes, NAMES.human].map((name) => `${folder}/${name}`)
  const [items, attributes, human] = paths.map((path) => createWriteStream(path)) as [Out, Out, Out] // of three paths
  const every = Math.ceil(products / Math.min(MOST_INSTRUCTIONS, Math.max(1, products / 10)))
  const puts = { items: '[\n', attributes: '{\n', human: '{\n' }
  for (let i = 0; i < products; i++) {
    const asin = asinOf(i)
    const words = wordsOf(random, i)
    const wanted = [words(2), words(2), words(1)]
    const comma = i === 0 ? '' : ',\n'
    puts.items += comma + JSON.stringify(itemOf(asin, i, words, random))
    const entry = { attributes: wanted, instruction: `Find me ${words(4)}`, instruction_attributes: wanted.slice(0, 2) }
    puts.attributes += `${comma}"${asin}":${JSON.stringify(entry)}`
    if (i % every === 0) {
      const instruction = {
        asin,
        instruction: `i am looking for ${words(8)} that is ${wanted[0]}`,
        instruction_attributes: wanted.slice(0, 1),
        instruction_options: [],
      }
      puts.human += `${comma}"${asin}":${JSON.stringify([instruction])}`
    }
    if (i % BATCH === BATCH - 1 || i === products - 1) {
      await put(items, puts.items)
      await put(attributes, puts.attributes)
      await put(human, puts.human)
      puts.items = puts.attributes = puts.human = ''
    }
  }
  await Promise.all([ended(items, '\n]\n'), ended(attributes, '\n}\n'), ended(human, '\n}\n')])
  return paths
}

type Out = ReturnType<typeof createWriteStream>

async function put(file: Out, text: string): Promise<void> {
  if (!file.write(text)) await once(file, 'drain')
}

async function ended(file: Out, text: string): Promise<void> {
  file.end(text)
  await once(file, 'finish')
}

/** Ten characters, in no order. */
function asinOf(i: number): string {
  return `B${(Math.imul(i, 0x9e3779b1) >>> 0).toString(36).toUpperCase().padStart(9, '0')}`
}

const SYLLABLES = 'ba ce di fo gu la me ni or pu ra se ti vo wu xa ye zi ka lo'.split(' ')

/** The word at this place of the vocabulary, the same in every shop. */
function wordAt(place: number): string {
  let word = ''
  for (let rest = place + SYLLABLES.length; word === '' || rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length]
  return word
}

/** Words of the product at a place, a few of them common: there are more of them with every product (Heaps' law). */
function wordsOf(random: RandomStream, i: number): (count: number) => string {
  const most = 200 + 60 * (i + 1) ** 0.65
  return (count) => {
    let words = wordAt(Math.floor(most * random.next() ** 4))
    for (let n = 1; n < count; n++) words += ` ${wordAt(Math.floor(most * random.next() ** 4))}`
    return words
  }
}

function itemOf(asin: string, i: number, words: (count: number) => string, random: RandomStream) {
  const picture = (): string => `https://pictures.example/images/I/${wordAt(random.below(1e9))}._AC_UL1500_.jpg`
  const option = () => {
    const image = picture()
    return {
      value: words(1 + random.below(2)),
      is_selected: false,
      url: `/dp/${asinOf(random.below(1e6))}/ref=twister`,
      image,
    }
  }
  const list = <T>(most: number, make: () => T): T[] => Array.from({ length: 1 + random.below(most) }, make)
  const price = (5 + 200 * random.next() ** 3).toFixed(2)
  return {
    name: words(8 + random.below(10)),
    product_information: Object.fromEntries(list(8, () => [words(2), words(3)])),
    brand: words(1),
    brand_url: `/s?k=${words(1)}`,
    full_description: words(20 + random.below(120)),
    pricing: random.next() < 0.8 ? `$${price}` : `$${price} - $${(Number(price) + 10).toFixed(2)}`,
    list_price: '',
    availability_quantity: null,
    availability_status: 'In Stock.',
    images: list(8, picture),
    product_category: `${words(1)} › ${wordAt(random.below(40))} › ${wordAt(random.below(400))}`,
    average_rating: 4.1,
    small_description: list(8, () => `${words(8 + random.below(16))}. `),
    total_reviews: random.below(1000),
    total_answered_questions: '',
    customization_options: random.next() < 0.4 ? '' : { color: list(6, option), size: list(6, option) },
    seller_id: 'A3',
    seller_name: words(2),
    fulfilled_by_amazon: true,
    fast_track_message: '',
    aplus_present: '',
    asin,
    category: CATEGORIES[i % CATEGORIES.length],
    query: wordAt(random.below(300)),
    page: 1,
    small_description_old: words(40),
    reviews: list(3, () => ({ title: words(4), body: words(20), rating: '5.0 out of 5 stars' })),
  }
}
