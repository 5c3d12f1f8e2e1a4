/** Which task of an environment a foreign trajectory is about: by its id where the instruction agrees, else by the instruction. */
import { SPLIT_NAMES } from '../../../core/settings/run-config.ts'
import type { Environment, Task } from '../../../environments/environment.ts'
import type { ForeignTrajectory } from '../../../formats/trajectories/trajectory.ts'

export function taskFinder(
  environment: Pick<Environment, 'tasks' | 'task'>,
): (trajectory: ForeignTrajectory) => Task | undefined {
  const byInstruction = new Map<string, Task>()
  for (const split of SPLIT_NAMES)
    for (const task of environment.tasks(split)) {
      const words = plain(task.instruction)
      if (!byInstruction.has(words)) byInstruction.set(words, task)
    }
  return ({ id, before }) => {
    const named = id === undefined ? undefined : environment.task(id)
    // The task itself comes last: instructions and examples stand before it.
    for (const text of before.toReversed()) {
      const words = plain(text)
      if (named !== undefined && words.includes(plain(named.instruction))) return named
      for (const part of partsOf(text)) {
        const task = byInstruction.get(plain(part))
        if (task !== undefined) return task
      }
    }
    return undefined
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
