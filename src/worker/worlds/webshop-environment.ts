/** WebShop as a scene, from its catalogue. */
import type { Catalogue } from '../../environments/webshop/catalogue/catalogue.ts'
import { createWebShop, type WebShop } from '../../environments/webshop/webshop.ts'
import type { DataInfo } from '../protocol/lab-api.ts'
import { type OpenScene, sceneOf } from './world.ts'

export interface WebShopScene {
  readonly scene: OpenScene
  readonly shop: WebShop
}

export function webShopScene(catalogue: Catalogue, origin: DataInfo['origin']): WebShopScene {
  const shop = createWebShop(catalogue)
  return { shop, scene: sceneOf(shop, origin) }
}
