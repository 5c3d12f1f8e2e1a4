import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stream } from '../../../../src/core/random.ts'
import type { SqlState } from '../../../../src/environments/intercode-sql/types.ts'
import { SQL_FEATURES } from '../../../../src/policies/linear/intercode-sql/features.ts'
import type { ShownSqlState } from '../../../../src/policies/linear/intercode-sql/memory.ts'
import { createSqlActions } from '../../../../src/policies/linear/intercode-sql/sql-actions.ts'
import { createLinearActor } from '../../../../src/policies/linear/linear-actor.ts'
import { parseReply } from '../../../../src/policies/reply.ts'
import { guarded } from '../../guarded.ts'
import { createSmallSql } from '../../small-sql.ts'

const sql = await createSmallSql()
const space = createSqlActions<SqlState>(sql.observe)
const tasks = [...sql.tasks('train'), ...sql.tasks('dev')]

const states = new WeakMap<object, SqlState>()
/** Knows of each state its question, the last statement and what was read of it. */
const blind = createSqlActions<SqlState>((state) => sql.observe(states.get(state) as SqlState))

function hidden(state: SqlState): SqlState {
  const open = guarded({ ...state, task: guarded(state.task, ['instruction']) }, ['task', 'query', 'done'])
  states.set(open, state)
  return open
}

/** Plays episodes by uniformly drawn actions and hands over every state with its memory. */
function* walk(episodes: number) {
  for (let e = 0; e < episodes; e++) {
    const random = stream(5).child('walk', e)
    const task = tasks[e % tasks.length] as (typeof tasks)[number]
    let state = sql.reset(task)
    let memory = blind.begin(hidden(state))
    for (;;) {
      const actions = blind.actions(hidden(state), memory)
      yield { state, memory, actions }
      const next = sql.step(state, actions[random.below(actions.length)] as string)
      if (next.done) break
      state = next.state
      memory = blind.advance(memory, hidden(state))
    }
  }
}

const width = SQL_FEATURES.length

test('the policy reads the question, its statements and their observations, nothing else', () => {
  for (const { state, memory, actions } of walk(60)) {
    const rows = new Float64Array(actions.length * width)
    blind.describe(hidden(state), memory, actions, rows)
    for (const action of actions) expect(blind.explain(hidden(state), memory, action)).not.toBe('')
    expect(rows.every((value) => Number.isFinite(value) && Math.abs(value) <= 4)).toBe(true)
  }
})

test('1 to 24 distinct actions of one line each, and no table that was not shown', () => {
  for (const { memory, actions } of walk(60)) {
    expect(actions.length).toBeGreaterThan(0)
    expect(actions.length).toBeLessThanOrEqual(24)
    expect(new Set(actions).size).toBe(actions.length)
    const shown = new Set([...memory.shown.listed, ...memory.shown.described.map(({ name }) => name)])
    for (const action of actions) {
      expect(action).not.toContain('\n')
      for (const [, table = ''] of action.matchAll(/(?:FROM|JOIN) (\w+)/g)) expect(shown).toContain(table)
    }
  }
})

test('before the tables are listed nothing is known but the words of the question', () => {
  const state = sql.reset(tasks[0] as (typeof tasks)[number])
  expect(space.actions(state, space.begin(state))).toEqual(['SHOW TABLES', 'DESCRIBE book'])
})

test('the same history gives the same actions and features, whatever was looked at in between', () => {
  const once = createSqlActions<SqlState>(sql.observe)
  let other = once.begin(sql.reset(tasks[3] as (typeof tasks)[number]))
  let memory = space.begin(sql.reset(tasks[3] as (typeof tasks)[number]))
  let state = sql.reset(tasks[3] as (typeof tasks)[number])
  for (let step = 0; step < 8; step++) {
    const actions = space.actions(state, memory)
    const action = actions[(step * 7) % (actions.length - (actions.at(-1) === 'submit' ? 1 : 0))] as string
    const rows = new Float64Array(actions.length * width)
    space.describe(state, memory, actions, rows)
    const again = new Float64Array(actions.length * width)
    expect(once.actions(state, other)).toEqual(actions)
    once.describe(state, other, actions, again)
    expect(again).toEqual(rows)
    state = sql.step(state, action).state
    memory = space.advance(memory, state)
    other = once.advance(other, state)
  }
})

test('what other episodes asked and saw before changes nothing', () => {
  const used = createSqlActions<SqlState>(sql.observe)
  const weights = Float64Array.from({ length: width }, (_, k) => Math.sin(k))
  const streams = () => Array.from({ length: 12 }, (_, i) => stream(9).child(i))
  for (const round of [0, 1])
    for (const task of tasks) {
      const known = createLinearActor(sql, used, weights)
      const fresh = createLinearActor(sql, createSqlActions<SqlState>(sql.observe), weights)
      const [start, begun] = [known.begin(task), fresh.begin(task)]
      expect(known.rollouts(start, 10, 1 + round, streams())).toEqual(fresh.rollouts(begun, 10, 1 + round, streams()))
    }
})

