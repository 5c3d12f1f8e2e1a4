/**
 * Demonstrations on InterCode-SQL by an expert who tries what the policy could do and is told what each result would
 * earn: what the SFT policy learns from. The gold query judges and nothing else; every action is one that the policy
 * itself can propose. Slips lead the expert astray now and then, and it shows the way back.
 */
import type { RandomStream } from '../core/random.ts'
import type { Environment, Task } from '../environments/environment.ts'
import type { SqlState } from '../environments/intercode-sql/types.ts'
import type { ActionSpace } from '../policies/linear/action-space.ts'
import type { Decision } from '../policies/linear/decision.ts'
import type { Demonstration } from './demonstrations.ts'

/** What the expert needs of the environment. */
export type SqlTrials = Pick<Environment<SqlState>, 'reset' | 'step' | 'observe'>

/** Probability of each slip, where it can happen. */
export interface SqlSlips {
  /** Of each look at the schema: looks at another table. */
  readonly needlessLook: number
  /** Before the schema is known: a query all the same. */
  readonly earlyQuery: number
  /** Any of the first few queries instead of the best. */
  readonly weakQuery: number
  /** Submits though something better is offered. */
  readonly earlySubmit: number
}

export const SQL_SLIPS: SqlSlips = { needlessLook: 0.1, earlyQuery: 0.1, weakQuery: 0.3, earlySubmit: 0.15 }

export const NO_SQL_SLIPS: SqlSlips = { needlessLook: 0, earlyQuery: 0, weakQuery: 0, earlySubmit: 0 }

/** Tables that a query names, lower case. Texts in quotes are left out. */
export function tablesIn(query: string, tables: readonly string[]): ReadonlySet<string> {
  const words = new Set(
    query
      .replace(/'[^']*'/g, '')
      .toLowerCase()
      .match(/\w+/g),
  )
  return new Set(tables.map((name) => name.toLowerCase()).filter((name) => words.has(name)))
}

const SUBMIT = 'submit'
const LOOK = /^(?:SHOW|DESCRIBE) /

/**
 * One episode; undefined if it did not submit something worth `worth` or more within `stepLimit` actions. Slips are
 * taken, but not shown as something to imitate.
 * @param needed tables without which the question cannot be answered, lower case
 */
export function demonstrateSql<M>(
  trials: SqlTrials,
  space: ActionSpace<SqlState, M>,
  task: Task,
  needed: ReadonlySet<string>,
  random: RandomStream,
  { slips = SQL_SLIPS, worth = 0.5, stepLimit = 10 } = {},
): Demonstration | undefined {
  let state = trials.reset(task)
  let memory = space.begin(state)
  const actions: string[] = []
  const skip: number[] = []
  const decisions: Decision[] = []
  while (actions.length < stepLimit) {
    const offered = space.actions(state, memory)
    const best = bestAction({ trials, space, state, memory, offered, needed, left: stepLimit - actions.length })
    const action = slip(offered, best, random, slips)
    if (action === best || action === SUBMIT) decisions.push(decisionOf(space, state, memory, offered, action))
    else skip.push(actions.length)
    actions.push(action)
    const next = trials.step(state, action)
    const { reward } = next
    if (next.done) return reward < worth ? undefined : { taskId: task.id, actions, reward, skip, decisions }
    memory = space.advance(memory, next.state)
    state = next.state
  }
  return undefined
}

function decisionOf<M>(
  space: ActionSpace<SqlState, M>,
  state: SqlState,
  memory: M,
  offered: readonly string[],
  action: string,
): Decision {
  const rows = new Float64Array(offered.length * space.features.length)
  space.describe(state, memory, offered, rows)
  return { rows, count: offered.length, chosen: offered.indexOf(action) }
}

interface Situation<M> {
  readonly trials: SqlTrials
  readonly space: ActionSpace<SqlState, M>
  readonly state: SqlState
  readonly memory: M
  readonly offered: readonly string[]
  readonly needed: ReadonlySet<string>
  /** Actions that the episode may still take. */
  readonly left: number
}

/** What would be earned by submitting in a state. */
function worthOf(trials: SqlTrials, state: SqlState): number {
  return trials.step(state, SUBMIT).reward
}

function bestAction<M>(situation: Situation<M>): string {
  const { trials, state, offered, needed, left } = situation
  const [first] = offered
  if (first === undefined) throw new Error('The expert has nothing to choose from.')
  if (offered.includes('SHOW TABLES')) return 'SHOW TABLES'
  const looks = offered.filter((action) => action.startsWith('DESCRIBE '))
  const look = looks.find((action) => needed.has(action.slice('DESCRIBE '.length).toLowerCase()))
  const asked = offered.includes(SUBMIT)
  if (look !== undefined && left > 3) return look
  const queries = offered.filter((action) => action !== SUBMIT && !LOOK.test(action))
  const earned = queries.map((query) => worthOf(trials, trials.step(state, query).state))
  const top = Math.max(0, ...earned)
  const now = asked ? worthOf(trials, state) : Number.NEGATIVE_INFINITY
  if (asked && (now >= top || left <= 2) && (now > 0.999 || left <= 3 || now > twoAhead(situation, queries).reward))
    return SUBMIT
  if (top > now && top > 0.999) return queries[earned.indexOf(top)] ?? first
  const ahead = left > 3 ? twoAhead(situation, queries) : undefined
  if (ahead !== undefined && ahead.reward > Math.max(top, now) + 0.05) return ahead.action
  if (top > now) return queries[earned.indexOf(top)] ?? first
  return asked ? SUBMIT : (queries[0] ?? first)
}

/** The query after which another one earns most. */
function twoAhead<M>({ trials, space, state, memory }: Situation<M>, queries: readonly string[]) {
  let best = { action: queries[0] ?? SUBMIT, reward: 0 }
  for (const action of queries.slice(0, 6)) {
    const { state: after } = trials.step(state, action)
    const then = space.actions(after, space.advance(memory, after))
    for (const query of then) {
      if (query === SUBMIT || LOOK.test(query)) continue
      const reward = worthOf(trials, trials.step(after, query).state)
      if (reward > best.reward) best = { action, reward }
    }
  }
  return best
}

function slip(offered: readonly string[], best: string, random: RandomStream, slips: SqlSlips): string {
  const looks = offered.filter((action) => action.startsWith('DESCRIBE '))
  const queries = offered.filter((action) => action !== SUBMIT && !LOOK.test(action))
  const draw = random.next()
  const any = (from: readonly string[]): string => from[random.below(from.length)] ?? best
  if (best.startsWith('DESCRIBE ')) {
    if (draw < slips.needlessLook) return any(looks)
    if (draw < slips.needlessLook + slips.earlyQuery && queries.length > 0) return any(queries.slice(0, 4))
  } else if (best !== SUBMIT && !LOOK.test(best)) {
    if (draw < slips.weakQuery) return any(queries.slice(0, 6))
    if (draw < slips.weakQuery + slips.earlySubmit && offered.includes(SUBMIT)) return SUBMIT
  }
  return best
}
