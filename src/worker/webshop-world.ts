/** WebShop with the embedded policy in it. */
import { type Result, success } from '../core/failure.ts'
import { createLinearActor } from '../policies/linear/linear-actor.ts'
import { createWebShopActions } from '../policies/linear/webshop/webshop-actions.ts'
import { parseWeights } from '../policies/linear/weights.ts'
import type { WebShopScene } from './webshop-scene.ts'
import { joined, parsedJson, type World } from './world.ts'

/** @param policy text of the weights file */
export function webShopWorld({ shop, scene }: WebShopScene, policy: string): Result<World> {
  const space = createWebShopActions(shop.catalogue.products)
  const weights = parseWeights(parsedJson(policy), space.features)
  if (!weights.ok) return weights
  const actor = createLinearActor(shop, space, weights.value.weights)
  return success(joined(scene, shop, actor, actor))
}
