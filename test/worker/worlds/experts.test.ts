import { describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { createNodeLab } from '../../../src/node/node-lab.ts'

describe('the methods that learn from an expert, in the lab', () => {
  test.each(['ipr', 'eto'])('%s explores the shipped tasks against the shipped trajectories', async (method) => {
    const lab = createNodeLab()
    unwrap(await lab.create({ method, tasks: 8, seed: 5 }))
    for (let task = 0; task < 8; task++) unwrap(await lab.advance('task'))
    const events = (await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((task) => lab.taskEvents(task)))).flat()
    const kinds = new Set(events.map(({ type }) => type))
    expect(kinds.has(method === 'eto' ? 'trajectory-pair-made' : 'pair-made')).toBe(true)
    const ends = events.filter((event) => event.type === 'task-finished').map(({ end }) => end)
    expect(ends).toContain('done')
  })

  test('data that comes without an expert says so', async () => {
    const lab = createNodeLab()
    const names = ['items_shuffle', 'items_ins_v2', 'items_human_ins']
    const { readFile } = await import('node:fs/promises')
    const files = await Promise.all(
      names.map(async (name) => new File([await readFile(`public/data/webshop/${name}.json`)], `${name}.json`)),
    )
    unwrap(await lab.loadData(files))
    const created = await lab.create({ method: 'ipr', tasks: 1 })
    expect(created).toMatchObject({ ok: false, failure: { code: 'no-expert' } })
  })
})
