/**
 * The data of an environment and the agent in it, each made when it is first asked for: the environment by whoever looks, the
 * world by whoever explores. Their code comes in parts of its own (docs/decisions/0007-first-load.md).
 */
import { type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { WorldEdit } from '../../core/log/world-edit.ts'
import type { RunConfig } from '../../core/settings/run-config.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { keptOnceGood } from '../machine/kept.ts'
import type { KeptShop } from '../machine/shop-folder.ts'
import type { DataInfo } from '../protocol/data.ts'
import type { OpenEnvironment } from './loaded-environment.ts'
import type { SqlWorlds } from './sql-worlds.ts'
import type { LoadedWebShop } from './webshop-environment.ts'
import type { OwnAgent, OwnModel, World } from './world.ts'

/** What failed is tried again by the next who asks: the connection may be back. */
export interface WorldSource {
  readonly environment: RunConfig['environment']
  /** What the visitor brought for it; undefined for what ships with the page. */
  readonly files?: readonly File[]
  /** Its file on this computer, where it is too large to be held. */
  readonly kept?: KeptShop
  /** It is asked for nothing any more. */
  close?(): void
  data(): Promise<Result<DataInfo>>
  /** @param config of the run that is looked at: an environment may have settings of its own */
  loadedEnvironment(config: RunConfig): Promise<Result<OpenEnvironment>>
  /**
   * With the embedded agent; a run with another one can be looked at.
   * @param own the policy that the setting `model` names, where it does not ship with the page
   */
  world(config: RunConfig, own?: OwnAgent | OwnModel): Promise<Result<World>>
  /** The same data with changes on top. */
  edited(edits: readonly WorldEdit[]): WorldSource
}

/** What a loader brings is made once for all labs that it serves. */
const shipped = new WeakMap<DataLoader, Map<RunConfig['environment'], WorldSource>>()

export function shippedSource(loader: DataLoader, environment: RunConfig['environment']): WorldSource {
  const sources = shipped.get(loader) ?? new Map()
  shipped.set(loader, sources)
  const source = sources.get(environment) ?? newSource(loader, environment)
  sources.set(environment, source)
  return source
}

function newSource(loader: DataLoader, environment: RunConfig['environment']): WorldSource {
  if (environment === 'intercode-sql')
    return sqlSource(async () => {
      const [files, code] = await Promise.all([loader.files(environment), fetched(() => import('./sql-worlds.ts'))])
      if (!files.ok) return files
      const contents = files.value.map(({ name, text }) => ({ name, content: text }))
      return code.ok ? code.value.openSqlWorlds(loader, contents, 'shipped') : code
    })
  return webShopSource(loader, async () => {
    const [files, code] = await Promise.all([loader.files(environment), fetched(() => import('./shipped-webshop.ts'))])
    if (!files.ok) return files
    return code.ok ? code.value.shippedWebShop(files.value) : code
  })
}

/** A shop too large to be held. */
export function webShopSource(loader: DataLoader, make: () => Promise<Result<LoadedWebShop>>): WorldSource {
  const shop = keptOnceGood(make)
  const worlds = keptOnceGood(async () => {
    const [made, agent] = await Promise.all([shop.get(), fetched(() => import('./webshop-worlds.ts'))])
    if (!made.ok) return made
    return agent.ok ? success(agent.value.webShopWorlds(loader, made.value)) : agent
  })
  return {
    environment: 'webshop',
    data: () => shop.use(async ({ environment }) => success(environment.data)),
    loadedEnvironment: () => shop.use(async ({ environment }) => success(environment)),
    world: (config, own) => worlds.use((world) => world(config, own)),
    edited: (edits) =>
      webShopSource(loader, () =>
        shop.use(async (made) => {
          const code = await fetched(() => import('./edited-webshop.ts'))
          return code.ok ? code.value.editedWebShop(made, edits) : code
        }),
      ),
  }
}

export function sqlSource(make: () => Promise<Result<SqlWorlds>>): WorldSource {
  const sql = keptOnceGood(make)
  return {
    environment: 'intercode-sql',
    data: () => sql.use(async ({ data }) => success(data)),
    loadedEnvironment: (config) => sql.use(async ({ environment }) => success(environment(config))),
    world: (config, own) => sql.use(({ world }) => world(config, own)),
    edited: (edits) => sqlSource(() => sql.use(async (made) => made.edited(edits))),
  }
}
