/**
 * InterCode-SQL as an environment: an episode of SQL statements as immutable states. Follows `SqlEnv.step` and
 * `get_reward` of princeton-nlp/intercode @c3e46d8 inside IPR's wrapper. Unlike upstream, whose database is never reset,
 * every episode starts from clean databases and branches do not see each other's writes.
 */

import {
  openSession,
  type Place,
  type SentWrite,
  SQL_LIMITS,
  type SqlEngine,
  type SqlLimits,
} from '../../mysql/index.ts'
import type { Environment, Split, Transition } from '../environment.ts'
import { SQL_PROMPT } from './prompt.ts'
import { pythonRows } from './python-text.ts'
import { type RewardDetail, type SqlReward, sqlReward } from './reward.ts'
import type { SqlData } from './sql-data.ts'
import type { GradedTask, SqlAnswer, SqlRows, SqlState, SqlTableView, SqlTask, SqlView } from './types.ts'
import { comparisonView, schemaView, sqlView } from './view.ts'
import { IPR_WRAPPER, observationOf, readAction, type SqlWrapper } from './wrapper.ts'

export interface InterCodeSqlOptions {
  /** `tau` (default): IoU times Kendall's tau, as upstream's code; `iou`: IoU alone, as most published logs. */
  readonly reward?: SqlReward
  readonly wrapper?: Partial<SqlWrapper>
  /** Actions an episode; the last one ends it with reward 0 unless it submits (default 10, as IPR and InterCode's experiments). */
  readonly stepLimit?: number
  readonly limits?: Partial<SqlLimits>
}

/** What stays hidden from policies: only tests and scripts that grade ask for it. */
export interface SqlGrading {
  /** The gold query's rows on clean databases; undefined when it fails there. */
  gold(taskId: string): SqlRows | undefined
  goldQuery(taskId: string): string | undefined
}

export interface InterCodeSql extends Environment<SqlState, SqlView> {
  readonly id: 'intercode-sql'
  readonly rewardVariant: SqlReward
  task(id: string): SqlTask | undefined
  tasks(split: Split): readonly SqlTask[]
  /** Tables of the database in use, as they are in a state. Agents may know them: SHOW and DESCRIBE tell. */
  schema(state: SqlState): readonly SqlTableView[]
  readonly grading: SqlGrading
  /** Gives the engine's memory back; the environment is of no use after. */
  close(): void
}

const NO_WRITES: readonly SentWrite[] = []

/** `reset` throws for a task of other data; `step` takes any string. */
export function createInterCodeSql(engine: SqlEngine, data: SqlData, options: InterCodeSqlOptions = {}): InterCodeSql {
  const variant = options.reward ?? 'tau'
  const wrapper: SqlWrapper = { ...IPR_WRAPPER, ...options.wrapper }
  const stepLimit = options.stepLimit ?? 10
  const session = openSession(engine, data.databases, { ...SQL_LIMITS, ...options.limits })
  const graded = new Map<string, GradedTask>(data.tasks.map((task) => [task.id, task]))
  const open = data.tasks.map(
    ({ id, split, instruction, database, hardness }): SqlTask => ({ id, split, instruction, database, hardness }),
  )
  const tasks = new Map(open.map((task) => [task.id, task]))
  const bySplit = new Map<Split, readonly SqlTask[]>()
  for (const split of ['train', 'dev', 'test'] as const)
    bySplit.set(
      split,
      open.filter((task) => task.split === split),
    )

  function gold(taskId: string): SqlRows | undefined {
    const task = graded.get(taskId)
    if (task === undefined) return undefined
    const outcome = session.run({ database: task.database, writes: NO_WRITES }, task.gold)
    return outcome.kind === 'rows' ? pythonRows(outcome.result) : undefined
  }

  function grade(state: SqlState): RewardDetail {
    const rows = state.answer.kind === 'rows' ? state.answer.result.tuples : undefined
    return sqlReward(rows, gold(state.task.id)?.tuples ?? [], variant)
  }

  function after(state: SqlState, answer: SqlAnswer, place: Place, query: string | undefined): Transition<SqlState> {
    const steps = state.steps + 1
    const done = steps >= stepLimit
    return {
      state: { task: state.task, place, query, answer, steps, done, submitted: false, reward: done ? 0 : undefined },
      reward: 0,
      done,
    }
  }

  function ended(state: SqlState, reward: number, answer: SqlAnswer, submitted: boolean): Transition<SqlState> {
    return { state: { ...state, answer, steps: state.steps + 1, done: true, submitted, reward }, reward, done: true }
  }

  function step(state: SqlState, action: string): Transition<SqlState> {
    if (state.done) return { state, reward: 0, done: false }
    const read = readAction(action, wrapper)
    switch (read.kind) {
      case 'submit':
        return ended(state, grade(state).reward, state.answer, true)
      case 'skip':
        return ended(state, 0, { kind: 'said', text: 'skipped' }, false)
      case 'unclear':
        return after(state, { kind: 'none' }, state.place, state.query)
      case 'sql': {
        const outcome = session.run(state.place, read.sql)
        if (outcome.kind === 'none') return after(state, { kind: 'none' }, outcome.place, read.sql)
        const answer: SqlAnswer =
          outcome.kind === 'rows' ? { kind: 'rows', result: pythonRows(outcome.result) } : outcome
        return after(state, answer, state.place, read.sql)
      }
    }
  }

  function idle(state: SqlState, action: string): string | undefined {
    if (state.done) return 'the episode is over: nothing was run'
    const { kind } = readAction(action, wrapper)
    if (kind === 'unclear') return 'no statement: nothing was run'
    if (kind !== 'sql' || step(state, action).state.answer.kind !== 'error') return undefined
    return 'the statement failed: the agent reads the error'
  }

  return {
    id: 'intercode-sql',
    data: data.data,
    minReward: -1,
    maxReward: 1,
    systemPrompt: SQL_PROMPT,
    rewardVariant: variant,
    tasks: (split) => bySplit.get(split) ?? [],
    task: (id) => tasks.get(id),
    reset({ id }) {
      const task = tasks.get(id)
      if (task === undefined) throw new Error(`Task ${id} is not of this data.`)
      return {
        task,
        place: { database: task.database, writes: NO_WRITES },
        query: undefined,
        answer: { kind: 'said', text: task.instruction },
        steps: 0,
        done: false,
        submitted: false,
        reward: undefined,
      }
    },
    step,
    idle,
    observe: (state) => observationOf(state.answer, wrapper),
    ownCharacters: ({ answer }) =>
      answer.kind === 'rows' ? answer.result.tuples.reduce((sum, { length }) => sum + length, 0) : 0,
    view(state) {
      const comparison = state.submitted ? comparisonView(grade(state), gold(state.task.id)) : undefined
      return sqlView(state, schemaView(session.schema(state.place), state.place.database), comparison)
    },
    schema: (state) => schemaView(session.schema(state.place), state.place.database),
    grading: { gold, goldQuery: (id) => graded.get(id)?.gold },
    close: () => session.close(),
  }
}
