/** The text twin of the path: the same sentences as a flat list of tree rows, in reading order. */
import type { BranchPairMade } from '../../../core/log/events.ts'
import type { TaskState } from '../../../core/log/fold-task.ts'
import { type RunConfig, UNSCORED_METHODS } from '../../../core/settings/run-config.ts'
import type { IdleActions } from '../../state/idle-actions.ts'
import type { Selection } from '../../state/selection.ts'
import { actionWords } from '../../words/action-words.ts'
import { capital, plural, rewardText, termText } from '../../words/format.ts'
import { branchPairsOf } from '../inspector/other-pairs.ts'
import { barWords } from '../verdict/bar-words.ts'
import { decisionWords } from '../verdict/decision-words.ts'
import { endWords, trajectoryWords, verdictSentence } from '../verdict/verdict.ts'

export interface TreeRow {
  /** Unique in the task: `2`, `2/1`, `2/1/3`; `2/pairs/4`; `end-0/1`. */
  readonly key: string
  /** 1 step (or the task's end), 2 candidate, 3 rollout; pairs off the path stand among candidates, each as a rollout. */
  readonly level: 1 | 2 | 3
  readonly text: string
  readonly selection: Selection
  readonly hasChildren: boolean
  readonly position: number
  readonly siblings: number
}

/** Of the pairs off the path that one step lists. */
const MOST_PAIRS = 100

/**
 * @param open keys of the rows whose children are shown
 * @param idle which actions were none, as far as it is known
 */
export function treeRows(task: TaskState, config: RunConfig, open: ReadonlySet<string>, idle?: IdleActions): TreeRow[] {
  const rows: TreeRow[] = []
  const ending = [endWords(task), trajectoryWords(task)].filter((words) => words !== '')
  const siblings = task.steps.length + ending.length
  for (const step of task.steps) {
    const branches = branchPairsOf(task, step.step)
    const length = step.candidates.length + (branches.length > 0 ? 1 : 0)
    const stepKey = String(step.step)
    const decision = decisionWords(step)
    rows.push({
      ...{ key: stepKey, level: 1, hasChildren: length > 0, position: step.step, siblings },
      text: `Step ${step.step}${UNSCORED_METHODS.includes(config.method) ? '' : `, bar ${rewardText(step.bar)}${barWords(config, step)}`}${decision && `: ${decision}`}`,
      selection: { step: step.step, candidate: step.decided?.continued ?? Math.max(1, step.candidates.length) },
    })
    if (!open.has(stepKey)) continue
    step.candidates.forEach(({ proposed, rollouts }, index) => {
      const number = index + 1
      const key = `${stepKey}/${number}`
      const selection = { step: step.step, candidate: number }
      const chosen = step.decided?.chosen === number ? '. Chosen' : ''
      const none = idle?.of(task, selection)
      rows.push({
        ...{ key, level: 2, hasChildren: rollouts.length > 0, position: number, siblings: length, selection },
        text: `Candidate ${number}${proposed.source === 'expert' ? ', the expert’s' : ''}: ${actionWords(proposed.action)}. ${none === undefined ? '' : `${capital(none)}. `}${verdictSentence(config, step, number)}${chosen}`,
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
    if (branches.length > 0) pairRows(rows, branches, step.step, length, open)
  }
  ending.forEach((text, index) => {
    const position = task.steps.length + index + 1
    const selection = { step: task.steps.length, candidate: task.steps.at(-1)?.decided?.continued ?? 0 }
    const hasChildren = index === ending.length - 1 && task.trajectoryPair !== undefined
    rows.push({ key: `end-${index}`, level: 1, text, selection, hasChildren, position, siblings })
    if (!hasChildren || !open.has(`end-${index}`)) return
    for (const [i, { action }] of (task.trajectoryPair?.expert ?? []).entries()) {
      const at = { position: i + 1, siblings: task.trajectoryPair?.expert.length ?? 0, hasChildren: false, selection }
      rows.push({ key: `end-${index}/${i}`, level: 2, text: `The expert: ${actionWords(action)}`, ...at })
    }
  })
  return rows
}

/** Pairs off the path, under the step where rollouts left it. */
function pairRows(
  rows: TreeRow[],
  pairs: readonly BranchPairMade[],
  step: number,
  position: number,
  open: ReadonlySet<string>,
): void {
  const key = `${step}/pairs`
  const selection = { step, candidate: 1 }
  const text = `${plural(pairs.length, 'more pair')} where rollouts from here parted`
  rows.push({ key, level: 2, text, selection, hasChildren: true, position, siblings: position })
  if (!open.has(key)) return
  const shown = pairs.slice(0, MOST_PAIRS)
  for (const [i, { after, chosen, rejected, weight }] of shown.entries()) {
    const path = after.map(({ action }) => actionWords(action)).join(' → ')
    const words = [chosen, rejected].map(({ action, reward }) => `${actionWords(action)} ${rewardText(reward)}`)
    rows.push({
      ...{ key: `${key}/${i}`, level: 3, hasChildren: false, position: i + 1, siblings: shown.length, selection },
      text: `After ${path}: ${words.join(' over ')}, weight ${termText(weight)}`,
    })
  }
}

/** Steps are open, and the candidate that is selected. */
export function openByDefault(task: TaskState): Set<string> {
  return new Set(task.steps.map((step) => String(step.step)))
}
