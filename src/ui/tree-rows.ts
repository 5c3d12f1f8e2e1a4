/** The text twin of the path: the same sentences as a flat list of tree rows, in reading order. */
import type { TaskState } from '../core/fold-task.ts'
import type { RunConfig } from '../core/settings.ts'
import { actionWords } from './action-words.ts'
import { rewardText } from './format.ts'
import type { Selection } from './selection.ts'
import { decisionWords, verdictSentence } from './verdict.ts'

export interface TreeRow {
  /** Unique in the task: `2`, `2/1`, `2/1/3`. */
  readonly key: string
  /** 1 step, 2 candidate, 3 rollout. */
  readonly level: 1 | 2 | 3
  readonly text: string
  readonly selection: Selection
  readonly hasChildren: boolean
  readonly position: number
  readonly siblings: number
}

/** @param open keys of the rows whose children are shown */
export function treeRows(task: TaskState, config: RunConfig, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = []
  for (const step of task.steps) {
    const { length } = step.candidates
    const stepKey = String(step.step)
    const decision = decisionWords(step)
    rows.push({
      ...{ key: stepKey, level: 1, hasChildren: length > 0, position: step.step, siblings: task.steps.length },
      text: `Step ${step.step}, bar ${rewardText(step.bar)}${decision && `: ${decision}`}`,
      selection: { step: step.step, candidate: step.decided?.continued ?? Math.max(1, length) },
    })
    if (!open.has(stepKey)) continue
    step.candidates.forEach(({ proposed, rollouts }, index) => {
      const number = index + 1
      const key = `${stepKey}/${number}`
      const selection = { step: step.step, candidate: number }
      const chosen = step.decided?.chosen === number ? '. Chosen' : ''
      rows.push({
        ...{ key, level: 2, hasChildren: rollouts.length > 0, position: number, siblings: length, selection },
        text: `Candidate ${number}: ${actionWords(proposed.action)}. ${verdictSentence(config, step, number)}${chosen}`,
      })
      if (!open.has(key)) return
      for (const { rollout, actions, reward } of rollouts) {
        rows.push({
          ...{
            key: `${key}/${rollout}`,
            level: 3,
            hasChildren: false,
            position: rollout,
            siblings: rollouts.length,
            selection,
          },
          text: `Rollout ${rollout}: ${rewardText(reward)}, ${actions.length === 0 ? 'no further action' : actions.map(actionWords).join(' → ')}`,
        })
      }
    })
  }
  return rows
}

/** Steps are open, and the candidate that is selected. */
export function openByDefault(task: TaskState): Set<string> {
  return new Set(task.steps.map((step) => String(step.step)))
}