test('probabilities add up to one, and equal streams give equal rollouts', () => {
  const weights = Float64Array.from({ length: width }, (_, k) => Math.sin(k))
  const actor = createLinearActor(sql, space, weights)
  for (const task of tasks) {
    const start = actor.begin(task)
    const streams = Array.from({ length: 8 }, (_, i) => stream(9).child(i))
    expect(createLinearActor(sql, space, weights).rollouts(actor.begin(task), 10, 1, streams)).toEqual(
      actor.rollouts(
        start,
        10,
        1,
        streams.map((_, i) => stream(9).child(i)),
      ),
    )
    let node = start
    for (let step = 0; step < 6 && actor.outcome(node) === undefined; step++) {
      const actions = actor.actions(node)
      const sum = actions.reduce((total, action) => total + Math.exp(actor.logProbability(node, action, 1)), 0)
      expect(sum).toBeCloseTo(1, 10)
      node = actor.execute(node, actor.propose(node, 1, stream(3).child(step)))
    }
  }
})

test('the gradient is that of the log-probability', () => {
  const weights = Float64Array.from({ length: width }, (_, k) => Math.cos(k) / 2)
  const actor = createLinearActor(sql, space, weights)
  let node = actor.begin(tasks[3] as (typeof tasks)[number])
  for (const action of ['SHOW TABLES', 'DESCRIBE book', 'DESCRIBE author'])
    node = actor.execute(node, { action, text: '' })
  const [, action = ''] = actor.actions(node)
  const gradient = new Float64Array(width)
  actor.addGradient(node, action, 1, 1, gradient)
  for (let k = 0; k < width; k++) {
    const moved = (by: number) => actor.withParameters(weights.map((w, i) => (i === k ? w + by : w)))
    const at = (by: number) => {
      const policy = moved(by)
      let there = policy.begin(tasks[3] as (typeof tasks)[number])
      for (const taken of ['SHOW TABLES', 'DESCRIBE book', 'DESCRIBE author'])
        there = policy.execute(there, { action: taken, text: '' })
      return policy.logProbability(there, action, 1)
    }
    expect(gradient[k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 5)
  }
})

test('a reply says SQL in a fenced block that the environment reads as the same statement', () => {
  const actor = createLinearActor(sql, space, new Float64Array(width))
  for (const task of tasks) {
    let node = actor.begin(task)
    for (let step = 0; step < 5 && actor.outcome(node) === undefined; step++) {
      const proposal = actor.propose(node, 1, stream(8).child(task.id, step))
      const said = parseReply(proposal.text) ?? ''
      if (proposal.action === 'submit') expect(said).toBe('submit')
      else {
        expect(proposal.text).toMatch(/^Thought: .+\nAction: \n```sql\n.+\n```$/)
        expect(sql.step(node.state, said).state).toEqual(sql.step(node.state, proposal.action).state)
      }
      node = actor.execute(node, proposal)
    }
  }
})

test('no question and no observation makes it throw', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc.string({ maxLength: 300, unit: 'binary' }),
    fc.constantFrom(
      '[',
      "[('",
      `[${"('a',), ".repeat(500)}`,
      "[('id', 'int', 'NO', 'PRI', None, '')]",
      `[${"('c', 'text', 'YES', '', None, ''), ".repeat(300)}]`,
      'Error executing query: \n',
      '('.repeat(3000),
      "[('__proto__', 'int'), ('constructor', 'text'), ('a$(', 'date')]",
      `[('${'x'.repeat(5000)}',)]`,
    ),
  )
  const query = fc.oneof(
    fc.constantFrom('SHOW TABLES', 'DESCRIBE a', 'describe b;', 'SELECT * FROM a LIMIT 5', undefined),
    fc.string(),
  )
  fc.assert(
    fc.property(text, fc.array(fc.tuple(query, text), { maxLength: 8 }), (instruction, answers) => {
      const observations = new Map<object, string>()
      const wild = createSqlActions<ShownSqlState>((state) => observations.get(state) ?? '')
      let state: ShownSqlState = { task: { instruction }, query: undefined, done: false }
      let memory = wild.begin(state)
      for (const [said, observation] of answers) {
        const actions = wild.actions(state, memory)
        expect(actions.length).toBeGreaterThan(0)
        const rows = new Float64Array(actions.length * width)
        wild.describe(state, memory, actions, rows)
        expect(rows.every(Number.isFinite)).toBe(true)
        for (const action of actions) wild.explain(state, memory, action)
        state = { task: { instruction }, query: said ?? actions[0], done: false }
        observations.set(state, observation)
        memory = wild.advance(memory, state)
      }
    }),
    { numRuns: 150 },
  )
})

test('features have distinct names and a meaning each, between 20 and 40 of them', () => {
  expect(new Set(SQL_FEATURES.map(({ name }) => name)).size).toBe(width)
  expect(width).toBeGreaterThanOrEqual(20)
  expect(width).toBeLessThanOrEqual(40)
  for (const { meaning } of SQL_FEATURES) expect(meaning.length).toBeGreaterThan(5)
})
