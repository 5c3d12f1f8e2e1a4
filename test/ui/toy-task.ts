/** Events of a small made-up task, for the pure parts of the page. */
import type { RunEvent, TaskEvent } from '../../src/core/log/events.ts'
import { foldTask, type TaskState } from '../../src/core/log/fold-task.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../src/core/settings/settings.ts'

export const CONFIG: RunConfig = { ...DEFAULT_CONFIG, rollouts: 2, candidates: 3 }

interface ToyCandidate {
  readonly action: string
  readonly outcomes: readonly number[]
  readonly rises: boolean
  /** An action that ends the episode has its own outcome. */
  readonly done?: boolean
}

interface ToyStep {
  readonly bar: number
  readonly candidates: readonly ToyCandidate[]
  readonly chosen: number
  readonly rejected?: readonly number[]
}

export const STEPS: readonly ToyStep[] = [
  { bar: 0, candidates: [{ action: 'search[red shoes]', outcomes: [0.5, 0], rises: true }], chosen: 1 },
  {
    bar: 0.25,
    candidates: [
      { action: 'click[b01]', outcomes: [0, 0], rises: false },
      { action: 'click[b02]', outcomes: [1, 0.5], rises: true },
    ],
    chosen: 2,
    rejected: [1],
  },
  { bar: 0.75, candidates: [{ action: 'click[buy now]', outcomes: [1], rises: true, done: true }], chosen: 1 },
]

export function toyEvents(steps: readonly ToyStep[] = STEPS, task = 0): RunEvent[] {
  const events: TaskEvent[] = [
    { type: 'task-started', task, taskId: 'train-0', instruction: 'i want red shoes', observation: 'WebShop' },
  ]
  steps.forEach(({ bar, candidates, chosen, rejected = [] }, index) => {
    const step = index + 1
    events.push({ type: 'step-started', task, step, bar })
    candidates.forEach(({ action, outcomes, rises, done = false }, at) => {
      const candidate = at + 1
      const text = `Thought: so.\nAction: ${action}`
      events.push({
        ...{ type: 'candidate-proposed', task, step, candidate, text, action, done },
        outcome: done ? (outcomes[0] ?? 0) : null,
      })
      if (!done)
        outcomes.forEach((reward, i) => {
          events.push({
            type: 'rollout-finished',
            task,
            step,
            candidate,
            rollout: i + 1,
            actions: ['click[x]'],
            reward,
          })
        })
      const reward = outcomes.reduce((sum, outcome) => sum + outcome, 0) / outcomes.length
      const standardError = done ? 0 : 0.1
      events.push({ type: 'candidate-scored', task, step, candidate, reward, standardError, rises })
    })
    const reason = candidates.some((candidate) => candidate.rises) ? 'rise' : 'no-rise'
    events.push({ type: 'step-decided', task, step, chosen, continued: chosen, reason, observation: `after ${step}` })
    for (const lower of rejected) events.push({ type: 'pair-made', task, step, chosen, rejected: lower })
  })
  events.push({ type: 'task-finished', task, reward: 1, end: 'done' })
  return events
}

export function toyTask(steps: readonly ToyStep[] = STEPS, count?: number): TaskState {
  const task = foldTask(toyEvents(steps), count)
  if (task === undefined) throw new Error('the toy has begun')
  return task
}
