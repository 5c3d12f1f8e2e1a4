/**
 * The data and the agent at hand, each made when it is first asked for: the scene by whoever looks, the world by whoever
 * explores. Their code comes in parts of its own (docs/decisions/0007-first-load.md).
 */
import type { Result } from '../core/failure.ts'
import { success } from '../core/failure.ts'
import type { DataLoader, NamedText } from './data-loader.ts'
import { fetched } from './fetched.ts'
import type { WebShopScene } from './webshop-scene.ts'
import type { Scene, World } from './world.ts'

/** What failed is tried again by the next who asks: the connection may be back. */
export interface Stage {
  scene(): Promise<Result<Scene>>
  world(): Promise<Result<World>>
}

export function shippedStage(loader: DataLoader): Stage {
  return stageOf(loader, async () => {
    const [files, code] = await Promise.all([loader.files(), fetched(() => import('./shipped-scene.ts'))])
    if (!files.ok) return files
    return code.ok ? code.value.shippedScene(files.value) : code
  })
}

/** @param texts official WebShop files */
export function broughtStage(loader: DataLoader, texts: readonly NamedText[]): Stage {
  return stageOf(loader, async () => {
    const code = await fetched(() => import('./brought-scene.ts'))
    return code.ok ? code.value.broughtScene(texts) : code
  })
}

function stageOf(loader: DataLoader, make: () => Promise<Result<WebShopScene>>): Stage {
  const shop = keptOnceGood(make)
  const world = keptOnceGood(async () => {
    const code = fetched(() => import('./webshop-world.ts'))
    const [made, policy, agent] = await Promise.all([shop(), loader.policy(), code])
    if (!made.ok) return made
    if (!policy.ok) return policy
    return agent.ok ? agent.value.webShopWorld(made.value, policy.value) : agent
  })
  return {
    async scene() {
      const made = await shop()
      return made.ok ? success(made.value.scene) : made
    },
    world,
  }
}

function keptOnceGood<T>(make: () => Promise<Result<T>>): () => Promise<Result<T>> {
  let kept: Promise<Result<T>> | undefined
  return async () => {
    kept ??= make()
    const made = await kept
    if (!made.ok) kept = undefined
    return made
  }
}
