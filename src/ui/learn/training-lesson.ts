/** Training the example's agent on the example's pairs, and how probable each next action of one state is before and after. */

import type { ExactAction } from '../../worker/protocol/lab-api.ts'
import { AgentTraining } from '../agents/agent-training.ts'
import { keptByPage } from '../parts/kept-by-page.ts'
import type { PageState } from '../state/page-state.ts'
import type { Example } from './example.ts'

const NAME = 'Trained in Learn'
/** Only the probabilities are looked at, which are exact: process rewards may be rough. */
const STANDARD_ERROR = 0.1

export interface Shift {
  readonly action: string
  readonly before: number
  /** Undefined until the agent is trained. */
  readonly after: number | undefined
}

export class TrainingLesson {
  readonly training: AgentTraining
  failure: string | undefined
  readonly #page: PageState
  #before: readonly ExactAction[] = []
  #after: readonly ExactAction[] | undefined
  #looked: Promise<void> | undefined

  constructor(page: PageState) {
    this.#page = page
    this.training = new AgentTraining(page)
  }

  /** The likeliest actions first, at least those of the step’s own candidates. */
  get shifts(): readonly Shift[] {
    return this.#before.map(({ action, probability }) => {
      const after = this.#after?.find((other) => other.action === action)?.probability
      return { action, before: probability, after: this.#after === undefined ? undefined : (after ?? 0) }
    })
  }

  get done(): boolean {
    return this.#after !== undefined
  }

  /** How probable the next actions are under the agent of the example. */
  look(example: Example): Promise<void> {
    this.#looked ??= this.#next(example, example.config.model).then((next) => {
      if (next === undefined) this.#looked = undefined
      this.#before = next ?? []
      this.#page.changes.say()
    })
    return this.#looked
  }

  async train(example: Example): Promise<void> {
    if (this.training.progress !== undefined || this.done) return
    this.failure = undefined
    await this.look(example)
    await this.training.train({ runId: example.runId, name: NAME, training: this.training.training })
    const { result } = this.training
    const next = result && (await this.#next(example, result.agent.model))
    if (next === undefined) this.failure = 'The training did not come to its end. Press once more to try again.'
    this.#after = next
    this.#page.changes.say()
  }

  async #next({ config, task, rising }: Example, model: string): Promise<readonly ExactAction[] | undefined> {
    const actions = task.steps
      .slice(0, rising.step.step - 1)
      .flatMap(({ candidates, decided }) => candidates[(decided?.continued ?? 1) - 1]?.proposed.action ?? [])
    const request = { settings: { ...config, model }, task: task.task, actions, standardError: STANDARD_ERROR }
    return (await this.#page.notices.ask(this.#page.lab.theory(request)))?.next
  }
}

export const trainingLessonOf = keptByPage((page) => new TrainingLesson(page))
