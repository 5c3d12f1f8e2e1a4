import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunEvent, RunStarted } from '../../src/core/log/events.ts'
import { foldTask } from '../../src/core/log/fold-task.ts'
import { trlDpoLines } from '../../src/datasets/trl-dpo.ts'
import { anyConfig } from '../core/arbitraries.ts'
import { collect, toyConfig, toyRun, treeActor } from '../core/toy.ts'

interface Row {
  prompt: { role: string; content: string }[]
  chosen: { role: string; content: string }[]
  rejected: { role: string; content: string }[]
  [column: string]: unknown
}

const COLUMNS = [
  ...['prompt', 'chosen', 'rejected', 'chosen_reward', 'rejected_reward', 'weight', 'bar', 'reason', 'task'],
  ...['task_id', 'step', 'candidates', 'rollouts', 'method', 'environment', 'seed', 'agent', 'data'],
  ...['prompt_tokens', 'chosen_tokens', 'rejected_tokens', 'tokens', 'left_out'],
]

const PAIRS: readonly RunEvent['type'][] = ['pair-made', 'branch-pair-made', 'trajectory-pair-made']

function tasksOf(log: readonly RunEvent[]): RunEvent[][] {
  const tasks = new Map<number, RunEvent[]>()
  for (const event of log) if ('task' in event) tasks.set(event.task, [...(tasks.get(event.task) ?? []), event])
  return [...tasks.values()]
}

/** Python's json, unlike JavaScript's, tells 1 from 1.0; so does Arrow. */
function arrowType(line: string, column: string): string {
  const value = line.match(new RegExp(`"${column}": (-?[0-9.e+-]+)[,}]`))?.[1]
  return value === undefined ? 'other' : /[.e]/.test(value) ? 'double' : 'int64'
}

/** What TRL's DPOTrainer and the JSON loader of `datasets` ask of a file. */
function expectTrainable(lines: readonly string[]): void {
  for (const line of lines) {
    expect(line.endsWith('\n') && !line.slice(0, -1).includes('\n')).toBe(true)
    const row = JSON.parse(line) as Row
    expect(Object.keys(row)).toEqual(COLUMNS)
    expect(Object.values(row)).not.toContain(null)
    for (const column of ['chosen_reward', 'rejected_reward', 'weight', 'bar'])
      expect(arrowType(line, column)).toBe('double')
    for (const column of ['task', 'step', 'candidates', 'rollouts', 'seed', 'prompt_tokens', 'chosen_tokens'])
      expect(arrowType(line, column)).toBe('int64')
    expect(Number(row.weight)).toBeGreaterThan(0)
    const turns = row.prompt[0]?.role === 'system' ? row.prompt.slice(1) : row.prompt
    turns.forEach((turn, i) => {
      expect(turn.role).toBe(i % 2 === 0 ? 'user' : 'assistant')
    })
    expect(turns.at(-1)?.role).toBe('user')
    for (const completion of [row.chosen, row.rejected]) {
      if (row.reason !== 'trajectory') expect(completion).toHaveLength(1)
      completion.forEach((turn, i) => {
        expect(turn.role).toBe(i % 2 === 0 ? 'assistant' : 'user')
      })
      expect(completion.at(-1)?.role).toBe('assistant')
    }
    for (const message of [...row.prompt, ...row.chosen, ...row.rejected]) {
      expect(Object.keys(message)).toEqual(['role', 'content'])
      expect(message.content.trim()).not.toBe('')
    }
    expect(row.chosen).not.toEqual(row.rejected)
    expect(Number(row.chosen_reward)).toBeGreaterThan(Number(row.rejected_reward))
  }
}

