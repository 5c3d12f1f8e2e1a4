/** WebShop with the embedded policy in it. */

import type { WebShopState } from '../../environments/webshop/types.ts'
import { createWebShopActions } from '../../policies/linear/webshop/webshop-actions.ts'
import type { CompactView } from '../../policies/transformer/compact-view.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { type LinearWorlds, linearWorlds } from './linear-worlds.ts'
import type { LoadedWebShop } from './webshop-environment.ts'

export function webShopWorlds(loader: DataLoader, { shop, environment }: LoadedWebShop): LinearWorlds {
  const space = createWebShopActions(shop.catalogue.products)
  const view = async () => {
    const { createWebShopView } = await import('../../policies/transformer/webshop/webshop-view.ts')
    return createWebShopView(space) as CompactView<WebShopState, unknown> // its memory comes from itself
  }
  return linearWorlds(loader, environment, shop, space, view)
}
