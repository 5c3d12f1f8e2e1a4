/**
 * Which task of an environment a foreign trajectory is about: by its id where the instruction agrees, else by the instruction.
 * Before it there may be a worked example, as turns of the same conversation (IPR's and ETO's rollouts): the trajectory begins where
 * the last task of the conversation is first named.
 */
import { SPLIT_NAMES } from '../../../core/settings/run-config.ts'
import type { Environment, Task } from '../../../environments/environment.ts'
import type { ForeignTrajectory } from '../../../formats/trajectories/trajectory.ts'

export interface Found {
  readonly task: Task
  /** From the first observation of the task on. */
  readonly trajectory: ForeignTrajectory
}

export function taskFinder(
  environment: Pick<Environment, 'tasks' | 'task'>,
): (trajectory: ForeignTrajectory) => Found | undefined {
  const byInstruction = new Map<string, Task>()
  for (const split of SPLIT_NAMES)
    for (const task of environment.tasks(split)) {
      const words = plain(task.instruction)
      if (!byInstruction.has(words)) byInstruction.set(words, task)
    }
  const taskIn = (text: string, named: Task | undefined): Task | undefined => {
    if (named !== undefined && plain(text).includes(plain(named.instruction))) return named
    for (const part of partsOf(text)) {
      const task = byInstruction.get(plain(part))
      if (task !== undefined) return task
    }
    return undefined
  }
  return (trajectory) => {
    const { id, before, turns } = trajectory
    const named = id === undefined ? undefined : environment.task(id)
    const heard = [...before, ...turns.slice(0, -1).map(({ observation }) => observation ?? '')]
    let task: Task | undefined
    let start = 0
    for (const [i, text] of heard.entries()) {
      const next = taskIn(text, named)
      if (next === undefined || next === task) continue
      task = next
      start = i
    }
    if (task === undefined) return undefined
    const gone = Math.max(0, start - before.length + 1)
    if (gone === 0) return { task, trajectory }
    return { task, trajectory: { ...trajectory, before: heard.slice(0, start + 1), turns: turns.slice(gone) } }
  }
}

/** What may be an instruction in what was said: all of it, its lines, and what stands between WebShop's marks; the last first. */
function partsOf(text: string): readonly string[] {
  const parts = text.split(/\n|\[SEP\]/)
  return [text, ...parts.toReversed()].map((part) => part.replace(NAMED, ''))
}

const NAMED = /^[ \t>*#]{0,8}(?:observation|instruction|question|task)[ \t]{0,4}\d{0,3}[ \t]{0,4}:/i

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase()
}
