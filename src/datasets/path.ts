/** The explored trajectory of one task: what each reply answered, what it was worth. */
import type { PromptFit } from '../core/log/conversation.ts'
import type { RunStarted } from '../core/log/events.ts'
import type { TaskState } from '../core/log/fold-task.ts'
import { type Turn, WHOLE } from '../policies/chat/prompt.ts'
import { type AskedPrompt, askedPrompt } from './asked-prompt.ts'
import { isUnusable } from './turns.ts'

export interface PathStep {
  readonly prompt: AskedPrompt
  readonly text: string
  /** What the environment answered. */
  readonly observation: string
  /** Process reward; undefined where the method scores no steps. */
  readonly reward: number | undefined
  readonly rises: boolean
  /** Whether it is nothing that a model should learn from. */
  readonly unusable: boolean
  /** Those that were scored and not gone on with. */
  readonly others: readonly OtherCandidate[]
}

export interface OtherCandidate extends Pick<PathStep, 'text' | 'rises' | 'unusable'> {
  readonly reward: number
}

export interface Path {
  readonly steps: readonly PathStep[]
  /** Outcome of the whole; undefined while the task is not finished. */
  readonly reward: number | undefined
  /** Whether every step of it rose, to the end of the episode. */
  readonly rising: boolean
  /** Whether every prompt of it stood whole in the model's window, so that one conversation holds them all. */
  readonly whole: boolean
}

export function pathOf(header: RunStarted, task: TaskState): Path {
  const steps: PathStep[] = []
  const turns: Turn[] = []
  let fit: PromptFit = WHOLE
  for (const { candidates, decided } of task.steps) {
    const continued = candidates[(decided?.continued ?? 0) - 1]
    if (decided === undefined || continued === undefined) break
    const { proposed, scored } = continued
    const prompt = askedPrompt(header, task, turns, proposed.usage, fit)
    const others = candidates.flatMap(({ proposed: other, scored }, i): OtherCandidate[] => {
      if (scored === undefined || i === decided.continued - 1) return []
      return [{ text: other.text, reward: scored.reward, rises: scored.rises, unusable: isUnusable(other) }]
    })
    steps.push({
      ...{ prompt, text: proposed.text, observation: decided.observation, unusable: isUnusable(proposed) },
      ...{ reward: scored?.reward, rises: scored?.rises === true, others },
    })
    turns.push({ reply: proposed.text, observation: decided.observation })
    fit = { ...prompt.fit, cut: null }
  }
  const end = task.finished
  return {
    ...{ steps, reward: end?.reward },
    rising: end?.end === 'done' && steps.length > 0 && steps.every(({ rises }) => rises),
    whole: steps.every(({ prompt: { fit } }) => fit.shortened === 0 && fit.dropped === 0 && fit.cut === null),
  }
}
