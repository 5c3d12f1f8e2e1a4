/** InterCode-SQL: the engine with its data, and for each combination of the run's SQL settings an environment on them. */
import { failure, messageOf, type Result, success } from '../../core/failure.ts'
import type { WorldEdit } from '../../core/log/world-edit.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../core/settings/settings.ts'
import { editableTables, editedSqlData } from '../../environments/intercode-sql/edited-data.ts'
import { createInterCodeSql } from '../../environments/intercode-sql/intercode-sql.ts'
import { readSqlFiles, type SqlFile } from '../../environments/intercode-sql/official-files.ts'
import { loadSqlData, type SqlData } from '../../environments/intercode-sql/sql-data.ts'
import type { SqlState } from '../../environments/intercode-sql/types.ts'
import { type SqlEngine, startSqlEngine } from '../../mysql/index.ts'
import { createSqlActions } from '../../policies/linear/intercode-sql/sql-actions.ts'
import type { CompactView } from '../../policies/transformer/compact-view.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type { DataInfo } from '../protocol/data.ts'
import { type LinearWorlds, linearWorlds } from './linear-worlds.ts'
import { loadedEnvironment, type OpenEnvironment } from './loaded-environment.ts'
import type { OwnAgent, OwnModel, World } from './world.ts'

export interface SqlWorlds {
  readonly data: DataInfo
  environment(config: RunConfig): OpenEnvironment
  world(config: RunConfig, own?: OwnAgent | OwnModel): Promise<Result<World>>
  /** The same databases and questions with changes on top. */
  edited(edits: readonly WorldEdit[]): Result<SqlWorlds>
}

const SHIPPED_NAME = 'RRO Lab questions'

/** With one combination of the SQL settings. */
interface WithSettings {
  readonly environment: OpenEnvironment
  readonly world: LinearWorlds
}

export async function openSqlWorlds(
  loader: DataLoader,
  files: readonly SqlFile[],
  origin: DataInfo['origin'],
): Promise<Result<SqlWorlds>> {
  const sorted = readSqlFiles(files)
  if (!sorted.ok) return sorted
  const engine = await startSqlEngine().catch(messageOf)
  if (typeof engine === 'string') {
    const words = `The SQL engine could not be started (${engine}).`
    return failure('sql-engine', `${words} Check the connection, reload, or use a browser with WebAssembly.`)
  }
  const data = loadSqlData(engine, sorted.value, origin === 'shipped' ? SHIPPED_NAME : undefined)
  return data.ok ? success(sqlWorldsOf(engine, data.value, origin, loader)) : data
}

function sqlWorldsOf(
  engine: SqlEngine,
  data: SqlData,
  origin: DataInfo['origin'],
  loader: DataLoader,
  edits?: readonly WorldEdit[],
): SqlWorlds {
  const open = new Map<string, WithSettings>()

  function at(config: RunConfig): WithSettings {
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
    const tables = (taskId: string) => editableTables(data, taskId)
    const loaded = { ...loadedEnvironment(environment, origin, { notes: data.notes, edits }), tables }
    const space = createSqlActions((state: SqlState) => environment.observe(state))
    const view = async () => {
      const { createCompactSql } = await import('../../policies/transformer/intercode-sql/compact-sql.ts')
      const compact = createCompactSql((state: SqlState) => environment.observe(state))
      return compact as CompactView<SqlState, unknown> // its memory comes from itself
    }
    const made = { environment: loaded, world: linearWorlds(loader, loaded, environment, space, view) }
    open.set(key, made)
    return made
  }

  return {
    data: at(DEFAULT_CONFIG).environment.data,
    environment: (config) => at(config).environment,
    world: (config, own) => at(config).world(config, own),
    edited(edits) {
      const edited = editedSqlData(data, edits)
      return edited.ok ? success(sqlWorldsOf(engine, edited.value, origin, loader, edits)) : edited
    },
  }
}
