/** What the weights of each environment's policy stand for: known without the environment's data. */
import type { EnvironmentId } from '../../environments/environment.ts'
import type { Feature } from './action-space.ts'
import { SQL_FEATURES, SQL_VERSION } from './intercode-sql/features.ts'
import { WEBSHOP_FEATURES, WEBSHOP_VERSION } from './webshop/features.ts'

export interface FeatureList {
  /** Of the action space. */
  readonly version: string
  readonly features: readonly Feature[]
}

export const FEATURE_LISTS: Readonly<Record<EnvironmentId, FeatureList>> = {
  webshop: { version: WEBSHOP_VERSION, features: WEBSHOP_FEATURES },
  'intercode-sql': { version: SQL_VERSION, features: SQL_FEATURES },
}
