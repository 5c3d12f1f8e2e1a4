/**
 * Whether a log could have come from exploration: the order of its events, counts, numbering, and what can be computed
 * again (process rewards, rises, bars, choices, pairs, costs). What happens inside a task is its method's own check.
 */
import type { RunEvent, RunStarted, TaskEvent } from '../core/log/events.ts'
import type { RunConfig } from '../core/settings/settings.ts'
import type { Check, Expectation } from './checks/expectation.ts'
import { etoCheck, iprCheck } from './checks/expert.ts'
import { groupsCheck } from './checks/groups.ts'
import { recycledCheck } from './checks/recycled.ts'
import { replayCheck } from './checks/replay.ts'
import { stepwiseCheck } from './checks/stepwise.ts'
import { treeSearchCheck } from './checks/tree-search.ts'

const CHECKS: Readonly<Record<RunConfig['method'], (run: RunStarted) => Check>> = {
  rro: stepwiseCheck,
  'rro-recycled': recycledCheck,
  'fixed-size': stepwiseCheck,
  uct: treeSearchCheck,
  ipr: iprCheck,
  eto: etoCheck,
  groups: groupsCheck,
  replay: replayCheck,
}

interface OpenTask {
  readonly check: Check
  expected: Expectation
}

export class LogChecker {
  #header: RunStarted | undefined
  #tasks = 0
  #open: OpenTask | undefined
  #isOver = false

  /** Tasks that are complete so far. */
  get tasksFinished(): number {
    return this.#tasks
  }

  /** @returns what is wrong with the next event, as the end of a sentence; undefined when it fits */
  add(event: RunEvent): string | undefined {
    const header = this.#header
    if (header === undefined) {
      if (event.type !== 'run-started') return `comes before run-started, with which a run begins`
      this.#header = event
      return undefined
    }
    if (event.type === 'run-started') return 'starts the run a second time'
    if (this.#isOver) return 'comes after the end of the run'
    if (event.type === 'run-failed') return undefined
    if (event.type === 'run-finished') {
      if (this.#open !== undefined) return `ends the run inside task ${this.#tasks}`
      if (this.#tasks !== header.config.tasks) {
        return `ends the run after ${this.#tasks} of ${header.config.tasks} tasks`
      }
      this.#isOver = true
      return undefined
    }
    if (event.task !== this.#tasks) return `belongs to task ${event.task} where task ${this.#tasks} is expected`
    if (this.#open !== undefined) return this.#inside(this.#open, event)
    if (event.type !== 'task-started') return 'is out of order: task-started or run-finished is expected'
    if (this.#tasks >= header.config.tasks) return `starts a task beyond the ${header.config.tasks} of the run`
    const check = CHECKS[header.config.method](header)
    this.#go({ check, expected: 'peek' }, check.next())
    return undefined
  }

  #inside(open: OpenTask, event: TaskEvent): string | undefined {
    while (open.expected === 'peek') this.#go(open, open.check.next(event))
    const { type, step, check } = open.expected
    if (event.type !== type) return `is out of order: ${type} is expected`
    if (step !== undefined && 'step' in event && event.step !== step)
      return `belongs to step ${event.step} where step ${step} is expected`
    const problem = check(event)
    if (problem === undefined) this.#go(open, open.check.next(event))
    return problem
  }

  #go(open: OpenTask, { done, value }: IteratorResult<Expectation, void>): void {
    if (done) this.#tasks++
    else open.expected = value
    this.#open = done ? undefined : open
  }
}
