/**
 * InterCode-SQL for the embedded policy: looking at the schema, queries composed from the question's words and the schema
 * seen so far, repairs of the last query, and `submit`. The policy reads what an agent reads: the question, its own
 * statements and their observations; never the gold query, and no table that it has not looked at.
 */
import type { ActionSpace } from '../action-space.ts'
import { advancedMemory } from './advance.ts'
import { describeSqlActions } from './describe.ts'
import { explainSqlAction } from './explain.ts'
import { SQL_FEATURES, SQL_VERSION } from './features.ts'
import { createReader, emptyMemory, type ShownSqlState, type SqlMemory } from './memory.ts'
import { offersOf } from './offers.ts'

export type SqlActions<S extends ShownSqlState = ShownSqlState> = ActionSpace<S, SqlMemory>

const NOTHING: readonly string[] = []

/** @param observe the environment's: the text that the agent reads in a state */
export function createSqlActions<S extends ShownSqlState>(observe: (state: S) => string): SqlActions<S> {
  const read = createReader()
  return {
    version: SQL_VERSION,
    features: SQL_FEATURES,
    begin: (state) => emptyMemory(read(state.task.instruction)),
    advance: (memory, after) => (after.done ? memory : advancedMemory(memory, after.query, observe(after))),
    actions: (state, memory) => (state.done ? NOTHING : offersOf(memory).actions),
    describe: (_state, memory, actions, rows) => describeSqlActions(memory, actions, rows),
    explain: (_state, memory, action) => explainSqlAction(memory, action),
  }
}