describe('TRL preference rows', () => {
  test('of any run can be trained on, one for each pair', async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, async (config) => {
        const log = await collect(toyRun(treeActor(), config))
        const lines = tasksOf(log).flatMap((task) => trlDpoLines(log[0] as RunStarted, task))
        expect(lines).toHaveLength(log.filter(({ type }) => PAIRS.includes(type)).length)
        expectTrainable(lines)
      }),
      { numRuns: 60 },
    )
  })

  test('hold the conversation up to the step: observations, and the actions that were continued with', async () => {
    const log = await collect(toyRun(treeActor(), toyConfig({ method: 'fixed-size', candidates: 4, tasks: 1 })))
    const events = tasksOf(log)[0] ?? []
    const task = foldTask(events)
    const rows = trlDpoLines(log[0] as RunStarted, events).map((line) => JSON.parse(line) as Row)
    const last = rows.at(-1)
    const steps = task?.steps.slice(0, Number(last?.step) - 1) ?? []
    expect(steps.length).toBeGreaterThan(1)
    expect(last?.prompt).toEqual([
      { role: 'system', content: 'Play.' },
      { role: 'user', content: 'at the root' },
      ...steps.flatMap(({ candidates, decided }) => [
        { role: 'assistant', content: candidates[(decided?.continued ?? 0) - 1]?.proposed.text },
        { role: 'user', content: decided?.observation },
      ]),
    ])
  })

  test('at a state off the path hold the path up to where it parts, and the turns from there', async () => {
    const log = await collect(toyRun(treeActor(), toyConfig({ method: 'rro-recycled', tasks: 1, startRollouts: 12 })))
    const task = foldTask(log)
    const rows = trlDpoLines(log[0] as RunStarted, log).map((line) => JSON.parse(line) as Row)
    const branches = rows.filter(({ reason }) => reason === 'branch')
    expect(branches.length).toBeGreaterThan(3)
    expect(branches).toHaveLength(task?.branchPairs.length ?? 0)
    branches.forEach((row, i) => {
      const { step, after, chosen, rejected, weight } = task?.branchPairs[i] ?? expect.fail()
      const path = task?.steps.slice(0, step - 1) ?? []
      expect(row.prompt.filter(({ role }) => role === 'assistant').map(({ content }) => content)).toEqual([
        ...path.map(({ candidates, decided }) => candidates[(decided?.continued ?? 0) - 1]?.proposed.text),
        ...after.map(({ text }) => text),
      ])
      expect(row.prompt.at(-1)?.content).toBe(after.at(-1)?.observation)
      expect(row).toMatchObject({ chosen_reward: chosen.reward, rejected_reward: rejected.reward, weight })
      expect([row.chosen, row.rejected]).toEqual(
        [chosen, rejected].map(({ text }) => [{ role: 'assistant', content: text }]),
      )
    })
  })

  test('of whole trajectories hold every turn of the agent and of the expert after the opening', async () => {
    const log = await collect(toyRun(treeActor(), toyConfig({ method: 'eto', tasks: 6 })))
    const tasks = tasksOf(log).filter((task) => task.some(({ type }) => type === 'trajectory-pair-made'))
    expect(tasks.length).toBeGreaterThan(2)
    for (const events of tasks) {
      const task = foldTask(events)
      const [line, ...others] = trlDpoLines(log[0] as RunStarted, events)
      expect(others).toEqual([])
      const row = JSON.parse(line ?? '') as Row
      const pair = task?.trajectoryPair ?? expect.fail()
      const [agent, expert] = pair.chosen === 'agent' ? [row.chosen, row.rejected] : [row.rejected, row.chosen]
      expect(row.prompt).toHaveLength(2)
      expect(expert.filter(({ role }) => role === 'assistant').map(({ content }) => content)).toEqual(
        pair.expert.map(({ text }) => text),
      )
      expect(agent.filter(({ role }) => role === 'assistant').map(({ content }) => content)).toEqual(
        task?.steps.map(({ candidates }) => candidates[0]?.proposed.text),
      )
      expect(agent[1]?.content).toBe(task?.steps[0]?.decided?.observation)
    }
  })

  test('put the instructions into the first user turn for templates that refuse a system message', async () => {
    const log = await collect(toyRun(treeActor(), toyConfig({ method: 'fixed-size', tasks: 1 })))
    const lines = trlDpoLines(log[0] as RunStarted, log, { system: 'first-user-message' })
    expectTrainable(lines)
    expect((JSON.parse(lines[0] ?? '') as Row).prompt[0]).toEqual({ role: 'user', content: 'Play.\n\nat the root' })
  })

  test('never hold an empty turn or half a character', async () => {
    const log = await collect(toyRun(treeActor(), toyConfig({ method: 'fixed-size', tasks: 1 })))
    const odd = log.map((event) => {
      if (event.type === 'task-started') return { ...event, observation: '' }
      return event.type === 'step-decided' ? { ...event, observation: 'cut \uD83D' } : event
    })
    const lines = trlDpoLines(log[0] as RunStarted, odd)
    expectTrainable(lines)
    expect(lines.join('')).not.toMatch(/\\ud83d/i)
    expect(lines.join('')).toContain('cut \uFFFD')
  })

  test('of a task that is not finished are those made so far', async () => {
    const log = await collect(toyRun(treeActor(), toyConfig({ method: 'fixed-size', tasks: 1 })))
    for (let count = 0; count < log.length; count += 5) {
      const part = log.slice(0, count)
      const lines = trlDpoLines(log[0] as RunStarted, part)
      expect(lines).toHaveLength(part.filter(({ type }) => PAIRS.includes(type)).length)
    }
  })
})
