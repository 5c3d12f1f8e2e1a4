/** Both environments small enough to read, each with its policy of the shipped weights. */
import { unwrap } from '../../src/core/failure.ts'
import type { RunConfig } from '../../src/core/settings/settings.ts'
import type { Environment } from '../../src/environments/environment.ts'
import { diskLoader } from '../../src/node/disk-loader.ts'
import type { ActionSpace, Feature } from '../../src/policies/linear/action-space.ts'
import { createSqlActions } from '../../src/policies/linear/intercode-sql/sql-actions.ts'
import { createLinearActor, type LinearActor } from '../../src/policies/linear/linear-actor.ts'
import { createWebShopActions } from '../../src/policies/linear/webshop/webshop-actions.ts'
import { parseWeights } from '../../src/policies/linear/weights.ts'
import { createSmallShop } from './small-shop.ts'
import { createSmallSql } from './small-sql.ts'

/** The two environments' types stay apart: each pair fits together. */
export type SmallWorld = readonly [Environment, LinearActor]

async function shipped(environment: RunConfig['environment'], features: readonly Feature[]): Promise<Float64Array> {
  const text = unwrap(await diskLoader().policy(environment))
  return unwrap(parseWeights(JSON.parse(text), features)).weights
}

async function withPolicy<S, M>(environment: Environment<S>, space: ActionSpace<S, M>): Promise<SmallWorld> {
  const policy = createLinearActor(environment, space, await shipped(environment.id, space.features))
  return [environment, policy] as unknown as SmallWorld
}

/** For `describe.each`: what each is called, and how it is opened. */
export const SMALL_WORLDS: readonly (readonly [string, () => Promise<SmallWorld>])[] = [
  [
    'WebShop',
    () => {
      const shop = createSmallShop()
      return withPolicy(shop, createWebShopActions(shop.catalogue.products))
    },
  ],
  [
    'InterCode-SQL',
    async () => {
      const sql = await createSmallSql()
      return withPolicy(sql, createSqlActions(sql.observe))
    },
  ],
]
