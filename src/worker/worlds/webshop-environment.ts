/** WebShop as a loaded environment, from its catalogue. */
import type { WorldEdit } from '../../core/log/world-edit.ts'
import type { Catalogue } from '../../environments/webshop/catalogue/catalogue.ts'
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
  return { shop, environment: loadedEnvironment(shop, origin, { edits }) }
}
