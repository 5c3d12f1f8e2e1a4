/**
 * The data of an environment and the agent in it, each made when it is first asked for: the scene by whoever looks, the
 * world by whoever explores. Their code comes in parts of its own (docs/decisions/0007-first-load.md).
 */
import { type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { RunConfig } from '../../core/settings/run-config.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type { DataInfo } from '../protocol/lab-api.ts'
import type { SqlStage } from './sql-source.ts'
import type { WebShopScene } from './webshop-environment.ts'
import type { OpenScene, OwnAgent, World } from './world.ts'

/** What failed is tried again by the next who asks: the connection may be back. */
export interface Stage {
  readonly environment: RunConfig['environment']
  data(): Promise<Result<DataInfo>>
  /** @param config of the run that is looked at: an environment may have settings of its own */
  scene(config: RunConfig): Promise<Result<OpenScene>>
  /**
   * With the embedded agent; a run with another one can be looked at.
   * @param own the policy that the setting `model` names, where it does not ship with the page
   */
  world(config: RunConfig, own?: OwnAgent): Promise<Result<World>>
}

export function shippedStage(loader: DataLoader, environment: RunConfig['environment']): Stage {
  if (environment === 'intercode-sql')
    return sqlStage(async () => {
      const [files, code] = await Promise.all([loader.files(environment), fetched(() => import('./sql-source.ts'))])
      if (!files.ok) return files
      const contents = files.value.map(({ name, text }) => ({ name, content: text }))
      return code.ok ? code.value.openSql(loader, contents, 'shipped') : code
    })
  return webShopStage(loader, async () => {
    const [files, code] = await Promise.all([loader.files(environment), fetched(() => import('./shipped-webshop.ts'))])
    if (!files.ok) return files
    return code.ok ? code.value.shippedScene(files.value) : code
  })
}

export function webShopStage(loader: DataLoader, make: () => Promise<Result<WebShopScene>>): Stage {
  const shop = keptOnceGood(make)
  const worlds = keptOnceGood(async () => {
    const [made, agent] = await Promise.all([shop(), fetched(() => import('./webshop-world.ts'))])
    if (!made.ok) return made
    return agent.ok ? success(agent.value.webShopWorlds(loader, made.value)) : agent
  })
  return {
    environment: 'webshop',
    async data() {
      const made = await shop()
      return made.ok ? success(made.value.scene.data) : made
    },
    async scene() {
      const made = await shop()
      return made.ok ? success(made.value.scene) : made
    },
    async world(config, own) {
      const made = await worlds()
      return made.ok ? made.value(config, own) : made
    },
  }
}

export function sqlStage(make: () => Promise<Result<SqlStage>>): Stage {
  const opened = keptOnceGood(make)
  return {
    environment: 'intercode-sql',
    async data() {
      const sql = await opened()
      return sql.ok ? success(sql.value.data) : sql
    },
    async scene(config) {
      const sql = await opened()
      return sql.ok ? success(sql.value.scene(config)) : sql
    },
    async world(config, own) {
      const sql = await opened()
      return sql.ok ? sql.value.world(config, own) : sql
    },
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
