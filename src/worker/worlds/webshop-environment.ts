/** WebShop as a loaded environment, from its catalogue. */
import type { WorldEdit } from '../../core/log/world-edit.ts'
import type { Catalogue } from '../../environments/webshop/catalogue/catalogue.ts'
import type { Finds } from '../../environments/webshop/kept/search-so-far.ts'
import { search } from '../../environments/webshop/search/search.ts'
import { createWebShop, type WebShop } from '../../environments/webshop/webshop.ts'
import type { DataInfo } from '../protocol/data.ts'
import { loadedEnvironment, type OpenEnvironment } from './loaded-environment.ts'

export interface LoadedWebShop {
  readonly environment: OpenEnvironment
  readonly shop: WebShop
}

export function loadedWebShop(
  catalogue: Catalogue,
  origin: DataInfo['origin'],
  edits?: readonly WorldEdit[],
): LoadedWebShop {
  const shop = createWebShop(catalogue)
  const { products } = catalogue
  const find = (query: string, most: number): Finds => {
    const found = search(catalogue.index, query, most).map(({ id }) => products.get(id))
    return { products: found.filter((product) => product !== undefined), among: products.size }
  }
  return { shop, environment: { ...loadedEnvironment(shop, origin, { edits }), find } }
}
