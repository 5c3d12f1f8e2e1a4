/** A look into a shop: into the one that is being read, as far as it is, else into the one that new runs use. */
import { failure, Interruption, quote, type Result, success } from '../../core/failure.ts'
import { DEFAULT_CONFIG } from '../../core/settings/settings.ts'
import type { Finds } from '../../environments/webshop/kept/search-so-far.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { ShopFinds } from '../protocol/library.ts'
import type { ToolPorts } from './ports.ts'

/** Products that are told. */
const MOST_FOUND = 10
/** Characters of a query that are looked at, and of each text that is told. */
const MOST_CHARACTERS = 300

export async function searchShop(ports: ToolPorts, words: string): Promise<Result<ShopFinds>> {
  const { sources, reading } = ports
  const query = words.slice(0, MOST_CHARACTERS)
  const { shop } = reading
  if (shop !== undefined) {
    try {
      return success({ ...told(await shop.find(query, MOST_FOUND, macrotask)), shop: shop.name, reading: true })
    } catch (thrown) {
      if (reading.shop === shop) throw thrown
      return searchShop(ports, words) // it came to its end meanwhile
    }
  }
  await reading.opening
  const environment = await sources.at('webshop').loadedEnvironment(DEFAULT_CONFIG)
  if (!environment.ok) return environment
  const { data, find } = environment.value
  if (find === undefined) return failure('not-a-shop', `${quote(data.name)} has no products.`)
  try {
    return success({ ...told(find(query, MOST_FOUND)), shop: data.name, reading: false })
  } catch (thrown) {
    if (thrown instanceof Interruption) return { ok: false, failure: thrown.failure } // the disk does not give it back
    throw thrown
  }
}

function told({ products, among }: Finds): Pick<ShopFinds, 'found' | 'among'> {
  const found = products.map(({ asin, title, priceTag }) => ({
    asin: short(asin),
    title: short(title),
    price: short(priceTag),
  }))
  return { found, among }
}

function short(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}
