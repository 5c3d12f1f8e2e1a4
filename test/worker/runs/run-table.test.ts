/** A run as tables: every step and pair has a row, and each row the place where it is seen. */
import { expect, test } from 'vitest'
import { unwrap } from '../../../src/core/failure.ts'
import { foldTask, pairCount } from '../../../src/core/log/fold-task.ts'
import type { RunTable, TableKind } from '../../../src/worker/protocol/lab-api.ts'
import { openTestLab } from '../labs.ts'

const RUNS = [
  { method: 'rro', firstRise: 'draw-one-more', tasks: 6, seed: 3 },
  { method: 'rro-recycled', tasks: 4, seed: 3 },
  { method: 'eto', tasks: 4, seed: 3 },
] as const

const cell = ({ columns, rows }: RunTable, row: number, name: string) =>
  rows[row]?.cells[columns.findIndex((column) => column.name === name)]

test.each(RUNS)('$method: nothing is missing, and each row is where it says', async (settings) => {
  const lab = openTestLab()
  const { id } = unwrap(await lab.create(settings)).progress.info
  for (let task = 0; task < settings.tasks; task++) unwrap(await lab.advance('task'))
  const logs = await Promise.all(Array.from({ length: settings.tasks }, (_, task) => lab.taskEvents(task)))
  const tasks = logs.map((events) => foldTask(events) ?? expect.fail())
  const table = async (kind: TableKind) => unwrap(await lab.dataset('table', id, kind))
  const [paths, decided, made] = [await table('trajectories'), await table('steps'), await table('pairs')]

  expect(paths.rows.map(({ place }) => place.task)).toEqual(tasks.map(({ task }) => task))
  expect(decided.rows).toHaveLength(
    tasks.reduce((sum, { steps }) => sum + steps.filter((step) => step.decided).length, 0),
  )
  expect(made.rows.length).toBeLessThanOrEqual(tasks.reduce((sum, task) => sum + pairCount(task), 0))
  expect(made.rows.length).toBeGreaterThan(0)
  for (const table of [paths, decided, made])
    for (const { cells } of table.rows) expect(cells).toHaveLength(table.columns.length)
  for (const [i, { place }] of decided.rows.entries()) {
    const seen = foldTask(logs[place.task] ?? [], place.count)?.steps.at(-1)
    expect(seen?.step).toBe(place.step)
    expect(seen?.candidates[place.candidate - 1]?.proposed.action).toBe(cell(decided, i, 'action'))
  }
  for (const [i, { place }] of made.rows.entries()) {
    const seen = foldTask(logs[place.task] ?? [], place.count)?.steps.at(-1)
    expect(seen?.step).toBe(place.step)
    const [more, less] = [cell(made, i, 'chosen_reward'), cell(made, i, 'rejected_reward')]
    expect(cell(made, i, 'difference')).toBeCloseTo(Number(more) - Number(less), 5)
    const there = seen?.candidates[place.candidate - 1]?.proposed.text
    if (cell(made, i, 'reason') === 'rise') expect(there).toBe(cell(made, i, 'chosen'))
  }
})

test('one table at a time: what was asked before is given up', async () => {
  const lab = openTestLab()
  const { id } = unwrap(await lab.create({ tasks: 3 })).progress.info
  for (let task = 0; task < 3; task++) unwrap(await lab.advance('task'))
  const [before, now] = await Promise.all([lab.dataset('table', id, 'steps'), lab.dataset('table', id, 'pairs')])
  expect(before).toMatchObject({ ok: false, failure: { code: 'superseded' } })
  expect(unwrap(now).cut).toBe(false)
})
