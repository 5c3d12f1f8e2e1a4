/**
 * How the checks of a log are written: as generators that read like the exploration they follow. Each says which event
 * it expects next and what must hold of it; the checker hands it the event only if that is so.
 */
import type { TaskEvent } from '../../core/log/events.ts'

export type EventType = TaskEvent['type']
export type EventOf<T extends EventType> = Extract<TaskEvent, { type: T }>

/** What comes next, or `peek`: only to be told of the next event, which is asked about again. */
export type Expectation = 'peek' | Expected

export interface Expected {
  readonly type: EventType
  /** What the event must name; undefined where it names none, or `check` looks at it. */
  readonly step: number | undefined
  /** @returns what is wrong with an event of this type, as the end of a sentence */
  check(event: TaskEvent): string | undefined
}

/** A part of a check that comes to something. */
export type Part<R> = Generator<Expectation, R, TaskEvent>

/** The check of one task, from after its `task-started` to its `task-finished`. */
export type Check = Part<void>

/** @returns the next event, which is of this type and for which `check` had no complaint */
export function* take<T extends EventType>(
  type: T,
  step: number | undefined,
  check: (event: EventOf<T>) => string | undefined,
): Part<EventOf<T>> {
  // Whoever drives the generator looks at the type before it calls `check` or hands the event over.
  return (yield { type, step, check: (event) => check(event as EventOf<T>) }) as EventOf<T>
}

/** The type of the next event, where it is free. */
export function* peek(): Part<EventType> {
  return (yield 'peek').type
}
