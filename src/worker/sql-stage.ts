/** InterCode-SQL: the engine with its data, and for each combination of the run's SQL settings an environment on them. */
import { failure, messageOf, type Result, success } from '../core/failure.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../core/settings.ts'
import { type SqlEngine, startSqlEngine } from '../environments/intercode-sql/engine.ts'
import { createInterCodeSql, type InterCodeSql } from '../environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles } from '../environments/intercode-sql/official-files.ts'
import { loadSqlData, type SqlData } from '../environments/intercode-sql/sql-data.ts'
import type { SqlState } from '../environments/intercode-sql/types.ts'
import { createSqlActions } from '../policies/linear/intercode-sql/sql-actions.ts'
import { createLinearActor } from '../policies/linear/linear-actor.ts'
import { parseWeights } from '../policies/linear/weights.ts'
import type { DataLoader } from './data-loader.ts'
import type { DataInfo } from './protocol.ts'
import type { BroughtFile } from './stage.ts'
import { joined, type OpenScene, parsedJson, sceneOf, type World } from './world.ts'

export interface SqlStage {
  readonly data: DataInfo
  scene(config: RunConfig): OpenScene
  world(config: RunConfig): Promise<Result<World>>
}

const SHIPPED_NAME = 'RRO Lab questions'

interface OpenSql {
  readonly environment: InterCodeSql
  readonly scene: OpenScene
}

export async function openSql(
  loader: DataLoader,
  files: readonly BroughtFile[],
  origin: DataInfo['origin'],
): Promise<Result<SqlStage>> {
  const sorted = readSqlFiles(files)
  if (!sorted.ok) return sorted
  const engine = await startSqlEngine().catch(messageOf)
  if (typeof engine === 'string') {
    const words = `The SQL engine could not be started (${engine}).`
    return failure('sql-engine', `${words} Check the connection, reload, or use a browser with WebAssembly.`)
  }
  const loaded = loadSqlData(engine, sorted.value, origin === 'shipped' ? SHIPPED_NAME : undefined)
  if (!loaded.ok) return loaded
  return success(sqlStageOf(engine, loaded.value, origin, loader))
}

function sqlStageOf(engine: SqlEngine, data: SqlData, origin: DataInfo['origin'], loader: DataLoader): SqlStage {
  const open = new Map<string, OpenSql>()

  function at(config: RunConfig): OpenSql {
    const { sqlReward, sqlLines, sqlObservation, sqlSubmit, stepLimit } = config
    const key = [sqlReward, sqlLines, sqlObservation, sqlSubmit, stepLimit].join()
    const known = open.get(key)
    if (known !== undefined) return known
    const wrapper = {
      firstLineOnly: sqlLines === 'first',
      observationLimit: sqlObservation,
      submitAnywhere: sqlSubmit === 'anywhere',
    }
    const environment = createInterCodeSql(engine, data, { reward: sqlReward, wrapper, stepLimit })
    const made = { environment, scene: sceneOf(environment, origin) }
    open.set(key, made)
    return made
  }

  return {
    data: at(DEFAULT_CONFIG).scene.data,
    scene: (config) => at(config).scene,
    async world(config) {
      const policy = await loader.policy('intercode-sql')
      if (!policy.ok) return policy
      const { environment, scene } = at(config)
      const space = createSqlActions((state: SqlState) => environment.observe(state))
      const weights = parseWeights(parsedJson(policy.value), space.features)
      if (!weights.ok) return weights
      const actor = createLinearActor(environment, space, weights.value.weights)
      return success(joined(scene, environment, actor, actor))
    },
  }
}
