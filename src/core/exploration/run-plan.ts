/** What a run is before anything is explored: its head and its tasks. */

import { LOG_VERSION, type RunStarted } from '../log/events.ts'
import { stream } from '../random.ts'
import type { RunConfig } from '../settings/settings.ts'
import type { TaskWords } from './actor.ts'

/** What a run's header says of where it was made. */
export type RunOrigin = Omit<RunStarted, 'type' | 'version' | 'config'>

/** The head of a run's log. */
export function runHeader(config: RunConfig, origin: RunOrigin): RunStarted {
  return { type: 'run-started', version: LOG_VERSION, config, ...origin }
}

/**
 * The tasks of a run: those of the split in the seed's own order, round again (in a new order) when the run wants more
 * than there are. The first of them is the setting `firstTask`.
 */
export function drawTasks(config: RunConfig, split: readonly TaskWords[]): TaskWords[] {
  const random = stream(config.seed).child('tasks')
  const drawn: TaskWords[] = []
  let before = config.firstTask - 1
  if (split.length === 0) return drawn
  for (let round = Math.floor(before / split.length); drawn.length < config.tasks; round++) {
    before %= split.length
    drawn.push(
      ...random
        .child(round)
        .shuffled(split)
        .slice(before, before + config.tasks - drawn.length),
    )
    before = 0
  }
  return drawn
}
