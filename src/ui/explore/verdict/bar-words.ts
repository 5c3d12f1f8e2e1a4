/** The bar of a step in words: where it comes from, and the rule that it was held to. */
import type { StepState } from '../../../core/log/fold-task.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { type Rules, risesWhen } from './rise-words.ts'
import { wordsOf } from './verdict.ts'

/** What the first step is held against. */
export function firstBarWords(rules: Rules & Pick<RunConfig, 'firstBar'>): string {
  const own = wordsOf(rules.method)?.start
  if (own !== undefined) return own
  if (rules.firstBar === 'zero') return `The first bar is 0. ${ruleWords(rules, { bar: 0 })}`
  return 'The first bar is the value of the empty prefix: the mean of the rollouts below.'
}

/** Where the bar of a step comes from, where that is not the reward of the step before. */
export function barWords({ method }: Pick<Rules, 'method'>, step: StepState): string {
  return wordsOf(method)?.bar?.(step) ?? ''
}

/** The rule that was applied, with this step's numbers. */
export function ruleWords(rules: Rules, step: Pick<StepState, 'bar'>, maxReward = 1): string {
  if (rules.method === 'fixed-size')
    return `Fixed-size: draws exactly ${rules.candidates}, keeps the best. The bar is only a reference.`
  return wordsOf(rules.method)?.rule(rules, step, maxReward) ?? risesWhen(rules, step.bar, maxReward)
}
