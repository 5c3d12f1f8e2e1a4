/** WebShop with the embedded policy in it. */
import { createWebShopActions } from '../../policies/linear/webshop/webshop-actions.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { type LinearWorlds, linearWorlds } from './linear-worlds.ts'
import type { LoadedWebShop } from './webshop-environment.ts'

export function webShopWorlds(loader: DataLoader, { shop, environment }: LoadedWebShop): LinearWorlds {
  return linearWorlds(loader, environment, shop, createWebShopActions(shop.catalogue.products))
}
