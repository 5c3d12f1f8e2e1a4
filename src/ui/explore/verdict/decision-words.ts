/** How a step ended, for the text tree. */
import type { StepState } from '../../../core/log/fold-task.ts'
import { risingWord } from './rise-words.ts'

export function decisionWords(step: StepState): string {
  if (step.decided === undefined) return ''
  const { reason, chosen, continued } = step.decided
  const reward = step.candidates[chosen - 1]?.scored?.reward ?? 0
  const reasons = {
    rise: `candidate ${chosen} ${risingWord(reward, step.bar)}`,
    'no-rise': `none rose, candidate ${chosen} is the best`,
    'best-of-k': `candidate ${chosen} is the best of ${step.candidates.length}`,
    'most-visited': `candidate ${chosen} was visited most`,
    expert: step.pairs.length === 0 ? 'no pair' : `candidate ${chosen} is preferred`,
    only: 'the agent goes on',
  }
  const onward = reason === 'expert' ? '; the expert goes on' : `; candidate ${continued} goes on`
  return reasons[reason] + (continued === chosen && reason !== 'expert' ? '' : onward)
}
