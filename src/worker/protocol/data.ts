/** The data that environments run on, and what is seen of an environment. */
import type { Result } from '../../core/failure.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import type { SqlView } from '../../environments/intercode-sql/types.ts'
import type { WebShopView } from '../../environments/webshop/types.ts'

/** The data an environment runs on. */
export interface DataInfo {
  readonly name: string
  readonly fingerprint: string
  readonly environment: RunConfig['environment']
  readonly tasks: { readonly train: number; readonly dev: number; readonly test: number }
  /** `shipped` with the page, or `yours`: files dropped on it. */
  readonly origin: 'shipped' | 'yours'
  /** What was left out of the files, a sentence each; undefined for nothing. */
  readonly notes?: readonly string[]
}

/** One member per environment, told apart by `environment`. */
export type WorldView = WebShopView | SqlView

/** What is seen and read after some actions. */
export interface WorldSight {
  readonly view: WorldView
  /** The observation, as the agent reads it. */
  readonly observation: string
  /** Why the last action was none, as `Environment.idle` says it; undefined where it acted, and at the start. */
  readonly idle?: string
}

export interface DataUpdate {
  readonly type: 'data'
  readonly data: DataInfo
}

/** How far a shop that is too large to be held has come, while it is read. */
export interface ShopUpdate {
  readonly type: 'shop'
  readonly doing: 'reading' | 'indexing'
  /** Products so far. */
  readonly products: number
  /** Of what is being done, in [0, 1]. */
  readonly share: number
  /** Milliseconds that are left of it, at the pace so far; undefined until there is one. */
  readonly leftMs: number | undefined
}

export interface DataCalls {
  /** Resolves when the shipped or brought data of an environment stands ready. */
  data(environment: RunConfig['environment']): Promise<Result<DataInfo>>
  /**
   * Official files of one environment, in any order; they replace its data for new runs. What they are is seen from what
   * is in them. Nothing changes when one is wrong. A shop that is too large to be held is kept on this computer, in the place of
   * the one that was kept before; `kept` takes that one again.
   */
  loadData(files: readonly File[] | 'kept'): Promise<Result<DataInfo>>
  /** Back to the data that ships with the page. */
  shippedData(environment: RunConfig['environment']): Promise<Result<DataInfo>>
}
