/**
 * The task strip: one small mark a task, as high as its reward (hanging down below 0). Where there are more tasks than room, neighbours share a
 * mark that shows their mean.
 */
import type { TaskSummary } from '../../core/log/fold-run.ts'
import { plural, rewardText } from '../words/format.ts'
import type { Least } from './path/reward-axis.ts'

const LEAST_PITCH = 4
const MOST_PITCH = 18

export interface StripMark {
  readonly x: number
  readonly width: number
  /** Tasks `from` to `to` (exclusive), from 0. */
  readonly from: number
  readonly to: number
  /** Mean reward of those that have finished; undefined when none has. */
  readonly reward: number | undefined
}

export interface StripLayout {
  readonly marks: readonly StripMark[]
  readonly pitch: number
  readonly tasksPerMark: number
  /** -1 where a task earned less than 0. */
  readonly least: Least
}

/** The strip of a run that goes on: a task that has come is looked at once, however many were there before it. */
export class GrowingStrip {
  readonly #tasks: readonly TaskSummary[]
  readonly #marks: StripMark[]
  readonly #pitch: number
  readonly #tasksPerMark: number
  readonly #sums: number[]
  /** Tasks that the marks show. */
  #seen = 0

  /** @param tasks others may come at its end; @param total tasks that the run will have; @param width pixels, above 0 */
  constructor(tasks: readonly TaskSummary[], total: number, width: number) {
    const room = Math.max(1, Math.floor(width / LEAST_PITCH))
    const tasksPerMark = Math.max(1, Math.ceil(total / room))
    const count = Math.ceil(total / tasksPerMark)
    const pitch = Math.min(MOST_PITCH, width / Math.max(1, count))
    this.#tasks = tasks
    this.#pitch = pitch
    this.#tasksPerMark = tasksPerMark
    this.#sums = Array.from({ length: count }, () => 0)
    this.#marks = Array.from({ length: count }, (_, index) => ({
      x: index * pitch,
      width: Math.max(2, pitch - Math.min(3, pitch / 3)),
      from: index * tasksPerMark,
      to: Math.min(total, (index + 1) * tasksPerMark),
      reward: undefined,
    }))
  }

  get layout(): StripLayout {
    this.#grow()
    const marks = this.#marks
    const least = marks.some(({ reward }) => (reward ?? 0) < 0) ? -1 : 0
    return { marks, pitch: this.#pitch, tasksPerMark: this.#tasksPerMark, least }
  }

  #grow(): void {
    for (; this.#seen < this.#tasks.length; this.#seen++) {
      const at = Math.floor(this.#seen / this.#tasksPerMark)
      const mark = this.#marks[at]
      const task = this.#tasks[this.#seen]
      if (mark === undefined || task === undefined) return
      const sum = (this.#sums[at] ?? 0) + task.reward
      this.#sums[at] = sum
      this.#marks[at] = { ...mark, reward: sum / (this.#seen + 1 - mark.from) }
    }
  }
}

/** The task under a point of the strip, at most the last one that exists. */
export function taskAtX({ pitch, tasksPerMark }: StripLayout, x: number, known: number): number {
  return Math.max(0, Math.min(known - 1, Math.floor((x / pitch) * tasksPerMark)))
}

const ENDS: Readonly<Record<TaskSummary['end'], string>> = {
  ...{ done: '', 'step-limit': ', stopped at the step limit', 'no-rise': ', ended without a rise' },
  ...{ 'no-difference': ', ended where all rollouts earned the same', 'no-expert': ', there is no expert for it' },
  ...{ 'file-end': ', cut off', group: ', the mean of its group' },
}

/** A task in a sentence, for hover, focus and screen readers. */
export function taskSentence(index: number, task: TaskSummary | undefined): string {
  if (task === undefined) return `Task ${index + 1}: not finished`
  const words = [plural(task.steps, 'step'), plural(task.candidates, 'candidate'), plural(task.pairs, 'pair')]
  return `Task ${index + 1}: reward ${rewardText(task.reward)}, ${words.join(', ')}${ENDS[task.end]}`
}
