/** What the engine benchmarks look at: the shipped world, and its parts on their own. */

import { unwrap } from '../../core/failure.ts'
import type { Environment } from '../../environments/environment.ts'
import { loadCatalogue } from '../../environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../environments/webshop/catalogue/official-files.ts'
import type { Product } from '../../environments/webshop/types.ts'
import { createWebShop } from '../../environments/webshop/webshop.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { loadShippedWorld } from '../../node/node-lab.ts'
import type { World } from '../../worker/worlds/world.ts'

export interface ShippedParts {
  readonly world: World
  readonly environment: Environment
  readonly products: readonly Product[]
  readonly instructions: readonly string[]
}

export async function loadShippedParts(): Promise<ShippedParts> {
  const world = unwrap(await loadShippedWorld())
  const catalogue = unwrap(loadCatalogue(unwrap(readOfficialFiles(unwrap(await diskLoader().files('webshop'))))))
  const instructions = catalogue.goals.map(({ instruction }) => instruction)
  const environment = createWebShop(catalogue) as Environment // its states only go back into it
  return { world, environment, products: [...catalogue.products], instructions }
}
