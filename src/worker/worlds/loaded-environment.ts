/** An environment on its data, with its types closed over: what can be looked at before any agent acts in it. */
import type { TaskWords } from '../../core/exploration/actor.ts'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import type { WorldEdit } from '../../core/log/world-edit.ts'
import type { Environment, Split } from '../../environments/environment.ts'
import type { EditableTable } from '../../environments/intercode-sql/types.ts'
import type { Finds } from '../../environments/webshop/kept/search-so-far.ts'
import type { DataInfo, WorldSight, WorldView } from '../protocol/data.ts'

export interface LoadedEnvironment {
  readonly data: DataInfo
  tasks(split: Split): readonly TaskWords[]
  /** What is seen after `actions` from the start of a task. */
  see(taskId: string, actions: readonly string[]): Result<WorldSight>
  /** What a visitor has changed in it; undefined for nothing. */
  readonly edits?: readonly WorldEdit[]
  /** The tables that a task is about, where it is about tables, as they can be edited. */
  tables?(taskId: string): readonly EditableTable[]
  /** The best products for a query, best first, where it is a shop. */
  find?(query: string, most: number): Finds
}

/** A loaded environment with its typed self in reach, for an agent that is not made for one of them. */
export interface OpenEnvironment extends LoadedEnvironment {
  readonly environment: Environment<unknown, WorldView>
}

export function loadedEnvironment<S>(
  environment: Environment<S, WorldView>,
  origin: DataInfo['origin'],
  more: { readonly notes?: readonly string[]; readonly edits?: readonly WorldEdit[] | undefined } = {},
): OpenEnvironment {
  const { notes = [], edits } = more
  const { name, fingerprint } = environment.data
  const count = (split: Split): number => environment.tasks(split).length
  const tasks = { train: count('train'), dev: count('dev'), test: count('test') }
  return {
    environment,
    data: { environment: environment.id, name, fingerprint, tasks, origin, ...(notes.length > 0 ? { notes } : {}) },
    ...(edits && { edits }),
    tasks: (split) => environment.tasks(split).map(({ id, instruction }) => ({ id, instruction })),
    see(taskId, actions) {
      const task = environment.task(taskId)
      if (task === undefined) return failure('task-unknown', `The loaded data has no task ${quote(taskId)}.`)
      let state = environment.reset(task)
      let idle: string | undefined
      for (const [index, action] of actions.entries()) {
        if (index === actions.length - 1) idle = environment.idle(state, action)
        state = environment.step(state, action).state
      }
      const sight = { view: environment.view(state), observation: environment.observe(state) }
      return success(idle === undefined ? sight : { ...sight, idle })
    },
  }
}
