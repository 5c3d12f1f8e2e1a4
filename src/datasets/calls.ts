/** Which call of a language model said something, of a task whose rollouts went many ways. */
import type { ModelCall } from '../core/log/conversation.ts'
import type { TaskState } from '../core/log/fold-task.ts'

interface Said {
  readonly text: string
  readonly usage: ModelCall | undefined
}

/** @param texts the replies from the task's beginning to the one that is asked for */
export function callOf(task: TaskState, texts: readonly string[]): ModelCall | undefined {
  for (const said of waysOf(task))
    if (texts.every((text, i) => said[i]?.text === text)) return said[texts.length - 1]?.usage
  return undefined
}

/** Every way that the log tells of, from the task's beginning to the end of a rollout. */
function* waysOf({ valueRollouts, steps }: TaskState): Generator<readonly Said[], void, void> {
  const path: Said[] = []
  for (const rollout of valueRollouts) yield saidIn(rollout)
  for (const { candidates, decided } of steps) {
    for (const { proposed, rollouts } of candidates)
      for (const rollout of rollouts)
        yield [...path, { text: proposed.text, usage: proposed.usage }, ...saidIn(rollout)]
    const continued = candidates[(decided?.continued ?? 0) - 1]?.proposed
    if (continued === undefined) return
    path.push({ text: continued.text, usage: continued.usage })
  }
}

function saidIn({ texts = [], usages = [] }: TaskState['valueRollouts'][number]): Said[] {
  return texts.map((text, i) => ({ text, usage: usages[i] }))
}
