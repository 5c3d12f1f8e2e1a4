import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/core/failure.ts'
import { stream } from '../../src/core/random.ts'
import { createSqlActions } from '../../src/policies/linear/intercode-sql/sql-actions.ts'
import { createLinearActor } from '../../src/policies/linear/linear-actor.ts'
import { createWebShopActions } from '../../src/policies/linear/webshop/webshop-actions.ts'
import { demonstrate } from '../../src/training/demonstrations.ts'
import { decisionsOf, readDemonstrations, writeDemonstrations } from '../../src/training/expert.ts'
import { demonstrateSql } from '../../src/training/sql-demonstrations.ts'
import { createSmallShop } from '../policies/small-shop.ts'
import { createSmallSql } from '../policies/small-sql.ts'

const HEADER = { data: 'abc', method: 'made up' }
const every = () => true

describe('the file of demonstrations', () => {
  test('what is written is read back', () => {
    const trajectory = fc
      .record({
        taskId: fc.string(),
        reward: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0), // JSON has no -0
        actions: fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 6 }),
        marks: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      })
      .map(({ marks, ...rest }) => ({ ...rest, skip: rest.actions.flatMap((_, i) => (marks[i] ? [i] : [])) }))
    fc.assert(
      fc.property(fc.array(trajectory, { maxLength: 5 }), (trajectories) => {
        const text = writeDemonstrations(HEADER, trajectories)
        expect(text.split('\n')).toHaveLength(trajectories.length + 2)
        expect(readDemonstrations(text, every, 'abc')).toEqual({ ok: true, value: trajectories })
      }),
    )
  })

  const first = '{"version":1,"data":"abc","method":"made up"}'
  const line = (changes: object) => JSON.stringify({ task: 'train-1', reward: 1, actions: ['a', 'b'], ...changes })
  test.each([
    ['', 'demonstrations-shape'],
    ['[]', 'demonstrations-shape'],
    ['null', 'demonstrations-shape'],
    ['{"version":2}', 'demonstrations-version'],
    ['{"version":1,"data":7,"method":""}', 'demonstrations-shape'],
    ['{"version":1,"data":"other","method":""}', 'demonstrations-data'],
    [`${first}\n{"task":"tr`, 'demonstrations-shape'],
    [`${first}\n\n${line({})}`, 'demonstrations-shape'],
    [`${first}\n${line({})}\n${line({ reward: '1' })}`, 'demonstrations-shape'],
    [`${first}\n${line({}).replace('"reward":1', '"reward":1e999')}`, 'demonstrations-shape'],
    [`${first}\n${line({ actions: [] })}`, 'demonstrations-shape'],
    [`${first}\n${line({ actions: ['a', 7] })}`, 'demonstrations-shape'],
    [`${first}\n${line({ skip: [2] })}`, 'demonstrations-shape'],
    [`${first}\n${line({ skip: [-1] })}`, 'demonstrations-shape'],
    [`${first}\n${line({ skip: [0.5] })}`, 'demonstrations-shape'],
    [`${first}\n${line({ skip: [1, 0] })}`, 'demonstrations-shape'],
    [`${first}\n${line({ skip: [1, 1] })}`, 'demonstrations-shape'],
    [`${first}\n${line({ task: 'train-2' })}`, 'demonstrations-task'],
  ])('%j is refused with a sentence', (text, code) => {
    const read = readDemonstrations(text, (id) => id === 'train-1', 'abc')
    expect(read).toMatchObject({ ok: false, failure: { code } })
    if (read.ok) return
    const last = text.split('\n').length
    expect(read.failure.message).toMatch(
      new RegExp(`^The file of demonstrations .* in line ${text.includes('\n\n') ? 2 : last}\\. Make the file anew`),
    )
  })

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string(), fc.constant(first), fc.constant(line({})))), (lines) => {
        expect(typeof readDemonstrations(lines.join('\n'), every).ok).toBe('boolean')
      }),
    )
  })
})

describe('a replay', () => {
  const shop = createSmallShop()
  const space = createWebShopActions(shop.catalogue.products)
  const actor = createLinearActor(shop, space, new Float64Array(space.features.length))

  test('gives the decisions that the expert of WebShop showed', () => {
    const goals = shop.catalogue.goals.filter((goal) => goal.split === 'train')
    for (const [i, goal] of goals.entries()) {
      const shown = demonstrate(shop, space, goal, stream(5).child(i))
      if (shown === undefined) continue
      expect(unwrap(decisionsOf(actor, shown))).toEqual(shown.decisions)
    }
  })

  test('gives the decisions that the expert of SQL showed, without the slips', async () => {
    const sql = await createSmallSql()
    const actions = createSqlActions(sql.observe)
    const agent = createLinearActor(sql, actions, new Float64Array(actions.features.length))
    const needed = new Set(['book'])
    let slips = 0
    for (const task of sql.tasks('train'))
      for (let i = 0; i < 10; i++) {
        const shown = demonstrateSql(sql, actions, task, needed, stream(5).child(task.id, i))
        if (shown === undefined) continue
        slips += shown.skip.length
        expect(shown.decisions).toHaveLength(shown.actions.length - shown.skip.length)
        expect(unwrap(decisionsOf(agent, shown))).toEqual(shown.decisions)
      }
    expect(slips).toBeGreaterThan(0)
  })

  test('fails where the policy would never act so', () => {
    const taskId = shop.tasks('train')[0]?.id as string
    const foreign = { taskId, reward: 1, actions: ['click[nowhere]', 'click[buy now]'], skip: [] }
    expect(decisionsOf(actor, foreign)).toMatchObject({ ok: false, failure: { code: 'demonstrations-action' } })
    expect(decisionsOf(actor, { ...foreign, skip: [0, 1] })).toEqual({ ok: true, value: [] })
  })
})
