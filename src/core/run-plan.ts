/** What a run is before anything is explored: its head and its tasks. */
import type { TaskWords } from './actor.ts'
import { LOG_VERSION, type RunStarted } from './events.ts'
import { stream } from './random.ts'
import type { RunConfig } from './settings.ts'

/** The head of a run's log. */
export function runHeader(config: RunConfig, made: Omit<RunStarted, 'type' | 'version' | 'config'>): RunStarted {
  return { type: 'run-started', version: LOG_VERSION, config, ...made }
}

/**
 * The tasks of a run: those of the split in the seed's own order, round again (in a new order) when the run wants more
 * than there are.
 */
export function drawTasks(config: RunConfig, split: readonly TaskWords[]): TaskWords[] {
  const random = stream(config.seed).child('tasks')
  const drawn: TaskWords[] = []
  for (let round = 0; drawn.length < config.tasks && split.length > 0; round++) {
    drawn.push(
      ...random
        .child(round)
        .shuffled(split)
        .slice(0, config.tasks - drawn.length),
    )
  }
  return drawn
}
