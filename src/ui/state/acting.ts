/** A run in which the visitor acts: when it is their turn, where they look from, and when play stops for them. */
import type { Explorer } from './explorer.ts'
import { type Selection, START } from './selection.ts'

/** Whether the run that stands there is one in which the visitor acts. */
export function isActing({ progress }: Explorer): boolean {
  return progress?.info.config.policy === 'human'
}

/** Whether the visitor is to say what comes next, and all before it is shown. */
export function isYourTurn({ progress, events, playhead }: Explorer): boolean {
  if (progress?.waiting !== true || playhead.task !== progress.info.tasksFinished) return false
  return playhead.count === events.length && events.length === progress.openTaskEvents
}

/** Whether the visitor's task has ended: play stops there, whatever comes after. */
export function isResting(explorer: Explorer): boolean {
  return explorer.atTaskEnd && isActing(explorer)
}

/** Where the world is looked at from: the state that the visitor acts in, else after the selected action. */
export function vantageOf(explorer: Explorer): Selection | undefined {
  const { task, selection, pinned } = explorer
  const before = task?.steps.at(-2)
  if (!isYourTurn(explorer) || pinned !== undefined) return selection
  return before === undefined ? START : { step: before.step, candidate: before.decided?.continued ?? 1 }
}
